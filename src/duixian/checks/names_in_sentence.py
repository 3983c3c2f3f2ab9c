"""Levels, grades and rounds in the words of the text (级别、等级、轮次见于原文): a row asks for nothing that its sentence does not say.

Why: a title is found by its words, but 省级 for 国家级, or 首次 where the text has no such word, would pay others than the text
means, at the right sum and under the right title.

Example: the text gives 国家级绿色园区 40万元, and its row says 省级; the text says 首次获评, and its row says 获评.
"""

from __future__ import annotations

from collections.abc import Iterator

from duixian.checks.anchor import anchors_of
from duixian.checks.clause_text import ClauseText, read_clause_text
from duixian.checks.finding import finding
from duixian.checks.pairing import amount_anchors, forms_of
from duixian.errors import Problem
from duixian.rules.clause import Clause
from duixian.rules.measure import AwardRow, Measure
from duixian.rules.policy import City
from duixian.rules.vocabulary import FieldType, Round, Vocabulary
from duixian.source.quantity import Quantity, QuantityKind

SAID_FIELDS = frozenset({FieldType.LEVEL, FieldType.GRADE})
_OURS = frozenset("我本全各")
_JOINTS = frozenset("、和及或与")


def check_names_in_sentence(city: City) -> list[Problem]:
    """Levels, grades and rounds of rows that the sentence of their amount does not say."""
    problems: list[Problem] = []
    for policy in city.policies:
        clauses = {clause.id: clause for clause in policy.clauses}
        for measure in policy.measures:
            problems += _check(measure, clauses[measure.clause], city.vocabulary)
    return problems


def _check(measure: Measure, clause: Clause, vocabulary: Vocabulary) -> Iterator[Problem]:
    text = read_clause_text(clause.text)
    for row, anchor, quantity in amount_anchors(measure, clause, QuantityKind.MONEY.value):
        for name in _unsaid(row, measure, clause, vocabulary, quantity):
            yield finding("checks.name-unsaid", anchor.binding.place, name, clause=clause.id, row=row.id)
        if row.round is Round.AWARDED and text.says(Round.FIRST.value, introduction(text, quantity)):
            first, awarded = Round.FIRST.value, Round.AWARDED.value
            yield finding(
                "checks.first-overlooked", anchor.binding.place, awarded, first, clause=clause.id, row=row.id
            )


def _unsaid(
    row: AwardRow, measure: Measure, clause: Clause, vocabulary: Vocabulary, quantity: Quantity
) -> Iterator[str]:
    """Of several names one must be said: the others may stand there for an officer's option."""
    text, fields = read_clause_text(clause.text), vocabulary.kinds[measure.kind].fields
    titles = [
        name for each in row.selectors if fields[each.field].type is FieldType.TITLE for name in each.names
    ]
    graded = _grades_in_text(row, clause)
    for selector in row.selectors:
        if fields[selector.field].type not in SAID_FIELDS or graded.intersection(selector.names):
            continue
        own = {form for name in selector.names for form in forms_of(name, vocabulary)}
        own |= set(_aliases_fixing(titles, selector.names, vocabulary))
        known = {
            form for name in _alternatives(fields[selector.field].type, titles, vocabulary) for form in name
        }
        if not _is_said(own, known, text, quantity):
            yield "、".join(selector.names)
    if row.round in (Round.FIRST, Round.RENEWED):
        own = set(forms_of(row.round.value, vocabulary))
        if not _is_said(own, own, text, quantity):
            yield row.round.value


def _grades_in_text(row: AwardRow, clause: Clause) -> set[str]:
    """Grades of the row that are quantities of the text: 三、四、五级."""
    return {
        anchor.binding.written
        for anchor in anchors_of(clause)
        if anchor.binding.row == row.id and anchor.quantity
    }


def _alternatives(type_: FieldType, titles: list[str], vocabulary: Vocabulary) -> list[frozenset[str]]:
    """The forms of every level, or of every grade of the titles."""
    if type_ is FieldType.LEVEL:
        return [forms_of(level, vocabulary) for level in vocabulary.levels]
    ranks = (rank for title in titles for rank in vocabulary.titles[title].grades)
    return [forms_of(grade, vocabulary) for rank in ranks for grade in rank]


def _aliases_fixing(titles: list[str], names: tuple[str, ...], vocabulary: Vocabulary) -> Iterator[str]:
    """Aliases of the row's titles that say the level or grade by themselves: 小巨人 is 国家级."""
    for title in titles:
        for alias in vocabulary.titles[title].aliases:
            if alias.level in names or alias.grade in names:
                yield alias.text


def _is_said(own: set[str], known: set[str], text: ClauseText, quantity: Quantity) -> bool:
    """Whether one's own name is said: in the words that introduce the amount if they name any, else in the sentence."""
    near = introduction(text, quantity)
    if any(len(form) > 1 and text.says(form, near) for form in known):
        return any(_stands_in(form, text, near) for form in own)
    return any(_stands_in(form, text, text.sentence_at(quantity.start)) for form in own)


def _stands_in(form: str, text: ClauseText, span: tuple[int, int]) -> bool:
    """A form of one character (省, 市) does not count in 我市, 本省, 全市."""
    places = (text.index_of(place) for place in text.places_of(form, span))
    return any(len(form) > 1 or place == 0 or text.words[place - 1] not in _OURS for place in places)


def introduction(text: ClauseText, quantity: Quantity) -> tuple[int, int]:
    """The words that introduce an amount, as a span of ``words``: from the last 对 or the last other amount on.

    Amounts that 、 or 和 joins (分别给予50万元、20万元) share their introduction.
    """
    start, _ = text.sentence_at(quantity.start)
    first, place = quantity, text.quantities.index(quantity)
    for earlier in reversed(text.quantities[:place]):
        between = text.words[text.index_of(earlier.end) : text.index_of(first.start)]
        if text.index_of(earlier.start) < start or earlier.kind is not quantity.kind:
            break
        if between not in _JOINTS:
            start = text.index_of(earlier.end)
            break
        first = earlier
    end = text.index_of(first.start)
    addressed = max(text.words.rfind(mark, start, end) for mark in (",对", "。对", ";对"))
    return max(addressed, start), end
