"""The year-end settlement (年终结算): what city and county paid for each other in a year, and the balance, booked once."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, F, QuerySet, Sum, When
from django.utils import timezone

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.refusal import Clash, Refusal
from duixian.office.treasury.chart import between
from duixian.office.treasury.fiscal_area import fiscal_area, is_fiscal_area
from duixian.office.treasury.ledger import book, lock_accounts
from duixian.office.treasury.models import LedgerAccount, Posting, Settlement


@dataclass(frozen=True, slots=True)
class Statement:
    """What stands between the city and a county for a year (往来对账), in fen.

    ``city_paid_fen`` is what the city paid for the county, less what of that came back; ``county_paid_fen`` the reverse. ``city_owes_fen``
    is negative where the county owes. ``is_settled`` tells whether it is over.
    """

    year: int
    area: str
    city_paid_fen: int
    county_paid_fen: int
    city_owes_fen: int
    is_settled: bool


def statement(actor: Actor, year: int, area: str) -> Statement:
    """What stands between the city and a county for a year (年终对账单)."""
    demand(actor, "settlement.read", area=area)
    _demand_county(area)
    settled = Settlement.objects.filter(year=year, area=area).first()
    if settled is not None:
        return Statement(
            year, area, settled.city_paid_fen, settled.county_paid_fen, settled.city_owes_fen, is_settled=True
        )
    owed = LedgerAccount.objects.filter(code=f"between/{year}/{area}/city").first()
    city_paid, county_paid = (0, 0) if owed is None else _paid(owed)
    return Statement(year, area, city_paid, county_paid, county_paid - city_paid, is_settled=False)


def settle_year(actor: Actor, year: int, area: str) -> Settlement:
    """Settle a year between the city and a county (办理年终结算), once: what comes later belongs to the next settlement.

    Raises:
        Clash: ``year-not-over`` before the year has ended.
        Refusal: ``unknown-treasury``.
    """
    with acting():
        demand(actor, "settlement.make")
        _demand_county(area)
        if timezone.localdate().year <= year:
            raise Clash("year-not-over", "年度尚未结束", why="年终结算在年度结束后办理", fix="请在次年办理")
        accounts = between(year, area)
        lock_accounts(each.pk for each in accounts)
        there = Settlement.objects.filter(year=year, area=area).first()
        if there is not None:
            return there
        settlement = _book(actor, year, area, accounts)
        tell(
            actor,
            "settlement.make",
            settlement,
            detail={"year": year, "area": area, "city_owes_fen": settlement.city_owes_fen},
        )
    return settlement


def settlements(actor: Actor) -> QuerySet[Settlement]:
    """The settlements that an actor may see (年终结算列表)."""
    demand(actor, "settlement.read", area=actor.area)
    found = Settlement.objects.order_by("-year", "area")
    return found.filter(area=fiscal_area(actor.area)) if actor.area else found


def _book(actor: Actor, year: int, area: str, accounts: tuple[LedgerAccount, LedgerAccount]) -> Settlement:
    city, county = accounts
    city_paid, county_paid = _paid(city)
    owed = city_paid - county_paid
    entry = None
    if owed:
        entry = book(
            f"settlement:{year}:{area}",
            "settlement",
            {city: -owed, county: owed},
            actor=actor,
            memo=f"{year}年度{area}年终结算",
        )
    return Settlement.objects.create(
        year=year,
        area=area,
        city_paid_fen=city_paid,
        county_paid_fen=county_paid,
        city_owes_fen=-owed,
        entry=entry,
        settled_by_id=actor.account_id,
    )


def _paid(owed_to_city: LedgerAccount) -> tuple[int, int]:
    """What the city paid for the county and the county for the city, by who pays from the order's budget."""
    by_payer = Case(When(entry__order__budget__level="city", then=F("amount_fen")), default=0)
    by_other = Case(When(entry__order__budget__level="county", then=-F("amount_fen")), default=0)
    found = (
        Posting.objects.filter(account=owed_to_city)
        .exclude(entry__kind="settlement")
        .aggregate(city=Sum(by_payer), county=Sum(by_other))
    )
    return found["city"] or 0, found["county"] or 0


def _demand_county(area: str) -> None:
    if not is_fiscal_area(area):
        raise Refusal(
            "unknown-treasury",
            "没有这样的财政",
            why="年终结算在市与县、区、功能板块之间办理",
            fix="请核对地区",
        )
