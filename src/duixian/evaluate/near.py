"""One step short (差一步): what each enterprise misses, and what that step would bring at most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from duixian.evaluate.candidate import Candidate
from duixian.evaluate.dossier_view import DossierView
from duixian.evaluate.engine import Engine
from duixian.evaluate.entitle import entitle
from duixian.evaluate.next_rung import next_rungs
from duixian.evaluate.program import PartProgram, RowProgram
from duixian.evaluate.unknown import Unknown
from duixian.evaluate.way import decide_alone
from duixian.rules.determination import Outcome
from duixian.rules.expression import Comparator, Compare, FieldRef, Literal, Scope, Type
from duixian.rules.fact import Dossier, Fact


class StepKind(StrEnum):
    """What kind of step is missing (差一步的种类)."""

    THRESHOLD = "差数额"
    CONDITION = "差条件"
    FACTS = "缺材料"
    NEXT_RUNG = "可晋级"


@dataclass(frozen=True, slots=True)
class NearMiss:
    """One step that an enterprise is short of (差一步).

    ``gap_fen`` is the money that lacks to a threshold; ``potential_fen`` the ceiling that the step would open, None where it
    cannot be told from the facts.
    """

    enterprise: str
    document: str
    clause: str
    measure: str
    row: str
    fact: str
    kind: StepKind
    needed: str
    gap_fen: int | None
    potential_fen: int | None


REACHING = (Comparator.AT_LEAST, Comparator.ABOVE)


def near(engine: Engine, dossier: Dossier, as_of: date) -> tuple[NearMiss, ...]:
    """All steps that this enterprise is short of, in document order."""
    view = DossierView(dossier, engine.city.vocabulary.kinds, as_of)
    steps: list[NearMiss] = []
    held = {
        each.row
        for each in engine.determine(dossier, as_of, with_marks=False)
        if each.outcome is not Outcome.INELIGIBLE
    }
    candidates = list(_candidates(engine, view))
    for each in candidates:
        steps.extend(_steps(each, view))
    for each, rung in next_rungs(candidates, held, engine.city.vocabulary):
        steps.append(_step(each, rung, StepKind.NEXT_RUNG, rung.selector_text, None, rung.amount))
    order = {program.measure.name: program.order for program in engine.book.programs}
    return tuple(
        sorted(dict.fromkeys(steps), key=lambda each: (order[each.measure], each.fact, each.kind, each.row))
    )


def _candidates(engine: Engine, view: DossierView) -> Iterator[Candidate]:
    for kind, facts in view.by_kind.items():
        for fact in facts if engine.book.is_trigger(kind) else ():
            for program in engine.book.about(fact):
                candidate = decide_alone(program, fact, view)
                if candidate is not None:
                    yield candidate


def _steps(candidate: Candidate, view: DossierView) -> Iterator[NearMiss]:
    if candidate.outcome is Outcome.UNKNOWN:
        potential = candidate.ceiling
        yield _step(candidate, candidate.row, StepKind.FACTS, "、".join(candidate.missing), None, potential)
    elif candidate.outcome is Outcome.INELIGIBLE and candidate.row is not None:
        failing = [part for part in _parts(candidate) if part.holds(candidate.fact, None, view) is False]
        others_known = all(
            type(part.holds(candidate.fact, None, view)) is not Unknown for part in _parts(candidate)
        )
        if len(failing) == 1 and others_known:
            yield _failing_step(candidate, failing[0], view)


def _parts(candidate: Candidate) -> tuple[PartProgram, ...]:
    return candidate.program.parts + (candidate.row.parts if candidate.row else ())


def _failing_step(candidate: Candidate, part: PartProgram, view: DossierView) -> NearMiss:
    """A threshold is told with its gap and with what the award would be just there; other conditions by their words."""
    threshold = _money_threshold(part)
    if threshold is None:
        return _step(
            candidate,
            candidate.row,
            StepKind.CONDITION,
            part.text,
            None,
            _ceiling_of(candidate, candidate.fact, view),
        )
    field, needed = threshold
    actual = candidate.fact.values.get(field)
    gap = needed - actual if isinstance(actual, int) else None
    reached = replace(candidate.fact, values={**candidate.fact.values, field: needed})
    return _step(
        candidate, candidate.row, StepKind.THRESHOLD, part.text, gap, _ceiling_of(candidate, reached, view)
    )


def _money_threshold(part: PartProgram) -> tuple[str, int] | None:
    expr = part.expr
    if not isinstance(expr, Compare) or expr.comparator not in REACHING:
        return None
    left, right = expr.left, expr.right
    if (
        isinstance(left, FieldRef)
        and left.scope is Scope.TRIGGER
        and isinstance(right, Literal)
        and right.type is Type.MONEY
    ):
        return left.field, int(str(right.value))
    return None


def _ceiling_of(candidate: Candidate, fact: Fact, view: DossierView) -> int | None:
    """The ceiling of the row for a fact as it would be, conditions taken as met."""
    would_be = Candidate(candidate.program, fact)
    would_be.row = candidate.row
    entitle(would_be, view)
    return would_be.ceiling


def _step(
    candidate: Candidate,
    row: RowProgram | None,
    kind: StepKind,
    needed: str,
    gap: int | None,
    potential: int | None,
) -> NearMiss:
    measure = candidate.program.measure
    return NearMiss(
        candidate.fact.enterprise, measure.document, measure.clause, measure.name, row.row.id if row else "",
        candidate.fact.id, kind, needed, gap, potential,
    )  # fmt: skip
