"""Results as an Arrow table (结果表): one row for each determination, names as numbers of short lists, money in fen.

Columns: ``enterprise, name, document, clause, measure_id, measure, row, fact_kind, fact, outcome, ceiling_fen, base_fen, amount_fen,
year, reason, reason_words, missing, city_fen, county_fen, basis, questions, order, area, owner``. A sum that is unknown is null;
``owner`` numbers the enterprises of the table from 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from duixian.kernel import words as w
from duixian.kernel.columns import (
    facts_of,
    number_pairs,
    number_places,
    share_columns,
    take_columns,
    texts_of,
)
from duixian.kernel.measure_book import MeasureBook
from duixian.kernel.runner import Decided
from duixian.kernel.table_words import Gathered
from duixian.kernel.told_at_once import told_at_once
from duixian.kernel.words import Words
from duixian.rules import house_words as house
from duixian.rules.measure import Measure

MISSING = w.MISSING
_REASON = w.REASON_SHIFT - w.OUTCOME_SHIFT
AT_ONCE = frozenset({
    "enterprise", "name", "document", "clause", "measure_id", "measure", "row", "fact", "outcome", "ceiling_fen", "amount_fen",
    "reason", "reason_words", "city_fen", "county_fen",
})  # fmt: skip
"""The columns that one pass over the results tells."""
LAST = 2**31
"""After all measures: facts that no clause is about."""


class Rows(NamedTuple):
    """Results column by column (结果列), as words, in the order of the enterprises."""

    owner: Words
    head: Words
    rule: Words
    ceiling: Words
    base: Words
    amount: Words
    city: Words
    note: Words

    @property
    def fact(self) -> Words:
        """The address of the fact."""
        return self.head & w.FACT_MASK

    @property
    def outcome(self) -> Words:
        """The number of the outcome."""
        return self.head >> w.OUTCOME_SHIFT & 0xFF

    @property
    def reason(self) -> Words:
        """The number of the reason."""
        return self.head >> w.REASON_SHIFT


def rows_of(decided: Decided) -> Rows:
    """The results of a run as columns."""
    count = int((decided.spans[:, 1] - decided.spans[:, 0]).sum())
    into = np.empty((1 + w.RESULT, count), np.int64)
    take_columns(decided.out, decided.spans, into)
    return Rows(*into)


def orders_of(rows: Rows, book: MeasureBook) -> Words:
    """The place of each result's measure in document order; after all of them where there is none."""
    orders = np.array([LAST, *(each.order for each in book.variants)], np.int64)
    found: Words = orders[rows.rule & w.PART_MASK]
    return found


class Listed(NamedTuple):
    """A column of names (名单列): for every row the place of its name in a list."""

    places: npt.NDArray[np.int64]
    names: list[str]

    def arrow(self) -> Any:
        """As a dictionary column whose names stand in the order in which they first come: equal rows give equal bytes."""
        number_of = np.full(len(self.names), -1, np.int32)
        met, numbers = np.empty(len(self.names), np.int64), np.empty(len(self.places), np.int32)
        count = number_places(self.places.astype(np.int64, copy=False), number_of, met, numbers)
        return _dictionary(pa.array(numbers), [self.names[place] for place in met[:count].tolist()])


def _dictionary(numbers: Any, names: list[str]) -> Any:
    return pa.DictionaryArray.from_arrays(numbers, pa.array(names, pa.string()), safe=False)


class Alike(NamedTuple):
    """What every result tells that others tell alike (同类结果): the number of its sort, and of each sort measure, row, reason and outcome.

    Sorts are numbered as rows first meet them. ``rules`` hold all but the year, ``heads`` all but the fact.
    """

    sorts: npt.NDArray[np.int32]
    rules: list[int]
    heads: list[int]

    @classmethod
    def of(cls, rows: Rows) -> Alike:
        """The sorts of some results."""
        sorts, rules, heads = number_pairs(rows.rule, (1 << w.YEAR_SHIFT) - 1, rows.head, w.OUTCOME_SHIFT)
        return cls(sorts, rules.tolist(), heads.tolist())

    def arrow(self, name: Callable[[int, int], str]) -> Any:
        """A column that says something of each sort, from its rule and head; names stand in the order in which they first come."""
        known: dict[str, int] = {}
        names = map(name, self.rules, self.heads)
        places = [known.setdefault(each, len(known)) for each in names]
        numbers = pa.array(np.array(places, np.int32))
        return _dictionary(_taken(numbers, self.sorts), list(known))


def listed(keys: Words, name: Callable[[int], str]) -> Listed:
    """A name for every key; each different key is asked for once."""
    if not len(keys):
        return Listed(keys, [])
    low, high = int(keys.min()), int(keys.max())
    if high - low < 1 << 22:
        occurs = np.zeros(high - low + 1, bool)
        occurs[keys - low] = True
        present = np.flatnonzero(occurs) + low
        place = np.zeros(high - low + 1, np.int64)
        place[present - low] = np.arange(len(present))
        places = place[keys - low]
    else:
        present, places = np.unique(keys, return_inverse=True)
    return Listed(places, [name(int(key)) for key in present])


def fen_column(words: Words) -> Any:
    """Sums in fen; an unknown one is null."""
    is_known = words != MISSING
    known = None if is_known.all() else pa.py_buffer(np.packbits(is_known, bitorder="little"))
    return pa.Array.from_buffers(pa.int64(), len(words), [known, pa.py_buffer(np.ascontiguousarray(words))])


class ResultTables:
    """Makes result tables for one program (结果表编写); ``words_of_reason`` and ``words_of_basis`` say them in a language."""

    def __init__(
        self,
        book: MeasureBook,
        words_of_reason: Callable[[str, str], str],
        words_of_basis: Callable[[str, str, tuple[int, int] | None], str],
    ) -> None:
        self._book = book
        self._words_of_reason, self._words_of_basis = words_of_reason, words_of_basis
        # Of every sort of results it is said once for all blocks what it is.
        self._says = {name: cache(say) for name, say in self._of_sorts().items()}

    def table(
        self, rows: Rows, gathered: Gathered, questions: Listed | None, columns: Sequence[str] = ()
    ) -> Any:
        """The table of a run; ``questions`` are the open ones that mark each result. Only some ``columns`` where any are named."""
        told = self._columns(rows, gathered, questions)
        if unknown := [name for name in columns if name not in told]:
            raise ValueError(f"no columns of results: {unknown}; there are {list(told)}")
        return pa.table({name: told[name]() for name in columns or told})

    def table_at_once(self, decided: Decided, gathered: Gathered, columns: Sequence[str]) -> Any:
        """The same of a run without open questions, for ``columns`` that are all among those ``AT_ONCE``; in much less time."""
        told = told_at_once(decided, self._book.layout.fact_words, gathered.id_texts)
        made: dict[str, Callable[[], Any]] = {
            "enterprise": lambda: _taken(gathered.codes, told.owners),
            "name": lambda: _taken(gathered.names, told.owners),
            **self._alike(Alike(told.sorts, told.rules, told.heads)),
            "fact": lambda: _taken(gathered.ids, told.ids),
            "ceiling_fen": lambda: told.ceiling,
            "amount_fen": lambda: told.amount,
            "city_fen": lambda: told.city,
            "county_fen": lambda: told.county,
        }
        return pa.table({name: made[name]() for name in columns})

    def _columns(
        self, rows: Rows, gathered: Gathered, questions: Listed | None
    ) -> dict[str, Callable[[], Any]]:
        """How each column is made, in their order."""
        book, alike = self._book, self._alike(Alike.of(rows))
        city, county = np.empty((2, len(rows.owner)), np.int64)
        share_columns(rows.head, rows.amount, rows.city, w.PAYABLE, city, county)
        return {
            "enterprise": lambda: _taken(gathered.codes, rows.owner),
            "name": lambda: _taken(gathered.names, rows.owner),
            **{name: alike[name] for name in ("document", "clause", "measure_id", "measure", "row")},
            "fact_kind": lambda: self._kinds(rows, gathered).arrow(),
            "fact": lambda: self._facts(rows, gathered),
            "outcome": alike["outcome"],
            "ceiling_fen": lambda: fen_column(rows.ceiling),
            "base_fen": lambda: fen_column(rows.base),
            "amount_fen": lambda: fen_column(rows.amount),
            "year": lambda: _years(rows),
            "reason": alike["reason"],
            "reason_words": alike["reason_words"],
            "missing": lambda: self._missing(rows).arrow(),
            "city_fen": lambda: fen_column(city),
            "county_fen": lambda: fen_column(county),
            "basis": lambda: self._bases(rows, rows.outcome == w.PAYABLE).arrow(),
            "questions": lambda: (questions or Listed(np.zeros(len(rows.owner), np.int64), [""])).arrow(),
            "order": lambda: pa.array(orders_of(rows, book)),
            "area": lambda: self._areas(gathered, rows).arrow(),
            "owner": lambda: pa.array(rows.owner),
        }

    def _alike(self, alike: Alike) -> dict[str, Callable[[], Any]]:
        """The columns that sorts of results tell."""
        return {name: partial(alike.arrow, say) for name, say in self._says.items()}

    def _of_sorts(self) -> dict[str, Callable[[int, int], str]]:
        """What they say of a sort."""
        return {
            **self._by_measure(),
            "outcome": lambda rule, head: str(w.OUTCOMES[head & 0xFF]),
            "reason": lambda rule, head: w.REASONS[head >> _REASON],
            "reason_words": self._reason,
        }

    def _kinds(self, rows: Rows, gathered: Gathered) -> Listed:
        """The kind of every result's fact."""
        fact = np.empty(len(rows.owner), np.int64)
        facts_of(rows.head, w.FACT_MASK, self._book.layout.fact_words, fact)
        return Listed((gathered.facts[:, 0] >> w.KIND_SHIFT)[fact], list(self._book.layout.kinds))

    def _facts(self, rows: Rows, gathered: Gathered) -> Any:
        """The number of every result's fact."""
        texts = np.empty(len(rows.owner), np.int64)
        texts_of(rows.head, w.FACT_MASK, self._book.layout.fact_words, gathered.id_texts, texts)
        return _taken(gathered.ids, texts)

    def _areas(self, gathered: Gathered, rows: Rows) -> Listed:
        """The area of every result's enterprise."""
        shapes = self._book.subjects.all
        areas = listed(gathered.subjects[:, 0], lambda each: str(shapes[each].values.get(house.AREA, "")))
        return _merged(Listed(areas.places[rows.owner], areas.names))

    def _by_measure(self) -> dict[str, Callable[[int, int], str]]:
        """The columns that the measure and the row tell."""
        variants = self._book.variants

        def of_measure(say: Callable[[Measure], str]) -> Callable[[int, int], str]:
            def told(rule: int, head: int) -> str:
                number = rule & w.PART_MASK
                return say(variants[number - 1].measure) if number else ""

            return told

        def row(rule: int, head: int) -> str:
            number, place = rule & w.PART_MASK, rule >> w.ROW_SHIFT & w.PART_MASK
            return variants[number - 1].rows[place - 1].row.id if place else ""

        return {
            "document": of_measure(lambda measure: measure.document),
            "clause": of_measure(lambda measure: measure.clause),
            "measure_id": of_measure(lambda measure: measure.id),
            "measure": of_measure(lambda measure: measure.name),
            "row": row,
        }

    def _reason(self, rule: int, head: int) -> str:
        """A reason in a sentence, with the part, exclusion, limit or ladder that it names."""
        number, text, details = head >> _REASON, rule >> w.DETAIL_SHIFT & w.PART_MASK, self._book.details
        # The detail of a beaten award is the measure that barred it, no text.
        said = "" if number == w.R_BEATEN or text >= len(details) else details[text]
        return self._words_of_reason(w.REASONS[number], said)

    def _missing(self, rows: Rows) -> Listed:
        """The fields that would settle what is 待核, joined."""
        places, names = np.zeros(len(rows.owner), np.int64), [""]
        where = np.flatnonzero(rows.outcome == w.UNKNOWN)
        if len(where):
            sorts, rules, masks = number_pairs(rows.rule[where], w.PART_MASK, rows.note[where], 0)
            places[where] = 1 + sorts
            for rule, mask in zip(rules.tolist(), masks.tolist(), strict=True):
                names.append("；".join(self._book.variants[rule - 1].assembler.bits.missing(mask)))
        return _merged(Listed(places, names))

    def _bases(self, rows: Rows, payable: npt.NDArray[np.bool_]) -> Listed:
        """Why payable awards are shared as they are."""
        bases = [self._words_of_basis(*each) for each in self._book.bases]
        return _merged(Listed(np.where(payable, rows.note + 1, 0), ["", *bases]))


def _years(rows: Rows) -> Any:
    year = rows.rule >> w.YEAR_SHIFT
    return pa.array(year.astype(np.int16), mask=year == 0)


def _taken(column: Any, places: npt.NDArray[np.integer]) -> Any:
    return pc.take(column, pa.array(places), boundscheck=False)


def _merged(column: Listed) -> Listed:
    """The same column with every name once."""
    first: dict[str, int] = {}
    for name in column.names:
        first.setdefault(name, len(first))
    if len(first) == len(column.names):
        return column
    renumbered = np.array([first[name] for name in column.names], np.int64)
    return Listed(renumbered[column.places], list(first))
