"""The office that is asked (受压办公室): the demo city, awards in several states, money that has moved, and people with tokens.

``python -m bench.office.load.fill REQUESTS`` fills the database that the environment names for so many requests, and prints what can be
asked of it, as JSON.
"""

from __future__ import annotations

import hashlib
import json
import random
import secrets
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from bench.office.load.mix import needed

if TYPE_CHECKING:
    from duixian.office.accounts.actor import Actor
    from duixian.office.awards.models import Award

ENTERPRISES, PAID = 3_000, 60
DOCUMENT, YEAR = "连政办规〔2025〕6号", 2026
DOSSIERS = 60


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who asks (来访者): acts with a token."""

    actor: Actor
    token: str


def main(requests: int) -> dict[str, Any]:
    """Fill the office; everything that requests are made of."""
    from django.conf import settings

    from duixian.office.awards.models import Award, State
    from duixian.office.demo.fill import fill
    from duixian.office.registry.models import Enterprise, FactRecord

    run = fill(enterprises=ENTERPRISES, password=secrets.token_urlsafe(12)).run
    barred = FactRecord.objects.filter(kind__in=settings.EXCLUSION_KINDS).values("enterprise")
    offered = list(Award.objects.filter(state=State.OFFERED).exclude(enterprise__in=barred).order_by("pk"))
    wanted = needed(requests)
    if len(offered) < sum(wanted.values()) + PAID:
        raise SystemExit(f"{len(offered)} offers are too few for {requests} requests: {wanted} are needed")
    people = _people({each.area for each in offered}, {each.enterprise_id for each in offered})
    random.Random(1).shuffle(offered)
    accept, county, city, paid = _cut(offered, *wanted.values(), PAID)
    _give_accounts(people, [*accept, *county, *city, *paid])
    _accept(people, [*county, *city, *paid])
    _county_check(people, [*city, *paid])
    _pay(people, paid)
    officers = [each.token for name, each in people.items() if name.startswith(("city", "area:"))]
    return {
        "officers": officers,
        "readers": [people["city"].token, people["auditor"].token, people["reviewer"].token],
        "finance": people["finance"].token,
        "codes": list(Enterprise.objects.values_list("pk", flat=True)[:: 3]),
        "names": ["连云港", "东海", "机械", "新材料", "科技", "晶体", "灌云"],
        "awards": [each.pk for each in offered[: 800]],
        "run": run.pk,
        "rows": run.counts["rows"],
        "dossiers": _dossiers(),
        "accept": [_write(people[f"enterprise:{each.enterprise_id}"], each) for each in accept],
        "account": [_account(people[f"enterprise:{each.enterprise_id}"], each) for each in accept],
        "county": [_write(people[f"area:{each.area}"], each) for each in county],
        "city": [_write(people["city"], each) for each in city],
    }  # fmt: skip


def _cut(things: Sequence[Award], *sizes: int) -> Iterable[list[Award]]:
    rest = iter(things)
    return [[next(rest) for _ in range(size)] for size in sizes]


def _people(areas: set[str], codes: set[str]) -> dict[str, Person]:
    """A token for everybody; accounts are made straight in the table, without the hours of setting passwords."""
    from django.utils import timezone

    from duixian.office.accounts.actor import actor_of
    from duixian.office.accounts.models import ApiToken, Role, User

    roles = {
        "city": Role.CITY_OFFICER, "city:2": Role.CITY_OFFICER, "reviewer": Role.CITY_REVIEWER, "reviewer:2": Role.CITY_REVIEWER,
        "finance": Role.FINANCE, "finance:2": Role.FINANCE, "auditor": Role.AUDITOR,
    }  # fmt: skip
    users = [User(username=name, role=role) for name, role in roles.items()]
    users += [User(username=f"area:{each}", role=Role.COUNTY_OFFICER, area=each) for each in sorted(areas)]
    users += [
        User(username=f"enterprise:{each}", role=Role.ENTERPRISE, enterprise_code=each)
        for each in sorted(codes)
    ]
    made = User.objects.bulk_create(users)
    texts = [f"duixian_{secrets.token_urlsafe(32)}" for _ in made]
    until = timezone.now() + timedelta(days=30)
    ApiToken.objects.bulk_create(
        ApiToken(user=user, name="bench", digest=hashlib.sha256(text.encode()).hexdigest(), expires_at=until)
        for user, text in zip(made, texts, strict=True)
    )
    return {user.username: Person(actor_of(user), text) for user, text in zip(made, texts, strict=True)}


def _give_accounts(people: dict[str, Person], awards: Iterable[Award]) -> None:
    from django.utils import timezone

    from duixian.office.awards.account import give_account
    from duixian.office.registry.dossiers import name_of

    today = timezone.localdate()
    for each in awards:
        who = people[f"enterprise:{each.enterprise_id}"].actor
        holder = name_of(each.enterprise_id, today)
        give_account(who, each.pk, holder=holder, bank="某银行支行", number="6222020200001234567")


def _accept(people: dict[str, Person], awards: Iterable[Award]) -> None:
    from duixian.office.awards.confirm import accept

    for each in awards:
        accept(people[f"enterprise:{each.enterprise_id}"].actor, each.pk)


def _county_check(people: dict[str, Person], awards: Iterable[Award]) -> None:
    from duixian.office.awards.check import county_check

    for each in awards:
        county_check(people[f"area:{each.area}"].actor, each.pk)


def _pay(people: dict[str, Person], awards: Sequence[Award]) -> None:
    """The rest of the way to approval, on a notice whose days are over; another notice stands and shows the same things."""
    from django.utils import timezone

    from duixian.office.awards.check import approve, city_check
    from duixian.office.awards.models import PublicNotice
    from duixian.office.awards.notices import end_notice, publish
    from duixian.office.treasury.budgets import confirm_change, propose_change

    city, finance = people["city:2"].actor, people["finance"].actor
    for each in awards:
        city_check(city, each.pk)
    same = [each for each in awards if each.document == awards[0].document]
    ended, shown = same[: len(same) // 2], same[len(same) // 2 :]
    notice = publish(city, [each.pk for each in ended], title="第一批公示", contact="0518-00000000")
    publish(city, [each.pk for each in shown], title="第二批公示", contact="0518-00000000")
    today = timezone.localdate()
    PublicNotice.objects.filter(pk=notice.pk).update(
        opens_on=today - timedelta(days=20), closes_on=today - timedelta(days=10)
    )
    end_notice(city, notice.pk)
    for each in ended:
        approve(people["reviewer"].actor, each.pk)
    for level, area in (("city", ""), *(("county", each) for each in ("东海县", "灌云县", "灌南县"))):
        change = propose_change(
            finance,
            year=YEAR,
            document=DOCUMENT,
            level=level,
            area=area,
            amount_fen=10**11,
            reason="预算文件",
        )
        confirm_change(people["finance:2"].actor, change.pk)


def _dossiers() -> list[dict[str, Any]]:
    """Dossiers of the city as they would be sent: with most facts first, each under its own code."""
    from django.db.models import Count

    from duixian.office.registry.current import current_facts
    from duixian.office.registry.models import Enterprise

    rich = (
        Enterprise.objects.annotate(n=Count("facts")).filter(n__gte=3, n__lte=20).order_by("code")[:DOSSIERS]
    )
    return [
        {
            "code": each.pk,
            "name": "",
            "facts": [
                {"kind": fact.kind, "id": fact.number, "values": fact.values} for fact in current_facts(enterprise=each.pk)
            ],
        }
        for each in rich
    ]  # fmt: skip


def _write(person: Person, award: Award) -> dict[str, Any]:
    return {"token": person.token, "award": award.pk}


def _account(person: Person, award: Award) -> dict[str, Any]:
    from duixian.office.registry.dossiers import name_of

    holder = name_of(award.enterprise_id, date.today())
    body = {"holder": holder, "bank": "某银行支行", "number": "6222020200007654321"}
    return _write(person, award) | {"body": body}


if __name__ == "__main__":
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    json.dump(main(int(sys.argv[1])), sys.stdout, ensure_ascii=False)
