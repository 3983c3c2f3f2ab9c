"""Rating a batch (测算): which budgets its awards hit, what is left of them, and what α gives each line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import QuerySet, Sum

from duixian.office.awards.models import State
from duixian.office.city import city
from duixian.office.refusal import Clash
from duixian.office.treasury.models import (
    Batch,
    BatchLine,
    BatchState,
    Budget,
    LedgerAccount,
    Level,
    OrderState,
    Payer,
    PaymentOrder,
)
from duixian.office.treasury.rate import allot
from duixian.office.treasury.shares import Share, share_of


@dataclass(frozen=True, slots=True)
class Hit:
    """The lines of a batch in document order, each with its shares and the budgets that pay city's and county's part."""

    lines: tuple[BatchLine, ...]
    shares: tuple[Share, ...]
    payers: tuple[tuple[Budget | None, Budget | None], ...]

    @property
    def budgets(self) -> set[int]:
        """Every budget that some line is paid from."""
        return {budget.pk for pair in self.payers for budget in pair if budget}


@dataclass(frozen=True, slots=True)
class Rated:
    """A rated batch (测算结果): α, and the lines with everything filled in, not saved."""

    rate: Fraction
    lines: tuple[BatchLine, ...]


def budgets_hit(batch: Batch, lines: Sequence[BatchLine]) -> Hit:
    """Who bears and who pays each line.

    Raises:
        Clash: ``share-unknown``, ``share-differs``, ``no-budget``.
    """
    order = {measure.id: place for place, measure in enumerate(city().measures)}
    ordered = sorted(lines, key=lambda line: (order.get(line.award.measure_id, len(order)), line.award_id))
    shares = tuple(share_of(line.award) for line in ordered)
    found: dict[tuple[str, str, str], Budget] = {}
    payers = tuple(_payers(batch, line, share, found) for line, share in zip(ordered, shares, strict=True))
    return Hit(tuple(ordered), shares, payers)


def rate_lines(batch: Batch, hit: Hit) -> Rated:
    """α and every line's part.

    Raises:
        Clash: ``no-money`` when some budget has nothing left.
    """

    def demands(payable: Sequence[int]) -> Mapping[int, int]:
        total: dict[int, int] = {}
        for fen, share, payers in zip(payable, hit.shares, hit.payers, strict=True):
            for part, budget in zip(share.split(fen), payers, strict=True):
                if budget and part:
                    total[budget.pk] = total.get(budget.pk, 0) + part
        return total

    allotment = allot([line.approved_fen for line in hit.lines], demands, _free(batch, hit.budgets))
    if not allotment.rate:
        raise Clash("no-money", "预算没有余额", why="系数为零，无法兑付", fix="请先追加预算")
    for line, fen, share, payers in zip(
        hit.lines, allotment.payable_fen, hit.shares, hit.payers, strict=True
    ):
        _fill(line, fen, share, payers)
    return Rated(allotment.rate, hit.lines)


def _fill(line: BatchLine, fen: int, share: Share, payers: tuple[Budget | None, Budget | None]) -> None:
    line.payable_fen = fen
    line.city_fen, line.county_fen = share.split(fen)
    line.city_part, line.county_part = share.ratio
    line.remainder, line.basis, line.area = share.remainder_level, share.basis, share.area
    line.city_budget, line.county_budget = payers


def _payers(
    batch: Batch, line: BatchLine, share: Share, found: dict[tuple[str, str, str], Budget]
) -> tuple[Budget | None, Budget | None]:
    """The budget that pays the city's part, and the one that pays the county's; None for a part of nought."""
    sources = {Payer.CITY: (Level.CITY, Level.CITY), Payer.COUNTY: (Level.COUNTY, Level.COUNTY)}
    levels = sources.get(Payer(batch.payer), (Level.CITY, Level.COUNTY))
    pair: list[Budget | None] = []
    # A ratio may leave a fen to a level that bears nothing otherwise: only what is nought at any amount needs no budget.
    parts = share.split(line.approved_fen)
    for level, part, ratio in zip(levels, parts, share.ratio, strict=True):
        pair.append(_budget(batch, line, level, share.area, found) if part or ratio else None)
    return pair[0], pair[1]


def _budget(
    batch: Batch, line: BatchLine, level: Level, area: str, found: dict[tuple[str, str, str], Budget]
) -> Budget:
    """The budget for this measure where there is one, else that for the whole document."""
    measure, where = line.award.measure_id, area if level == Level.COUNTY else ""
    if (known := found.get((measure, level, where))) is not None:
        return known
    candidates = Budget.objects.filter(
        year=batch.year, document=batch.document, measure_id__in=(measure, ""), level=level, area=where
    )
    budget = max(candidates, key=lambda each: each.measure_id != "", default=None)
    if budget is None:
        raise Clash(
            "no-budget",
            f"没有{batch.year}年度{level.label}{where}的预算",
            why="没有预算就没有可以支付的资金",
            fix="请先下达该级该地区的预算",
            level=str(level),
            area=where,
            measure=measure,
        )
    found[measure, level, where] = budget
    return budget


def _free(batch: Batch, budgets: set[int]) -> dict[int, int]:
    """What budgets have left that nobody else was promised: published batches that are not ordered yet come first."""
    accounts = LedgerAccount.objects.filter(budget__in=budgets, kind="available")
    free = {each.budget_id or 0: each.balance_fen for each in accounts}
    for part in ("city", "county"):
        level = Level.CITY if part == "city" else Level.COUNTY
        promised = (
            BatchLine.objects.filter(
                batch__state=BatchState.PUBLISHED,
                award__state__in=(State.APPROVED, State.IN_PAYMENT),
                **{f"{part}_budget__in": budgets},
            )
            .exclude(batch=batch)
            .exclude(award__orders__in=_living(level))
            .values_list(f"{part}_budget")
            .annotate(total=Sum(f"{part}_fen"))
            .order_by()
        )
        for budget, total in promised:
            free[budget] -= total or 0
    return free


def _living(level: Level) -> QuerySet[PaymentOrder]:
    """Orders that already hold their money."""
    return PaymentOrder.objects.filter(level=level).exclude(state=OrderState.CANCELLED)
