"""Worked cases (案例) put to the engine: does each give what its officer wrote down?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from duixian.evaluate.engine import Engine
from duixian.rules.case import Case, Expected, ExpectedFen, Pending
from duixian.rules.determination import Determination, Outcome
from duixian.rules.policy import City


@dataclass(frozen=True, slots=True)
class Complaint:
    """One way in which a case is not met (不符): its words stand in ``screen.toml`` under ``case.<code>``."""

    code: str
    fact: str
    row: str
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case with what it gave (案例结果); no complaints when it is met."""

    case: Case
    determinations: tuple[Determination, ...]
    complaints: tuple[Complaint, ...]


def run_cases(city: City, cases: Iterable[Case]) -> Iterator[CaseResult]:
    """Run cases in their order; cases with the same decisions share an engine."""
    engines: dict[tuple[tuple[str, str], ...], Engine] = {}
    for case in cases:
        key = tuple(sorted(case.decisions.items()))
        engine = engines.get(key) or engines.setdefault(key, Engine(city, case.decisions))
        found = engine.determine(case.dossier, case.as_of)
        yield CaseResult(case, found, tuple(complaints(case, found)))


def complaints(case: Case, found: Iterable[Determination]) -> Iterator[Complaint]:
    """Everything in which the determinations differ from the case; a 可兑付 that it does not list is one."""
    found = tuple(found)
    for expected in case.results:
        mine = [each for each in found if _is_meant(expected, each)]
        if len(mine) == 1:
            yield from _compare(expected, mine[0])
        else:
            yield Complaint("count", expected.fact, expected.row, str(len(mine)), "1")
    for each in found:
        if each.outcome is Outcome.PAYABLE and not any(
            _is_meant(expected, each) for expected in case.results
        ):
            yield Complaint("unlisted", each.fact, each.row, each.outcome.value, "—")


def _is_meant(expected: Expected, each: Determination) -> bool:
    is_row = expected.row in (each.row, each.measure_id)
    return each.fact == expected.fact and is_row and expected.document in ("", each.document)


def _compare(expected: Expected, each: Determination) -> Iterator[Complaint]:
    def unlike(code: str, found: object, wanted: object) -> Complaint:
        return Complaint(code, expected.fact, expected.row, str(found), str(wanted))

    if expected.outcome is not None and each.outcome is not expected.outcome:
        yield unlike("outcome", each.outcome, expected.outcome)
    share = each.share
    for code, wanted, fen in (
        ("amount", expected.amount_fen, each.amount_fen),
        ("city", expected.city_fen, share.city_fen if share else None),
        ("county", expected.county_fen, share.county_fen if share else None),
    ):
        if not _says(wanted, fen):
            yield unlike(code, _fen_text(fen), _fen_text(wanted))
    marks = {mark.interpretation for mark in each.marks}
    if not marks.issuperset(expected.marks) or (expected.is_unmarked and marks):
        yield unlike("marks", "、".join(sorted(marks)) or "—", "、".join(expected.marks) or "—")
    if not all(any(name in field for field in each.missing) for name in expected.missing):
        yield unlike("missing", "、".join(each.missing) or "—", "、".join(expected.missing))


def _says(wanted: ExpectedFen, fen: int | None) -> bool:
    return wanted is None or (fen is None if wanted is Pending.PENDING else fen == wanted)


def _fen_text(fen: ExpectedFen) -> str:
    return f"{fen // 100}.{fen % 100:02d}" if isinstance(fen, int) else Pending.PENDING.value
