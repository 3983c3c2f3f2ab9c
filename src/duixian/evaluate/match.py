"""Step 1, match (匹配): facts meet the measures that they trigger; the first row that fits is the award."""

from __future__ import annotations

from duixian.evaluate.candidate import Candidate
from duixian.evaluate.dossier_view import DossierView
from duixian.evaluate.history import round_holds, selectors_hold
from duixian.evaluate.program import MeasureProgram, PartProgram, RowProgram
from duixian.evaluate.unknown import Unknown
from duixian.rules.determination import Outcome, Step, TraceLine, write_line
from duixian.rules.fact import Fact

MATCH = Step.MATCH

TRUE_CODE, FALSE_CODE, UNKNOWN_CODE = "match.condition", "match.condition-fails", "match.condition-unknown"


def match(program: MeasureProgram, fact: Fact, view: DossierView) -> Candidate | None:
    """The candidate that a fact makes under a measure; None when the measure is not about such facts at all.

    A fact whose title the measure names, but for which it has no row, is ineligible and stays: nothing is dropped in silence.
    """
    candidate = Candidate(program, fact)
    if program.scope is not None:
        in_scope = program.scope(fact, None, view)
        if in_scope is False:
            return None
        if type(in_scope) is Unknown:
            candidate.missing = tuple(sorted(in_scope.missing))
    _find_row(candidate, view)
    if program.parts and candidate.row is not None and candidate.outcome is None:
        _check_parts(candidate, program.parts, view)
    if candidate.outcome is None and candidate.missing:
        missing = frozenset(candidate.missing)
        candidate.wait_for(
            missing, write_line((MATCH, "match.unknown", program.measure.clause, (candidate.missing,)))
        )
    return candidate


def rows_about(program: MeasureProgram, fact: Fact) -> tuple[RowProgram, ...]:
    """The rows that name the fact's title, and those that name none."""
    title = str(fact.values.get(program.title_field, ""))
    if program.rows_by_title is not None:
        return program.rows_by_title.get(title, ())
    if not program.names_some_titles:
        return program.rows
    return tuple(row for row in program.rows if not row.titles or title in row.titles)


def _find_row(candidate: Candidate, view: DossierView) -> None:
    """Take the first row that holds; else the first that may hold; else say what the nearest row asks for."""
    program, fact = candidate.program, candidate.fact
    title = str(fact.values.get(program.title_field, ""))
    possible: tuple[RowProgram, Unknown, list[TraceLine]] | None = None
    nearest: tuple[int, RowProgram, list[TraceLine]] | None = None
    for row in rows_about(program, fact):
        holds: bool | Unknown = selectors_hold(row, fact, title) if row.tests else True
        lines: list[TraceLine] = []
        depth = 0
        if holds is not False:
            depth = 1
            if row.row.round is not None:
                fits, line = round_holds(program, row, fact, view)
                if line is not None:
                    lines.append(line)
                holds = _both(holds, fits)
            if holds is not False and row.parts:
                holds, depth = _both(holds, _read_parts(row.parts, candidate, view, lines)), 2
        if holds is True:
            candidate.row = row
            candidate.trace.append(row.match_line)
            candidate.trace.extend(lines)
            return
        if type(holds) is Unknown:
            possible = possible or (row, holds, lines)
        elif nearest is None or depth > nearest[0]:
            nearest = (depth, row, lines)
    if possible is not None:
        candidate.row, unknown, lines = possible
        candidate.trace.append(candidate.row.match_line)
        candidate.trace.extend(lines)
        candidate.missing = tuple(sorted(unknown.missing.union(candidate.missing)))
    else:
        _no_row(candidate, nearest)


def _no_row(candidate: Candidate, nearest: tuple[int, RowProgram, list[TraceLine]] | None) -> None:
    """A definite no: by the first part that fails, by the round, or because no row names such a fact."""
    candidate.missing = ()
    if nearest is not None and nearest[0] > 0:
        _, candidate.row, lines = nearest
        candidate.trace.extend((candidate.row.match_line, *lines))
        candidate.outcome = Outcome.INELIGIBLE
        candidate.reason = next((line for line in lines if line.code == FALSE_CODE), lines[-1])
        return
    wanted = tuple(dict.fromkeys(row.selector_text for row in rows_about(candidate.program, candidate.fact)))
    line = write_line((MATCH, "match.no-row", candidate.program.measure.clause, (wanted,)))
    candidate.settle(Outcome.INELIGIBLE, line)


def _check_parts(candidate: Candidate, parts: tuple[PartProgram, ...], view: DossierView) -> None:
    """The measure's own condition, part by part; a definite no outweighs anything unknown."""
    holds = _read_parts(parts, candidate, view, candidate.trace)
    if holds is False:
        failing = next(line for line in candidate.trace if line.code == FALSE_CODE)
        candidate.outcome, candidate.reason, candidate.missing = Outcome.INELIGIBLE, failing, ()
    elif type(holds) is Unknown:
        candidate.missing = tuple(sorted(holds.missing.union(candidate.missing)))


def _read_parts(
    parts: tuple[PartProgram, ...], candidate: Candidate, view: DossierView, lines: list[TraceLine]
) -> bool | Unknown:
    fact, clause = candidate.fact, candidate.program.measure.clause
    result: bool | Unknown = True
    for part in parts:
        holds = part.holds(fact, None, view)
        if holds is True:
            code = TRUE_CODE
        else:
            code = FALSE_CODE if holds is False else UNKNOWN_CODE
            result = _both(result, holds)
        actual = part.value(fact, None, view) if part.value is not None else None
        lines.append(
            write_line(
                (MATCH, code, clause, (part.text, None if type(actual) is Unknown else actual, part.type))
            )
        )
    return result


def _both(one: bool | Unknown, two: bool | Unknown) -> bool | Unknown:
    if one is False or two is False:
        return False
    if type(one) is Unknown:
        return one.joined(two)
    return two
