"""Exclusion (排除核查): what bars an enterprise within a window of years, looked at again at every stage, with the source as it was.

Two things are looked for. *Records* of the kinds that the settings name (失信, 事故 …), from ``EXCLUSION_YEARS`` before the enterprise
asked to the end of the public notice: they stop an award until a reviewer overrides that with a reason. And the document's own exclusions
(排除), under the 口径 in force: where the text bars, nobody may go past it. A record without a date, or a condition that cannot be told,
counts as found.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from duixian.dates import add_months
from duixian.evaluate.condition import Preparer
from duixian.evaluate.dossier_view import DossierView
from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.awards.gate import latest_item
from duixian.office.awards.living_steps import living_steps
from duixian.office.awards.models import Award, ExclusionCheck, Step
from duixian.office.awards.row_lock import lock
from duixian.office.awards.states import TABLE, PayClock
from duixian.office.city import city
from duixian.office.refusal import Clash
from duixian.office.registry.current import current_facts
from duixian.office.registry.dossiers import dossier
from duixian.office.registry.models import FactRecord
from duixian.office.runs.rulings import rulings_in_force
from duixian.rules.decided import resolve

_ASKING = frozenset(row.action for row in TABLE if row.pay_clock is PayClock.STARTS)


@dataclass(frozen=True, slots=True)
class Window:
    """From which day to which records count (排除窗口), both days included."""

    first: date
    last: date


def check_exclusions(actor: Actor, award: Award, stage: str) -> ExclusionCheck:
    """Look now, and keep what was found; whether that stops the award is for ``demand_no_exclusion``.

    ``stage`` is ``determination``, ``notice`` or ``payment``. Call it outside of the transaction that moves the award: what was found
    stays on record even when the move is refused.

    Raises:
        Clash: ``exclusion-kind-unknown`` when the settings name a kind that the city's vocabulary does not have: looking at nothing is
            no check.
    """
    with acting():
        demand(actor, "award.check_exclusions", area=award.area, enterprise=award.enterprise_id)
        award = lock(award)
        window = window_of(award)
        records = _records(award.enterprise_id)
        found = [*_within(records, window), *_barred_by_text(award)]
        check = ExclusionCheck.objects.create(
            award=award, stage=stage, window_from=window.first, window_to=window.last, found=found,
            source_hash=_hash({"records": [_as_it_is(each) for each in records], "found": found}),
        )  # fmt: skip
        tell(
            actor, "award.check_exclusions", award, enterprise=award.enterprise_id,
            detail={"stage": stage, "found": len(found), "source": check.source_hash},
        )  # fmt: skip
    return check


def window_of(award: Award) -> Window:
    """The window of an award: years back from the day the enterprise first asked (or today), to the end of its notice (or today)."""
    today = timezone.localdate()
    asked = Step.objects.filter(award=award, action__in=_ASKING).order_by("number").first()
    item = latest_item(award)
    first = timezone.localdate(asked.at) if asked else today
    shown = item is not None and item.notice.withdrawn_at is None
    return Window(
        add_months(first, -12 * settings.EXCLUSION_YEARS), item.notice.closes_on if item and shown else today
    )


def demand_no_exclusion(award: Award, stage: str) -> None:
    """Go on only when today's check of this stage found nothing that stops the award.

    Raises:
        Clash: ``exclusion-not-checked``, ``excluded-by-text`` (no override), or ``exclusion-found``.
    """
    check = ExclusionCheck.objects.filter(award=award, stage=stage).order_by("-id").first()
    if check is None or timezone.localdate(check.checked_at) != timezone.localdate():
        raise Clash("exclusion-not-checked", "今天还没有做排除核查", fix="请先做排除核查", stage=stage)
    if any(each["bars"] for each in check.found):
        raise Clash(
            "excluded-by-text", "文件规定的排除情形成立", why="文件排除的，不能从宽", fix="请不予兑付并写明理由", check=check.pk
        )  # fmt: skip
    if check.found and found_hash(check) not in overridden(award):
        raise Clash(
            "exclusion-found", "窗口期内有排除记录", why="文件没有据此排除，由市级审核决定",
            fix="请市级审核从宽并写明理由，或者不予兑付", check=check.pk,
        )  # fmt: skip


def found_hash(check: ExclusionCheck) -> str:
    """What was found, as a fingerprint: an override covers exactly that."""
    return _hash(check.found)


def overridden(award: Award) -> frozenset[str]:
    """The fingerprints of what reviewers have overridden since the last correction."""
    steps = living_steps(award).filter(action="override_exclusion").values_list("detail", flat=True)
    return frozenset(each["covers"] for each in steps)


def _records(code: str) -> list[FactRecord]:
    found: list[FactRecord] = []
    for kind in settings.EXCLUSION_KINDS:
        if kind not in city().vocabulary.kinds:
            raise Clash(
                "exclusion-kind-unknown", f"词汇里没有“{kind}”", why="排除核查没有可看的来源", fix="请核对设置 DUIXIAN_EXCLUSION_KINDS"
            )  # fmt: skip
        found += current_facts(kind, code).order_by("number")
    return found


def _within(records: list[FactRecord], window: Window) -> Iterator[dict[str, Any]]:
    for each in records:
        if each.happened_on is None or window.first <= each.happened_on <= window.last:
            on = each.happened_on.isoformat() if each.happened_on else None
            yield {"kind": each.kind, "number": each.number, "on": on, "bars": False}


def _barred_by_text(award: Award) -> Iterator[dict[str, Any]]:
    """The exclusions of the award's own document that hold today, or cannot be told."""
    here, today = city(), timezone.localdate()
    file = dossier(award.enterprise_id, today)
    trigger = next(
        (each for each in file.facts if (each.kind, each.id) == (award.fact_kind, award.fact)), None
    )
    if trigger is None:
        # What the award rests on was withdrawn from the registry: no reviewer may pay for it.
        yield {"name": "认定所据的事实已不在库", "clause": "", "bars": True}
        return
    policy = here.policy(award.document)
    decisions = {**here.decisions, **rulings_in_force(today)}
    view = DossierView(file, here.vocabulary.kinds, today)
    prepare = Preparer(here.vocabulary, decisions, award.fact_kind)
    own = frozenset((award.measure_id, award.determination.row))
    for exclusion in policy.exclusions:
        exempt: frozenset[str] = resolve(exclusion.exempt, decisions)
        if own & exempt:
            continue
        if prepare.read(exclusion.condition.root)(trigger, None, view) is not False:
            yield {"name": exclusion.name, "clause": exclusion.clause, "bars": True}


def _as_it_is(record: FactRecord) -> list[Any]:
    return [record.pk, record.kind, record.number, record.content_hash, record.source_id]


def _hash(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
