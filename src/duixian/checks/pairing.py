"""Each amount beside its own title (金额与称号对应): words in the same sentence, tables in the order of the text (分别).

Why: coverage alone does not see two amounts that changed places. So the words of a row (its titles by any name, or its
原文) must stand in the sentence of its amount; down a table the amounts may only ascend in the text, or repeat; and two
rows of one sentence that differ in one name (国家级, 省级) must name it in the order of their amounts.

Example: the text gives 国家级、省级…分别给予50万元、20万元; a table with 省级 50万元 and 国家级 20万元 is crossed.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from duixian.checks.anchor import Anchor, anchors_of, missing_words
from duixian.checks.clause_text import read_clause_text
from duixian.checks.finding import finding
from duixian.errors import Problem
from duixian.rules.clause import Clause
from duixian.rules.expression import Comparator
from duixian.rules.measure import AwardRow, FixedSum, Measure, RateOfBase
from duixian.rules.policy import City
from duixian.rules.vocabulary import FieldType, Vocabulary
from duixian.source.quantity import Quantity, QuantityKind
from duixian.source.titles import TitleReader

AMOUNT_COLUMNS = (QuantityKind.MONEY.value, QuantityKind.PERCENT.value)


def check_pairing(city: City) -> list[Problem]:
    """Amounts away from their words, out of the text's order, or crossed with another row's."""
    problems: list[Problem] = []
    for policy in city.policies:
        for clause in policy.clauses:
            measures = [measure for measure in policy.measures if measure.clause == clause.id]
            problems += _words_apart(clause)
            for measure in measures:
                problems += _descending(measure, clause)
                problems += _crossed(measure, clause, city.vocabulary)
    return problems


def _words_apart(clause: Clause) -> Iterator[Problem]:
    """Rows whose words are not in the sentence of their quantity; once per row."""
    text, told = read_clause_text(clause.text), set[str]()
    for anchor in anchors_of(clause):
        binding = anchor.binding
        if anchor.named and not anchor.fitting and not binding.is_open and binding.row not in told:
            told.add(binding.row)
            best = min((missing_words(binding, each, text) for each in anchor.named), key=len)
            yield finding(
                "checks.words-apart",
                binding.place,
                binding.written,
                "、".join(best),
                clause=clause.id,
                row=binding.row,
            )


def amount_anchors(measure: Measure, clause: Clause, column: str) -> list[tuple[AwardRow, Anchor, Quantity]]:
    """The rows of a measure with the place of their amount (or rate) in the text, where that is certain."""
    found = []
    for row in measure.rows:
        for anchor in anchors_of(clause):
            quantity = anchor.quantity
            if anchor.binding.row == row.id and quantity and _is_amount(row, anchor, column):
                found.append((row, anchor, quantity))
                break
    return found


def _is_amount(row: AwardRow, anchor: Anchor, column: str) -> bool:
    """Whether a binding of the row is its amount in that column, not a figure of its condition."""
    if anchor.binding.kind != column or anchor.binding.is_open:
        return False
    match row.amount:
        case FixedSum(fen=fen):
            return anchor.binding.value == fen
        case RateOfBase(rate=rate, cap_fen=cap):
            return anchor.binding.value in (rate, cap)


def _descending(measure: Measure, clause: Clause) -> Iterator[Problem]:
    for column in AMOUNT_COLUMNS:
        for (above, _, first), (row, anchor, second) in pairwise(amount_anchors(measure, clause, column)):
            if second.start < first.start:
                yield finding(
                    "checks.order-descends",
                    anchor.binding.place,
                    anchor.binding.written,
                    first.written,
                    clause=clause.id,
                    row=row.id,
                    above=above.id,
                )


def _crossed(measure: Measure, clause: Clause, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Two rows of one sentence that differ in one name, named in the other order than their amounts."""
    text = read_clause_text(clause.text)
    forms = _Forms(vocabulary, measure.kind)
    placed = amount_anchors(measure, clause, QuantityKind.MONEY.value)
    for (one, _, first), (two, anchor, second) in combinations(placed, 2):
        sentence = text.sentence_at(first.start)
        names = _only_difference(one, two)
        if names is None or first.start == second.start or text.sentence_at(second.start) != sentence:
            continue
        places = [
            _last_before(text.places_of, forms.of(name), sentence, amount.start)
            for name, amount in zip(names, (first, second), strict=True)
        ]
        is_said = [any(text.says(form, sentence) for form in forms.of(name)) for name in names]
        before, after = places
        if all(is_said) and (before is None or after is None or (before < after) != (first.start < second.start)):
            yield finding(
                "checks.order-crossed",
                anchor.binding.place,
                f"{names[0]} {first.written}、{names[1]} {second.written}",
                clause=clause.id,
                row=two.id,
                above=one.id,
            )


def _only_difference(one: AwardRow, two: AwardRow) -> tuple[str, str] | None:
    """The two names by which rows differ, when they differ in a single one; None otherwise."""
    names: list[tuple[str, str]] = []
    first, second = ({each.field: each for each in row.selectors} for row in (one, two))
    if first.keys() != second.keys():
        return None
    for field, selector in first.items():
        other = second[field]
        if selector == other:
            continue
        if selector.comparator is not Comparator.EQUAL or other.comparator is not Comparator.EQUAL:
            return None
        if len(selector.names) > 1 or len(other.names) > 1:
            return None
        names.append((selector.names[0], other.names[0]))
    if one.round is not two.round:
        if one.round is None or two.round is None:
            return None
        names.append((one.round.value, two.round.value))
    return names[0] if len(names) == 1 else None


class _Forms:
    """Every form in which the text may write a name of a selector: titles, levels, grades, rounds, options."""

    def __init__(self, vocabulary: Vocabulary, kind: str) -> None:
        reader = TitleReader.of(vocabulary)
        self.forms: dict[str, set[str]] = {}
        for title in vocabulary.titles:
            self.forms[title] = set(reader.forms_of(title))
        for aliases in (vocabulary.level_aliases, vocabulary.grade_aliases, vocabulary.round_aliases):
            for alias, name in aliases.items():
                self.forms.setdefault(str(name), set()).add(alias)

    def of(self, name: str) -> tuple[str, ...]:
        """The name and its other forms."""
        return (name, *sorted(self.forms.get(name, ())))
