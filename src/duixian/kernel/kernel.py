"""The kernel engine (批量引擎): a city's rules compiled once, then any number of enterprises decided at the speed of the machine."""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import cast

import numpy as np

from duixian.kernel import words as w
from duixian.kernel.batch import Batch, batch
from duixian.kernel.checked import IS_CHECKED
from duixian.kernel.compiled import Compiled
from duixian.kernel.dossier_words import DossierWords
from duixian.kernel.loop import (
    A_BENCH,
    A_BENCH_WORDS,
    A_DAY,
    A_ENTANGLED,
    A_FACTS,
    A_IMAGE,
    A_OUT,
    A_SPANS,
    A_STARTS,
    A_SUBJECT,
    A_SUBJECT_WORDS,
    FRAME,
    decide_one,
    decide_range,
)
from duixian.kernel.noted import with_notes
from duixian.kernel.program import Program
from duixian.kernel.questions import Trials, add_trials
from duixian.kernel.result_table import ResultTables
from duixian.kernel.runner import Decided, Desk, Facts, decide
from duixian.kernel.sentences import basis_words, reason_words
from duixian.kernel.table_words import Tables, TableWords
from duixian.kernel.telling import Teller
from duixian.kernel.trying import N_ENTERPRISE
from duixian.kernel.values import day_word
from duixian.kernel.words import Words
from duixian.rules.determination import Determination
from duixian.rules.fact import Dossier, Fact
from duixian.rules.policy import City
from duixian.wording import Language

Reference = Callable[[Dossier, date], tuple[Determination, ...]]
"""The reference engine, for a dossier too entangled for the loop."""
_MOST_RESULTS = 1 << 12
_MOST_WORDS = 1 << 14


class NeedsReference(Exception):
    """A dossier is too entangled for the loop, and no reference engine was given (须用参照引擎)."""


class Kernel:
    """Decides dossiers and tables of facts under a city's rules (批量引擎).

    ``rulings`` take options on top of the city's own decisions. With ``strict``, an award that an open question touches is 待定 instead of
    running on the default. Results are those of the reference engine, without its trace.

    Raises:
        Unsuitable: for a rule that does not fit into the kernel's words; the reference engine has to be taken.
    """

    def __init__(
        self,
        city: City,
        rulings: Mapping[str, str] | None = None,
        *,
        strict: bool = False,
        reference: Reference | None = None,
    ) -> None:
        self.city, self.strict, self.reference = city, strict, reference
        self.rulings = dict(rulings or {})
        self.program = Program(city)
        self.program.add_set(city.decisions | self.rulings)
        self.entangled = 0
        """How many dossiers the reference engine had to decide so far."""
        self._encoder = DossierWords(self.program.book)
        self._teller = Teller(self.program.book)
        self._single = _Single(len(self.program.layout.kinds), len(self.program.measures))
        self._trials: Trials | None = None

    @property
    def trials(self) -> Trials:
        """The other options of open questions, compiled when first asked for."""
        if self._trials is None:
            self._trials = add_trials(self.program, self.rulings)
        return self._trials

    def determine_dossier(self, dossier: Dossier, as_of: date) -> tuple[Determination, ...]:
        """What every policy gives one enterprise, without trace or marks.

        Raises:
            NeedsReference: when the dossier is too entangled and there is no reference engine.
        """
        words, subject, order = self._encoder.flat(dossier)
        single = self._single
        if len(order) > single.most_facts or not single.take(words, subject, len(order)):
            return self.determine_dossiers([dossier], as_of, with_marks=False)[0]
        single.decide(self.program.image, len(subject), day_word(as_of))
        if single.entangled[0]:
            single.entangled[0] = 0
            return self._by_reference(dossier, as_of)
        return self._teller.determinations(single.rows[: single.spans[1]].tolist(), dossier.code, order)

    def determine_dossiers(
        self, dossiers: Iterable[Dossier], as_of: date, *, with_marks: bool = True
    ) -> tuple[tuple[Determination, ...], ...]:
        """The determinations of several dossiers, decided together."""
        some = tuple(dossiers)
        if not some:
            return ()
        # First of all: what other answers ask for belongs to the words into which facts are put.
        trials = self.trials if with_marks or self.strict else None
        encoded = [self._encoder.encode(each) for each in some]
        starts = np.cumsum([0, *(len(each[0]) for each in encoded)])
        given = Facts(
            np.concatenate([each[0] for each in encoded]), starts, np.stack([each[1] for each in encoded])
        )
        decided = decide(self.program.image, 0, given, day_word(as_of), trials=trials)
        return tuple(
            self._tell(number, dossier, as_of, decided, encoded[number][2], int(starts[number]))
            for number, dossier in enumerate(some)
        )

    def _tell(
        self, number: int, dossier: Dossier, as_of: date, decided: Decided, facts: list[Fact], first_fact: int
    ) -> tuple[Determination, ...]:
        if decided.entangled[number]:
            return self._by_reference(dossier, as_of)
        first, end = decided.spans[number]
        found = self._teller.determinations(decided.out[first:end].tolist(), dossier.code, facts, first_fact)
        if self._trials is None or not len(decided.notes):
            return found
        low, high = np.searchsorted(decided.notes[:, N_ENTERPRISE], (number, number + 1))
        notes = decided.notes[low:high].tolist()
        told = with_notes(
            found, int(first), notes, self._trials.options, self._teller, dossier.code, facts, first_fact
        )
        return self._teller.held_back(told) if self.strict else told

    def determine(
        self,
        tables: Tables,
        as_of: date,
        *,
        threads: int | None = None,
        with_marks: bool = True,
        language: Language = Language.CHINESE,
        owners: Mapping[str, Words] | None = None,
        columns: Sequence[str] = (),
    ) -> Batch:
        """The determinations of all enterprises of typed fact tables (kind → ``pyarrow.Table``), by credit code.

        ``owners`` may tell whose the rows are, as :meth:`TableWords.gather` takes it. Where ``columns`` are named the table has only those,
        in that order; without marks, what an award is and comes to is told in one pass then.

        Raises:
            UnfitFacts: for tables that are no typed fact tables of the city, or owners that are not those of their rows.
            ValueError: for ``columns`` that results do not have.
        """
        workers = threads or os.cpu_count() or 1
        trials = self.trials if with_marks or self.strict else None
        gathered = TableWords(self.program.book, workers).gather(tables, owners)
        given = Facts(gathered.facts, gathered.starts, gathered.subjects)
        decided = decide(self.program.image, 0, given, day_word(as_of), threads=threads, trials=trials)
        written = ResultTables(
            self.program.book, partial(reason_words, language), partial(basis_words, language)
        )
        return batch(
            decided, gathered, self.program.book, written, trials, strict=self.strict, columns=columns
        )

    def _by_reference(self, dossier: Dossier, as_of: date) -> tuple[Determination, ...]:
        if self.reference is None:
            raise NeedsReference(dossier.code)
        self.entangled += 1
        return self.reference(dossier, as_of)


class _Single:
    """Room for deciding one dossier, used again and again."""

    def __init__(self, kinds: int, measures: int) -> None:
        # Every fact could meet every measure.
        self.most_facts = _MOST_RESULTS // max(measures, 1)
        self.bench = Desk(kinds, _MOST_RESULTS).bench
        self.rows = np.empty((_MOST_RESULTS, w.RESULT), np.int64)
        self.out = self.rows.reshape(-1)
        self.spans, self.entangled, self.starts = (
            np.zeros(2, np.int64),
            np.zeros(1, np.int64),
            np.zeros(2, np.int64),
        )
        # Lists become words quickest by way of Python's own arrays, over whose memory numpy looks.
        self._facts, self._subject = array("q", bytes(8 * _MOST_WORDS)), array("q", bytes(8 * _MOST_WORDS))
        self.facts, self.subject = (
            np.frombuffer(self._facts, np.int64),
            np.frombuffer(self._subject, np.int64),
        )

        self._frame = np.zeros(FRAME, np.int64)
        self._image: Words | None = None
        self._run: Callable[[], int] | None = None
        for place, each in (
            (A_FACTS, self.facts), (A_STARTS, self.starts), (A_SUBJECT, self.subject), (A_OUT, self.out), (A_SPANS, self.spans),
            (A_ENTANGLED, self.entangled), (A_BENCH, self.bench),
        ):  # fmt: skip
            self._frame[place] = each.ctypes.data
        self._frame[A_BENCH_WORDS] = self.bench.size

    def decide(self, image: Words, subject_words: int, day: int) -> None:
        """Decide what was taken."""
        if IS_CHECKED:
            decide_range(
                image, 0, self.facts, self.starts, self.subject, subject_words, 0, 1, day, self.out, 0, self.spans, self.entangled,
                self.bench,
            )  # fmt: skip
            return
        frame = self._frame
        if image is not self._image:
            # Kept as well as its address: as long as it is here, nothing else lies there.
            self._image, frame[A_IMAGE] = image, image.ctypes.data
        frame[A_SUBJECT_WORDS], frame[A_DAY] = subject_words, day
        if self._run is None:
            self._run = cast("Compiled", decide_one).bound(frame)
        if self._run():
            raise RuntimeError("compiled code failed")

    def take(self, words: list[int], subject: list[int], facts: int) -> bool:
        """Take the words of a dossier; false when there is no room for so many."""
        if max(len(words), len(subject)) > _MOST_WORDS:
            return False
        if words:
            self._facts[: len(words)] = array("q", words)
        self._subject[: len(subject)] = array("q", subject)
        self.starts[1] = facts
        return True
