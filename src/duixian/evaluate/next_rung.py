"""The next rung (可晋级): the lowest award above what an enterprise has reached, of the same title or ladder."""

from __future__ import annotations

from collections.abc import Iterable

from duixian.evaluate.candidate import Candidate
from duixian.evaluate.history import selectors_hold
from duixian.evaluate.match import rows_about
from duixian.evaluate.program import MeasureProgram, RowProgram
from duixian.rules.determination import Outcome
from duixian.rules.fact import Fact
from duixian.rules.vocabulary import FieldType, Round, Vocabulary


def next_rungs(
    candidates: Iterable[Candidate], held: set[str], vocabulary: Vocabulary
) -> list[tuple[Candidate, RowProgram]]:
    """For each way up, the highest rung reached and the one that comes next.

    Of several facts that lead to one rung (先进级 and 卓越级 of one plant both lead to 领航级) the highest is named.
    """
    found: dict[tuple[object, ...], tuple[Candidate, RowProgram]] = {}
    for each in candidates:
        rung = _next_above(each, held, vocabulary)
        if rung is None:
            continue
        about = each.fact.values.get(each.program.fact_kind.object_field)
        key = (each.program.order, rung.row.id, about)
        before = found.get(key)
        if before is None or _reached(before[0]) < _reached(each):
            found[key] = (each, rung)
    return list(found.values())


def _reached(candidate: Candidate) -> int:
    return (candidate.row.amount or 0) if candidate.row else 0


def _next_above(candidate: Candidate, held: set[str], vocabulary: Vocabulary) -> RowProgram | None:
    program, fact, row = candidate.program, candidate.fact, candidate.row
    is_barred = row is not None and candidate.outcome is Outcome.INELIGIBLE
    if (
        is_barred
        or candidate.outcome is Outcome.NOT_IN_FORCE
        or (row is not None and row.row.round is Round.RENEWED)
    ):
        return None
    title = str(fact.values.get(program.title_field, ""))
    own = {each.row.id for each in rows_about(program, fact) if selectors_hold(each, fact, title) is True}
    above = [
        each
        for each in _family(program, candidate)
        if each.amount is not None
        and each.amount > _reached(candidate)
        and each.row.round is not Round.RENEWED
        and each.row.id not in held | own
        and not _is_below(each, program, fact, vocabulary)
    ]
    return min(above, key=lambda each: each.amount or 0) if above else None


def _family(program: MeasureProgram, candidate: Candidate) -> list[RowProgram]:
    rungs: set[str] = set()
    if candidate.row is not None:
        for ladder, _, _ in program.ladders:
            if candidate.row.row.id in ladder.rows:
                rungs |= ladder.rows
    same_title = rows_about(program, candidate.fact) if program.rows_by_title is not None else ()
    return [row for row in program.rows if row.row.id in rungs or row in same_title]


def _is_below(row: RowProgram, program: MeasureProgram, fact: Fact, vocabulary: Vocabulary) -> bool:
    """Whether a row asks for a lower level or grade of the fact's own title than the fact already has."""
    title = vocabulary.titles.get(str(fact.values.get(program.title_field, "")))
    if title is None or (row.titles and title.name not in row.titles):
        return False
    for selector in row.row.selectors:
        value = fact.values.get(selector.field)
        type_ = program.fact_kind.fields[selector.field].type
        if value is None or type_ not in (FieldType.LEVEL, FieldType.GRADE):
            continue
        rank = vocabulary.level_rank if type_ is FieldType.LEVEL else title.grade_rank
        ranks = [place for name in selector.names if (place := rank(name)) is not None]
        mine = rank(str(value))
        if ranks and mine is not None and max(ranks) < mine:
            return True
    return False
