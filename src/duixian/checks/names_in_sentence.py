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
from duixian.source.quantity import QuantityKind

SAID_FIELDS = frozenset({FieldType.LEVEL, FieldType.GRADE})


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
        sentence = text.sentence_at(quantity.start)
        for name in _unsaid(row, measure, clause, vocabulary, sentence):
            yield finding("checks.name-unsaid", anchor.binding.place, name, clause=clause.id, row=row.id)
        if row.round is Round.AWARDED and text.says(Round.FIRST.value, sentence):
            first, awarded = Round.FIRST.value, Round.AWARDED.value
            yield finding(
                "checks.first-overlooked", anchor.binding.place, awarded, first, clause=clause.id, row=row.id
            )


def _unsaid(
    row: AwardRow, measure: Measure, clause: Clause, vocabulary: Vocabulary, sentence: tuple[int, int]
) -> Iterator[str]:
    """Of several names one must be said: the others may stand there for an officer's option."""
    text, fields = read_clause_text(clause.text), vocabulary.kinds[measure.kind].fields
    titles = [
        name for each in row.selectors if fields[each.field].type is FieldType.TITLE for name in each.names
    ]
    graded = {
        anchor.binding.written
        for anchor in anchors_of(clause)
        if anchor.binding.row == row.id and anchor.quantity
    }
    for selector in row.selectors:
        if fields[selector.field].type in SAID_FIELDS and not graded.intersection(selector.names):
            forms = {form for name in selector.names for form in forms_of(name, vocabulary)}
            forms |= set(_aliases_fixing(titles, selector.names, vocabulary))
            if not _says_one(forms, text, sentence):
                yield "、".join(selector.names)
    if row.round in (Round.FIRST, Round.RENEWED) and not _says_one(
        forms_of(row.round.value, vocabulary), text, sentence
    ):
        yield row.round.value


def _aliases_fixing(titles: list[str], names: tuple[str, ...], vocabulary: Vocabulary) -> Iterator[str]:
    """Aliases of the row's titles that say the level or grade by themselves: 小巨人 is 国家级."""
    for title in titles:
        for alias in vocabulary.titles[title].aliases:
            if alias.level in names or alias.grade in names:
                yield alias.text


def _says_one(forms: frozenset[str] | set[str], text: ClauseText, sentence: tuple[int, int]) -> bool:
    return any(text.says(form, sentence) for form in forms)
