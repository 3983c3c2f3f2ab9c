"""Results as an Arrow table (结果表): one row for each determination, names as numbers of short lists, money in fen.

Columns: ``enterprise, name, document, clause, measure_id, measure, row, fact_kind, fact, outcome, ceiling_fen, base_fen, amount_fen,
year, reason, reason_words, missing, city_fen, county_fen, basis, questions, order, area, owner``. A sum that is unknown is null;
``owner`` numbers the enterprises of the table from 0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from duixian.kernel import words as w
from duixian.kernel.book import Book
from duixian.kernel.gathering import column, owners
from duixian.kernel.runner import Decided
from duixian.kernel.table_words import Gathered
from duixian.kernel.words import Words
from duixian.rules import house_words as house
from duixian.rules.determination import Outcome

MISSING = w.MISSING
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
    owner = np.empty(count, np.int64)
    owners(decided.spans, owner)
    columns = []
    for word in range(w.RESULT):
        into = np.empty(count, np.int64)
        column(decided.out, decided.spans, word, into)
        columns.append(into)
    return Rows(owner, *columns)


def orders_of(rows: Rows, book: Book) -> Words:
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
        count = len(self.places)
        first = np.full(len(self.names), count, np.int64)
        # Written backwards, the first place of each name is written last.
        backwards = np.arange(count - 1, -1, -1)
        first[self.places[backwards]] = backwards
        order = np.argsort(first, kind="stable")
        used = order[first[order] < count]
        renumbered = np.zeros(len(self.names), np.int32)
        renumbered[used] = np.arange(len(used), dtype=np.int32)
        names = [self.names[place] for place in used.tolist()]
        return pa.DictionaryArray.from_arrays(pa.array(renumbered[self.places]), pa.array(names, pa.string()))


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
    return pa.array(words, mask=words == MISSING)


class ResultTables:
    """Makes result tables for one program (结果表编写); ``words_of_reason`` and ``words_of_basis`` say them in a language."""

    def __init__(
        self,
        book: Book,
        words_of_reason: Callable[[str, str], str],
        words_of_basis: Callable[[str, str, tuple[int, int] | None], str],
    ) -> None:
        self._book = book
        self._words_of_reason, self._words_of_basis = words_of_reason, words_of_basis

    def table(self, rows: Rows, gathered: Gathered, questions: Listed | None) -> Any:
        """The table of a run; ``questions`` are the open ones that mark each result."""
        book = self._book
        fact = rows.fact // book.layout.fact_words
        measures = self._by_measure(rows)
        outcome, reason = rows.outcome, rows.reason
        payable = outcome == w.PAYABLE
        kinds = list(book.layout.kinds)
        kind = gathered.facts[:, 0] >> w.KIND_SHIFT
        year = rows.rule >> w.YEAR_SHIFT
        county = np.where(rows.city == MISSING, MISSING, rows.amount - rows.city)
        return pa.table({
            "enterprise": gathered.codes.take(pa.array(rows.owner)),
            "name": gathered.names.take(pa.array(rows.owner)),
            **{name: each.arrow() for name, each in measures.items()},
            "fact_kind": Listed(kind[fact], kinds).arrow(),
            "fact": gathered.ids.take(pa.array(gathered.id_texts[fact])),
            "outcome": Listed(outcome, [str(each) for each in Outcome]).arrow(),
            "ceiling_fen": fen_column(rows.ceiling),
            "base_fen": fen_column(rows.base),
            "amount_fen": fen_column(rows.amount),
            "year": pa.array(year.astype(np.int16), mask=year == 0),
            "reason": Listed(reason, list(w.REASONS)).arrow(),
            "reason_words": self._reasons(rows, reason).arrow(),
            "missing": self._missing(rows, outcome).arrow(),
            "city_fen": fen_column(np.where(payable, rows.city, MISSING)),
            "county_fen": fen_column(np.where(payable, county, MISSING)),
            "basis": self._bases(rows, payable).arrow(),
            "questions": (questions or Listed(np.zeros(len(fact), np.int64), [""])).arrow(),
            "order": pa.array(orders_of(rows, book)),
            "area": self._areas(gathered, rows).arrow(),
            "owner": pa.array(rows.owner),
        })  # fmt: skip

    def _areas(self, gathered: Gathered, rows: Rows) -> Listed:
        """The area of every result's enterprise."""
        shapes = self._book.subjects.all
        areas = listed(gathered.subjects[:, 0], lambda each: str(shapes[each].values.get(house.AREA, "")))
        return _merged(Listed(areas.places[rows.owner], areas.names))

    def _by_measure(self, rows: Rows) -> dict[str, Listed]:
        """The columns that the measure and the row tell."""
        variants = self._book.variants
        number = rows.rule & w.PART_MASK
        told: dict[str, Callable[[int], str]] = {
            "document": lambda each: variants[each - 1].measure.document if each else "",
            "clause": lambda each: variants[each - 1].measure.clause if each else "",
            "measure_id": lambda each: variants[each - 1].measure.id if each else "",
            "measure": lambda each: variants[each - 1].measure.name if each else "",
        }
        columns = {name: _merged(listed(number, say)) for name, say in told.items()}
        most = 1 + max((len(each.rows) for each in variants), default=0)
        place = rows.rule >> w.ROW_SHIFT & w.PART_MASK

        def row(key: int) -> str:
            which, at = divmod(key, most)
            return variants[which - 1].rows[at - 1].row.id if at else ""

        return columns | {"row": _merged(listed(number * most + place, row))}

    def _reasons(self, rows: Rows, reason: Words) -> Listed:
        """Each reason in a sentence, with the part, exclusion, limit or ladder that it names."""
        detail = rows.rule >> w.DETAIL_SHIFT & w.PART_MASK
        details = self._book.details

        def words(key: int) -> str:
            number, text = key >> 16, key & w.PART_MASK
            # The detail of a beaten award is the measure that barred it, no text.
            said = "" if number == w.R_BEATEN or text >= len(details) else details[text]
            return self._words_of_reason(w.REASONS[number], said)

        return _merged(listed(reason << 16 | detail, words))

    def _missing(self, rows: Rows, outcome: Words) -> Listed:
        """The fields that would settle what is 待核, joined."""
        places = np.zeros(len(outcome), np.int64)
        names: dict[str, int] = {"": 0}
        where = np.flatnonzero(outcome == w.UNKNOWN)
        for at, rule, mask in zip(
            where.tolist(), rows.rule[where].tolist(), rows.note[where].tolist(), strict=True
        ):
            fields = self._book.variants[(rule & w.PART_MASK) - 1].assembler.bits.missing(mask)
            places[at] = names.setdefault("；".join(fields), len(names))
        return Listed(places, list(names))

    def _bases(self, rows: Rows, payable: npt.NDArray[np.bool_]) -> Listed:
        """Why payable awards are shared as they are."""
        bases = [self._words_of_basis(*each) for each in self._book.bases]
        return _merged(Listed(np.where(payable, rows.note + 1, 0), ["", *bases]))


def _merged(column: Listed) -> Listed:
    """The same column with every name once."""
    first: dict[str, int] = {}
    for name in column.names:
        first.setdefault(name, len(first))
    if len(first) == len(column.names):
        return column
    renumbered = np.array([first[name] for name in column.names], np.int64)
    return Listed(renumbered[column.places], list(first))
