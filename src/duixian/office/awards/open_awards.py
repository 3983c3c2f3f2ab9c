"""Opening awards (建立兑付事项): one for each payable determination, offered or as a draft, and never a second for the same fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.awards.measure_of import delivery_of, measure_of, mode_of
from duixian.office.awards.models import ENDED, Award, Mode, State, Step
from duixian.office.awards.move import new_step
from duixian.office.refusal import Clash, NotThere
from duixian.office.runs.models import Run, RunState, StoredDetermination
from duixian.rules.determination import Outcome
from duixian.rules.measure import Delivery

CHUNK = 500
Key = tuple[str, str, str, str]
"""What an award is for: document, measure, kind of fact, fact."""
Named = tuple[str, str]
"""A measure: document and id."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a run says otherwise than the award that is there (差异). ``amount_fen`` None: the run no longer gives anything."""

    award: Award
    determination: StoredDetermination | None
    amount_fen: int | None


def open_awards(actor: Actor, run_id: int) -> list[Award]:
    """Open an award for every payable determination of a run that has none yet, and give back the new ones.

    免申即享 is offered to the enterprise; what is applied for becomes a draft, filled in beforehand. A fact whose award is living keeps
    that one (``differences`` tells where the run says otherwise); one whose award ended stays ended, until a reviewer opens it again.

    Raises:
        NotThere: when there is no such run. Clash: ``run-unfinished``.
    """
    with acting():
        demand(actor, "award.open")
        run = finished_run(run_id)
        found = sorted(payable(run).iterator(), key=_key)
        opened: list[Award] = []
        deliveries = _deliveries(found, run)
        rest: Iterator[StoredDetermination] = iter(found)
        while chunk := list(islice(rest, CHUNK)):
            opened += _open_chunk(chunk, deliveries, actor)
        for each in opened:
            tell(actor, "award.open", each, enterprise=each.enterprise_id, detail={"run": run.pk})
    return opened


def finished_run(run_id: int) -> Run:
    """The run, when it has finished.

    Raises:
        NotThere: when there is none. Clash: ``run-unfinished``.
    """
    run = Run.objects.filter(pk=run_id).first()
    if run is None:
        raise NotThere("not-there", "没有找到该认定批次")
    if run.state != RunState.FINISHED:
        raise Clash("run-unfinished", "该认定批次还没有完成", fix="请等它完成后再办理")
    return run


def payable(run: Run) -> QuerySet[StoredDetermination]:
    """The determinations of a run that may become money: 可兑付, with an amount that is known and not zero."""
    return StoredDetermination.objects.filter(run=run, outcome=Outcome.PAYABLE, amount_fen__gt=0)


def differences(actor: Actor, run_id: int) -> list[Difference]:
    """Where a run says otherwise than the living awards, in the order of these."""
    demand(actor, "award.differences")
    run = finished_run(run_id)
    now = {_key(each): each for each in payable(run)}
    awards = Award.objects.exclude(state__in=ENDED).select_related("determination").order_by("pk")
    return list(_differing(awards, now))


def award_of(determination: StoredDetermination, mode: Mode, is_scored: bool) -> Award:
    """An award as it begins, not yet saved. Its ceiling is what choice and limits leave of the row's ceiling (可兑付上限)."""
    assert determination.amount_fen is not None, "only what is payable becomes an award"
    return Award(
        determination=determination, enterprise_id=determination.enterprise, area=determination.area,
        document=determination.document, measure_id=determination.measure_id, fact_kind=determination.fact_kind,
        fact=determination.fact, year=determination.year, mode=mode, needs_scoring=is_scored,
        state=State.OFFERED if mode is Mode.WITHOUT_APPLICATION else State.DRAFT,
        ceiling_fen=determination.amount_fen, base_fen=determination.base_fen,
    )  # fmt: skip


def latest_award(determination: StoredDetermination) -> Award | None:
    """The award of the same fact under the same measure, the living one if there is one."""
    document, measure, kind, fact = _key(determination)
    same = Award.objects.filter(document=document, measure_id=measure, fact_kind=kind, fact=fact)
    return same.exclude(state__in=ENDED).first() or same.order_by("-pk").first()


def _differing(awards: Iterable[Award], now: dict[Key, StoredDetermination]) -> Iterator[Difference]:
    for award in awards:
        said = now.get((award.document, award.measure_id, award.fact_kind, award.fact))
        if said is None or said.amount_fen != award.ceiling_fen:
            yield Difference(award, said, said.amount_fen if said else None)


def _deliveries(found: Iterable[StoredDetermination], run: Run) -> dict[Named, Delivery]:
    """How each measure that was found is delivered, under the rulings of the run."""
    named = {(each.document, each.measure_id) for each in found}
    return {each: delivery_of(measure_of(*each), run.rulings) for each in named}


def _open_chunk(
    chunk: list[StoredDetermination], deliveries: Mapping[Named, Delivery], actor: Actor
) -> list[Award]:
    """Everybody opens in the order of keys, so that two runs at once wait for each other and never in a circle."""
    while True:
        new = [_begin(each, deliveries[each.document, each.measure_id]) for each in _without_award(chunk)]
        try:
            with transaction.atomic():
                Award.objects.bulk_create(new)
                Step.objects.bulk_create(new_step(each, "open", actor, number=1, before="") for each in new)
            return new
        except IntegrityError:
            # Another run has just opened some of them: they are seen now, and there are fewer to open.
            if len(_without_award(chunk)) == len(new):
                raise


def _begin(determination: StoredDetermination, delivery: Delivery) -> Award:
    return award_of(determination, mode_of(delivery), delivery is Delivery.SELECTION)


def _without_award(chunk: list[StoredDetermination]) -> list[StoredDetermination]:
    facts = {each.fact for each in chunk}
    known = set(
        Award.objects.filter(Q(fact__in=facts)).values_list("document", "measure_id", "fact_kind", "fact")
    )
    return [each for each in chunk if _key(each) not in known]


def _key(each: StoredDetermination) -> Key:
    return (each.document, each.measure_id, each.fact_kind, each.fact)
