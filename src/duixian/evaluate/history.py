"""History decides 获评, 首次 and 复评: what the dossier shows of earlier recognitions."""

from __future__ import annotations

from typing import Any as Anything

from duixian.evaluate.dossier_view import DossierView
from duixian.evaluate.program import MeasureProgram, RowProgram
from duixian.evaluate.unknown import Unknown
from duixian.rules.determination import Step, TraceLine, write_line
from duixian.rules.fact import Fact
from duixian.rules.house_words import PER_ENTERPRISE
from duixian.rules.measure import Again, FirstAmong
from duixian.rules.vocabulary import Round

MATCH = Step.MATCH
AWARDED, FIRST, RENEWED = Round.AWARDED, Round.FIRST, Round.RENEWED
AS_AWARDED, ROW = Again.AS_AWARDED, FirstAmong.ROW


def selectors_hold(row: RowProgram, fact: Fact, title: str) -> bool | Unknown:
    """Whether a fact is one that the row is about, whatever its round."""
    unknown: Unknown | None = None
    values = fact.values
    for field, missing, names, holds in row.tests:
        value = values.get(field)
        if value is None:
            unknown = missing.joined(unknown)
        elif not (value in names if names is not None else holds(value, title)):
            return False
    return True if unknown is None else unknown


def round_holds(
    program: MeasureProgram, row: RowProgram, fact: Fact, view: DossierView
) -> tuple[bool | Unknown, TraceLine | None]:
    """Whether the recognition's round is the one that the row pays for, and the line that says why."""
    wanted, stated = row.row.round, fact.values.get(program.round_field)
    if wanted is None:
        return True, None
    if wanted is FIRST:
        return _is_first(program, row, fact, view, stated)
    clause = program.measure.clause
    if stated is None or (stated != RENEWED and program.again is not AS_AWARDED):
        earlier = earlier_recognition(program, ROW, program.first_per, row, fact, view)
        if type(earlier) is Unknown:
            return earlier, write_line(
                (MATCH, "match.history-unknown", clause, (tuple(sorted(earlier.missing)),))
            )
        effective = _effective(stated, earlier, program.again)
        if effective is None:
            return False, write_line((MATCH, "match.awarded-before", clause, (earlier.id,)))
        if earlier is None:
            line = write_line((MATCH, "match.round-without-history", clause, (wanted.value, effective.value)))
        else:
            args = (wanted.value, effective.value, earlier.id)
            line = write_line((MATCH, "match.round-by-history", clause, args))
        return effective is wanted, line
    effective = RENEWED if stated == RENEWED else AWARDED
    if effective is not wanted:
        return False, write_line((MATCH, "match.other-round", clause, (wanted.value, stated)))
    return True, None


def _effective(stated: object, earlier: Fact | None, again: Again) -> Round | None:
    """The round that counts; None when a repeated award gives nothing. An unstated round after an earlier one is a renewal."""
    if earlier is None:
        return AWARDED
    if stated is None or again is Again.AS_RENEWED:
        return RENEWED
    return None if again is Again.NOTHING else AWARDED


def _is_first(
    program: MeasureProgram, row: RowProgram, fact: Fact, view: DossierView, stated: object
) -> tuple[bool | Unknown, TraceLine | None]:
    clause = program.measure.clause
    if stated == RENEWED:
        return False, write_line((MATCH, "match.other-round", clause, (FIRST.value, stated)))
    earlier = earlier_recognition(program, program.first_among, program.first_per, row, fact, view)
    if type(earlier) is Unknown:
        return earlier, write_line(
            (MATCH, "match.history-unknown", clause, (tuple(sorted(earlier.missing)),))
        )
    if earlier is not None:
        return False, write_line((MATCH, "match.not-first", clause, (earlier.id,)))
    return True, write_line((MATCH, "match.first", clause, ()))


def earlier_recognition(
    program: MeasureProgram,
    among: FirstAmong,
    per: tuple[str, ...],
    row: RowProgram,
    fact: Fact,
    view: DossierView,
) -> Anything:
    """The first earlier recognition of the kind asked for, None when there is none, Unknown when fields are missing."""
    unknown: Unknown | None = None
    keys = tuple(key for key in per if key != PER_ENTERPRISE)
    for other in _facts_to_look_at(program, among, row, fact, view):
        if other is fact:
            break
        if other.id == fact.id:
            continue
        found = _is_among(program, among, row, fact, other)
        if found is False:
            continue
        same = _same_keys(keys, fact, other)
        if same is False:
            continue
        if found is True and same is True:
            return other
        for each in (found, same):
            if type(each) is Unknown:
                unknown = each.joined(unknown)
    return unknown


def _facts_to_look_at(
    program: MeasureProgram, among: FirstAmong, row: RowProgram, fact: Fact, view: DossierView
) -> list[Fact]:
    """In the order of time; where only the fact's own title can count, just the facts with that title."""
    if among is ROW and len(row.titles) == 1:
        return view.by_title[fact.kind, fact.values.get(program.title_field, "")]
    return view.by_kind[fact.kind]


def _is_among(
    program: MeasureProgram, among: FirstAmong, row: RowProgram, fact: Fact, other: Fact
) -> bool | Unknown:
    title = str(other.values.get(program.title_field, ""))
    own_title = fact.values.get(program.title_field)
    if among is FirstAmong.TITLE:
        return title == own_title
    rows = (row,) if among is ROW else program.rows
    unknown: Unknown | None = None
    for each in rows:
        if each.titles and title not in each.titles:
            continue
        found = selectors_hold(each, other, title)
        if found is True:
            return True
        if type(found) is Unknown:
            unknown = found.joined(unknown)
    return False if unknown is None else unknown


def _same_keys(keys: tuple[str, ...], fact: Fact, other: Fact) -> bool | Unknown:
    for key in keys:
        one, two = fact.values.get(key), other.values.get(key)
        if one is None or two is None:
            return Unknown([f"{fact.kind}.{key}"])
        if one != two:
            return False
    return True
