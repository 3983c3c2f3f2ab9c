"""Probes: cheap tests that tell whether another option of an open question could matter to a fact under a measure.

An engine that decided every dossier anew for every option of a hundred open questions would be a hundred times slower.
A probe looks only at what the option changes: the one condition, the one date. Where no probe answers, nothing changes.
"""

from __future__ import annotations

from collections.abc import Callable

from duixian.evaluate.candidate import Candidate
from duixian.evaluate.condition import Reading
from duixian.evaluate.dossier_view import DossierView
from duixian.evaluate.match import rows_about
from duixian.evaluate.program import MeasureProgram, PartProgram, RowProgram
from duixian.evaluate.unknown import Unknown
from duixian.rules.asking import interpretations_in
from duixian.rules.fact import Fact

Probe = Callable[[Candidate, DossierView], bool]
"""A candidate under the decisions that hold, its dossier → whether the option may matter to it."""


def probes(program: MeasureProgram, variant: MeasureProgram, name: str) -> tuple[Probe, ...]:
    """The probes of one option: ``variant`` is ``program`` under that option of the interpretation ``name``."""
    measure, policy = program.measure, program.policy

    def hangs(node: object) -> bool:
        return name in interpretations_in(node)

    found: list[Probe] = []
    if program.scope is not None and variant.scope is not None and hangs(measure.scope):
        found.append(_differs(program.scope, variant.scope))
    if hangs(measure.condition):
        found.append(_parts_differ(program.parts, variant.parts))
    for one, two in zip(program.rows, variant.rows, strict=True):
        if hangs(one.row.condition) or hangs(one.row.amount):
            found.append(_row_differs(program, one, two))
    if hangs(measure.event_date):
        found.append(_differs(program.event_date, variant.event_date))
    if hangs(measure.year):
        found.append(_differs(program.year, variant.year))
    if hangs(policy.validity):
        found.append(_force_differs(program, variant))
    if hangs(measure.history):
        found.append(_has_history(program))
    if hangs(policy.exclusions):
        found.append(_exclusions_differ(program, variant))
    return tuple(found)


def _differs(one: Reading, two: Reading) -> Probe:
    return lambda candidate, view: bool(one(candidate.fact, None, view) != two(candidate.fact, None, view))


def _parts_differ(one: tuple[PartProgram, ...], two: tuple[PartProgram, ...]) -> Probe:
    """Parts that both options share cannot make a difference; the others are compared as a whole."""
    shared = {part.text for part in one} & {part.text for part in two}
    mine = [part.holds for part in one if part.text not in shared]
    other = [part.holds for part in two if part.text not in shared]

    def differ(candidate: Candidate, view: DossierView) -> bool:
        if candidate.row is None:
            return False
        return _all_hold(mine, candidate.fact, view) != _all_hold(other, candidate.fact, view)

    return differ


def _all_hold(parts: list[Reading], fact: Fact, view: DossierView) -> bool | Unknown:
    unknown: Unknown | None = None
    for holds in parts:
        value = holds(fact, None, view)
        if value is False:
            return False
        if type(value) is Unknown:
            unknown = value.joined(unknown)
    return True if unknown is None else unknown


def _row_differs(program: MeasureProgram, one: RowProgram, two: RowProgram) -> Probe:
    mine, other = [part.holds for part in one.parts], [part.holds for part in two.parts]

    def differs(candidate: Candidate, view: DossierView) -> bool:
        fact = candidate.fact
        if one not in rows_about(program, fact):
            return False
        if _all_hold(mine, fact, view) != _all_hold(other, fact, view):
            return True
        return (
            one.base is not None
            and two.base is not None
            and one.base(fact, None, view) != two.base(fact, None, view)
        )

    return differs


def _force_differs(program: MeasureProgram, variant: MeasureProgram) -> Probe:
    def differs(candidate: Candidate, view: DossierView) -> bool:
        day = candidate.event_date
        if day is None:
            return False
        return (program.first_day <= day <= program.last_day) != (
            variant.first_day <= day <= variant.last_day
        )

    return differs


def _has_history(program: MeasureProgram) -> Probe:
    """How history counts matters only where the measure meets more than one fact."""

    def has(candidate: Candidate, view: DossierView) -> bool:
        facts = view.by_kind.get(candidate.fact.kind, ())
        return any(other is not candidate.fact and rows_about(program, other) for other in facts)

    return has


def _exclusions_differ(program: MeasureProgram, variant: MeasureProgram) -> Probe:
    """An exemption matters only to a fact that the exclusion would bar, or may bar."""
    rules = [each[0] for each in (*program.exclusions, *variant.exclusions)]
    return lambda candidate, view: any(holds(candidate.fact, None, view) is not False for holds in rules)
