"""Results in the words of the rules (结果的还原): a row of integers becomes a determination."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from duixian.kernel import words as w
from duixian.kernel.book import RowName
from duixian.kernel.measure_book import MeasureBook
from duixian.kernel.variant import Variant
from duixian.rules.determination import (
    CostShare,
    Determination,
    Mark,
    Outcome,
    Step,
    TraceLine,
    write_determination,
)
from duixian.rules.fact import Fact

MISSING = w.MISSING
_STEPS = {"match": Step.MATCH, "entitle": Step.ENTITLE, "exclude": Step.EXCLUDE, "choose": Step.CHOOSE}
STEP_OF = tuple(_STEPS[code.split(".")[0]] for code in w.REASONS)
_BY_VALIDITY = (w.R_AFTER_AS_OF, w.R_DATE_UNKNOWN, w.R_TOO_EARLY, w.R_TOO_LATE)
RULE_MASK = (1 << w.DETAIL_SHIFT) - 1
ALL_BUT_YEAR = (1 << w.YEAR_SHIFT) - 1
_NO_ROW = RowName("", is_exact=False, rate=None)


class _Alike(NamedTuple):
    """What all results of a measure and row that end alike tell alike, in the order of a determination."""

    document: str
    clause: str
    measure_id: str
    measure: str
    row: str
    outcome: Outcome
    rate: object
    is_exact: bool
    reason: TraceLine
    missing: Callable[[int], tuple[str, ...]]


class _Told(NamedTuple):
    """What every result of a measure and row tells alike."""

    variant: Variant | None
    document: str
    clause: str
    measure_id: str
    measure: str
    row: RowName
    missing: Callable[[int], tuple[str, ...]]


class Teller:
    """Turns rows of results into determinations without a trace (还原器); names are looked up once."""

    def __init__(self, book: MeasureBook) -> None:
        self._book = book
        self.width = book.layout.fact_words
        self._rules: dict[int, _Told] = {}
        self._reasons: dict[tuple[int, int], TraceLine] = {}
        self._alike: dict[int, _Alike] = {}

    def determinations(
        self, rows: Sequence[Sequence[int]], enterprise: str, facts: Sequence[Fact], first: int = 0
    ) -> tuple[Determination, ...]:
        """The determinations of one enterprise; ``facts`` in the order of its words, from row ``first`` of all facts on."""
        width, alike, found = self.width, self._alike, []
        for head, rule, ceiling, base, amount, city, note in rows:
            fact = facts[(head & w.FACT_MASK) // width - first]
            key = (rule & ALL_BUT_YEAR) << 16 | head >> w.OUTCOME_SHIFT
            document, clause, measure_id, measure, row, outcome, rate, is_exact, line, missing = alike.get(
                key
            ) or self._tell_alike(key)
            share = None
            if outcome is Outcome.PAYABLE:
                basis = self._book.bases[note].text
                share = (
                    CostShare(None, None, basis) if city == MISSING else CostShare(city, amount - city, basis)
                )
                note = 0
            found.append(write_determination((
                enterprise, document, clause, measure_id, measure, row, fact.kind, fact.id, outcome,
                None if ceiling == MISSING else ceiling, None if base == MISSING else base, None if base == MISSING else rate,
                is_exact, None if amount == MISSING else amount, line, (), share, (), missing(note) if note else (),
                rule >> w.YEAR_SHIFT or None,
            )))  # fmt: skip
        if found and not found[-1].document and self._book.names.texts:
            # A number that a rule writes down has a word of its own, which says nothing of its order.
            found.sort(key=_unmatched_by_number)
        return tuple(found)

    def fact(self, address: int, facts: Sequence[Fact], first: int) -> Fact:
        """The fact at an address; ``facts`` from row ``first`` of all facts on."""
        return facts[address // self.width - first]

    def order(self, rule: int) -> int:
        """The place in document order of a compiled measure."""
        return self._book.variants[rule - 1].order

    def order_of(self, measure_id: str, document: str) -> int:
        """The place in document order of a measure."""
        return next(
            each.order
            for each in self._book.variants
            if each.measure.id == measure_id and each.measure.document == document
        )

    def out_of_scope(self, rule: int, enterprise: str, fact: Fact, mark: Mark) -> Determination:
        """An award that only another option knows of: out of scope as things stand, and marked."""
        told = self._rules.get(rule) or self._rule(rule)
        line = TraceLine(Step.MATCH, w.REASONS[w.R_OUT_OF_SCOPE], told.clause)
        return write_determination((
            enterprise, told.document, told.clause, told.measure_id, told.measure, "", fact.kind, fact.id,
            Outcome.INELIGIBLE, None, None, None, False, 0, line, (), None, (mark,), (), None,
        ))  # fmt: skip

    def held_back(self, found: tuple[Determination, ...]) -> tuple[Determination, ...]:
        """What an open question touches is undecided, with nothing told."""
        return tuple(
            each._replace(
                outcome=Outcome.UNDECIDED, amount_fen=None, share=None, missing=(),
                reason=TraceLine(Step.CHOOSE, w.REASONS[w.R_STRICT], each.clause),
            )
            if each.marks
            else each
            for each in found
        )  # fmt: skip

    def _tell_alike(self, key: int) -> _Alike:
        rule, end = key >> 16, key & w.PART_MASK
        told = self._rules.get(rule & RULE_MASK) or self._rule(rule & RULE_MASK)
        reason = (end >> w.REASON_SHIFT - w.OUTCOME_SHIFT, rule)
        line = self._reasons.get(reason) or self._reason(*reason, told)
        alike = self._alike[key] = _Alike(
            told.document, told.clause, told.measure_id, told.measure, told.row.id, w.OUTCOMES[end & 0xFF], told.row.rate,
            told.row.is_exact, line, told.missing,
        )  # fmt: skip
        return alike

    def _rule(self, rule: int) -> _Told:
        number, place = rule & w.PART_MASK, rule >> w.ROW_SHIFT
        if number == 0:
            told = _Told(None, "", "", "", "", _NO_ROW, _nothing)
        else:
            variant = self._book.variants[number - 1]
            measure = variant.measure
            row = variant.rows[place - 1].name if place else _NO_ROW
            told = _Told(
                variant, measure.document, measure.clause, measure.id, measure.name, row, variant.assembler.bits.missing
            )  # fmt: skip
        self._rules[rule] = told
        return told

    def _reason(self, reason: int, rule: int, told: _Told) -> TraceLine:
        detail = rule >> w.DETAIL_SHIFT & w.PART_MASK
        clause = clause_of(reason, detail, told.variant, self._book) if told.variant else ""
        line = self._reasons[reason, rule] = TraceLine(STEP_OF[reason], w.REASONS[reason], clause)
        return line


def _unmatched_by_number(each: Determination) -> tuple[str, ...]:
    """Facts that no measure is about go last, by kind and number; all others stay as they come."""
    return () if each.document else (each.fact_kind, each.fact)


def _nothing(mask: int) -> tuple[str, ...]:
    del mask
    return ()


def clause_of(reason: int, detail: int, variant: Variant, book: MeasureBook) -> str:
    """The clause on which a reason rests."""
    policy = variant.policy
    if reason in _BY_VALIDITY:
        return policy.validity.clause
    if reason in (w.R_BARRED, w.R_BAR_UNKNOWN):
        name = book.details[detail]
        return next(each.clause for each in policy.exclusions if each.name == name)
    if reason == w.R_BEATEN:
        rule = book.variants[detail].policy.cumulation
        return rule.clause if rule else ""
    if reason == w.R_MATTER_PAID and policy.cumulation:
        return policy.cumulation.clause
    return variant.measure.clause
