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
from duixian.rules.measure import AwardRow, FixedSum, Measure, RateOfBase
from duixian.rules.policy import City
from duixian.rules.vocabulary import FieldType, Vocabulary
from duixian.source.quantity import Quantity, QuantityKind
from duixian.source.titles import title_key

AMOUNT_COLUMNS = (QuantityKind.MONEY.value, QuantityKind.PERCENT.value)


def check_pairing(city: City) -> list[Problem]:
    """Amounts away from their words, out of the text's order, or crossed with another row's."""
    problems: list[Problem] = []
    for policy in city.policies:
        for clause in policy.clauses:
            measures = [measure for measure in policy.measures if measure.clause == clause.id]
            problems += _words_apart(clause)
            for measure in measures:
                problems += _foreign_words(measure, clause, city.vocabulary)
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


def _foreign_words(measure: Measure, clause: Clause, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Rows whose 原文 has nothing in common with one of their titles: the words are right, and the title is another."""
    field = vocabulary.kinds[measure.kind].field_of_type(FieldType.TITLE)
    for row in measure.rows:
        groups = next((each.words for each in clause.bindings if each.row == row.id and each.words), ())
        said = "".join(title_key(form) for group in groups for form in group)
        for title in (name for each in row.selectors if each.field == field for name in each.names):
            if groups and not any(
                _share_words(title_key(form), said) for form in forms_of(title, vocabulary)
            ):
                words = "、".join(group[0] for group in groups)
                yield finding(
                    "checks.words-of-another-title", row.place, title, words, clause=clause.id, row=row.id
                )


def _share_words(one: str, two: str) -> bool:
    """Whether two running characters of one stand in the other; 企业 stands in too many titles to tell them apart."""
    pairs = {one[place : place + 2] for place in range(len(one) - 1)} - {"企业"}
    return any(pair in two for pair in pairs)


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
    text, names_of = read_clause_text(clause.text), _NamesInText(clause, vocabulary)
    for (one, _, first), (two, anchor, second) in combinations(
        amount_anchors(measure, clause, QuantityKind.MONEY.value), 2
    ):
        names = _only_difference(one, two)
        sentence = text.sentence_at(first.start)
        if names is None or first.start == second.start or text.sentence_at(second.start) != sentence:
            continue
        said = names_of.places(names, (one, two), sentence)
        if said is None:
            continue
        before = max((place for place in said[0] if place < first.start), default=None)
        after = max((place for place in said[1] if place < second.start), default=None)
        if before is None or after is None or (before < after) != (first.start < second.start):
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
    if first.keys() != second.keys() or (one.round is None) != (two.round is None):
        return None
    for field, selector in first.items():
        other = second[field]
        if selector.names != other.names:
            names.append(("、".join(selector.names), "、".join(other.names)))
    if one.round is not two.round and one.round and two.round:
        names.append((one.round.value, two.round.value))
    return names[0] if len(names) == 1 else None


class _NamesInText:
    """Where a clause names titles, levels, grades and rounds, in whatever form (名称的位置)."""

    def __init__(self, clause: Clause, vocabulary: Vocabulary) -> None:
        self.clause, self.text, self.vocabulary = clause, read_clause_text(clause.text), vocabulary

    def places(
        self, names: tuple[str, str], rows: tuple[AwardRow, AwardRow], sentence: tuple[int, int]
    ) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
        """The places of both names in the sentence; None when the sentence does not say one of them."""
        graded = tuple(self._as_quantity(row, name) for row, name in zip(rows, names, strict=True))
        if all(graded):
            return graded[0], graded[1]
        spans = [self._spans(name, sentence) for name in names]
        # 零碳工业园区 inside 近零碳工业园区 is no mention of its own.
        first, second = (
            tuple(
                start
                for start, end in own
                if not any(s <= start and end <= e and (s, e) != (start, end) for s, e in other)
            )
            for own, other in (spans, reversed(spans))
        )
        return (first, second) if first and second else None

    def _as_quantity(self, row: AwardRow, name: str) -> tuple[int, ...]:
        """三、四、五级: the place of a grade that is a quantity of the text."""
        return tuple(
            anchor.quantity.start
            for anchor in anchors_of(self.clause)
            if anchor.binding.row == row.id and anchor.binding.written == name and anchor.quantity
        )

    def _spans(self, name: str, sentence: tuple[int, int]) -> list[tuple[int, int]]:
        """The spans of every form; a form of one character counts only where no longer one stands (省 beside 省级)."""
        spans = [
            (place, place + len(form), len(form))
            for form in forms_of(name, self.vocabulary)
            for place in self.text.places_of(form, sentence)
        ]
        longer = [(start, end) for start, end, length in spans if length > 1]
        return longer or [(start, end) for start, end, _ in spans]


def forms_of(name: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The name and every alias that means it."""
    title = vocabulary.titles.get(name)
    forms = {name}
    if title is not None:
        forms.update(alias.text for alias in title.aliases)
    for aliases in (vocabulary.level_aliases, vocabulary.grade_aliases, vocabulary.round_aliases):
        forms.update(alias for alias, meant in aliases.items() if meant == name)
    return frozenset(forms)
