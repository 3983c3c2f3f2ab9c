"""Results in the words of the rules (结果的还原): a row of integers becomes a determination."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from duixian.kernel import words as w
from duixian.kernel.book import Book, RowName
from duixian.kernel.variant import Variant
from duixian.kernel.words import Words
from duixian.rules.determination import (
    CostShare,
    Determination,
    Step,
    TraceLine,
    write_determination,
)
from duixian.rules.fact import Fact

MISSING = w.MISSING
_STEPS = {"match": Step.MATCH, "entitle": Step.ENTITLE, "exclude": Step.EXCLUDE, "choose": Step.CHOOSE}
STEP_OF = tuple(_STEPS[code.split(".")[0]] for code in w.REASONS)
_BY_VALIDITY = (w.R_AFTER_AS_OF, w.R_DATE_UNKNOWN, w.R_TOO_EARLY, w.R_TOO_LATE)
_NO_ROW = RowName("", is_exact=False, rate=None)


class _Told(NamedTuple):
    """What every result of a measure tells alike."""

    variant: Variant
    document: str
    clause: str
    measure_id: str
    measure: str


class Teller:
    """Turns rows of results into determinations without a trace (还原器); names are looked up once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._width = book.layout.fact_words
        self._measures: dict[int, _Told] = {}
        self._rows: dict[int, RowName] = {-1: _NO_ROW}
        self._reasons: dict[tuple[int, int, int], TraceLine] = {}
        self._shares: dict[int, str] = {}

    def determinations(
        self,
        rows: Sequence[Sequence[int]],
        image: Words,
        enterprise: str,
        facts: Sequence[Fact],
        first: int = 0,
    ) -> tuple[Determination, ...]:
        """The determinations of one enterprise; ``facts`` in the order of its words, from row ``first`` of all facts on."""
        return tuple(
            self._determination(row, image, enterprise, facts[row[w.O_FACT] // self._width - first]) for row in rows
        )

    def _determination(self, row: Sequence[int], image: Words, enterprise: str, fact: Fact) -> Determination:
        (
            _, at, row_at, outcome, reason, detail, ceiling, base, amount, year, _, city, county, basis, mask,
        ) = row  # fmt: skip
        told = self._measures.get(at) or self._measure(at, image)
        name = self._rows.get(row_at) or self._row(row_at, image)
        line = self._reasons.get((at, reason, detail)) or self._reason(at, reason, detail, told)
        share = None
        if basis >= 0:
            share = CostShare(
                None if city == MISSING else city,
                None if county == MISSING else county,
                self._book.bases[basis].text,
            )
        return write_determination((
            enterprise, told.document, told.clause, told.measure_id, told.measure, name.id, fact.kind, fact.id,
            w.OUTCOMES[outcome], None if ceiling == MISSING else ceiling, None if base == MISSING else base,
            name.rate if base != MISSING else None, name.is_exact, None if amount == MISSING else amount,
            line, (), share, (), told.variant.assembler.bits.missing(mask) if mask else (),
            None if year == MISSING else year,
        ))  # fmt: skip

    def _measure(self, at: int, image: Words) -> _Told:
        if at < 0:
            told = _Told(None, "", "", "", "")  # type: ignore[arg-type]
        else:
            variant = self._book.variants[image[at + w.M_MEASURE]]
            measure = variant.measure
            told = _Told(variant, measure.document, measure.clause, measure.id, measure.name)
        self._measures[at] = told
        return told

    def _row(self, at: int, image: Words) -> RowName:
        found = self._rows[at] = self._book.rows[image[at + w.A_NAME]]
        return found

    def _reason(self, at: int, reason: int, detail: int, told: _Told) -> TraceLine:
        clause = clause_of(reason, detail, told.variant, self._book) if at >= 0 else ""
        line = TraceLine(STEP_OF[reason], w.REASONS[reason], clause)
        self._reasons[at, reason, detail] = line
        return line


def clause_of(reason: int, detail: int, variant: Variant, book: Book) -> str:
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
