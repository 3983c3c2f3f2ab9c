"""The kernel engine (批量引擎): a city's rules compiled once, then any number of enterprises decided at the speed of the machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

import numpy as np

from duixian.kernel import words as w
from duixian.kernel.dossier_words import DossierWords
from duixian.kernel.loop import decide_range
from duixian.kernel.program import Program
from duixian.kernel.runner import Desk, decide
from duixian.kernel.telling import Teller
from duixian.kernel.values import day_word
from duixian.rules.determination import Determination
from duixian.rules.fact import Dossier
from duixian.rules.policy import City

Reference = Callable[[Dossier, date], tuple[Determination, ...]]
"""The reference engine, for a dossier too entangled for the loop."""
_MOST_RESULTS = 1 << 12


class Kernel:
    """Decides dossiers and tables of facts under a city's rules (批量引擎).

    ``rulings`` take options on top of the city's own decisions. Results are those of the reference engine, without its trace.

    Raises:
        Unsuitable: for a rule that does not fit into the kernel's words; the reference engine has to be taken.
    """

    def __init__(
        self, city: City, rulings: Mapping[str, str] | None = None, *, reference: Reference | None = None
    ) -> None:
        self.city = city
        self.decisions = city.decisions | dict(rulings or {})
        self.program = Program(city)
        self.program.add_set(self.decisions)
        self.reference = reference
        self.entangled = 0
        """How many dossiers the reference engine had to decide so far."""
        self._encoder = DossierWords(self.program.book)
        self._teller = Teller(self.program.book)
        self._single = _Single(len(self.program.layout.kinds))

    def determine_dossier(self, dossier: Dossier, as_of: date) -> tuple[Determination, ...]:
        """What every policy gives one enterprise, without trace or marks."""
        facts, subject, order = self._encoder.encode(dossier)
        single = self._single
        if len(facts) > single.most_facts:
            return self.determine_dossiers([dossier], as_of)[0]
        end = decide_range(
            self.program.image, 0, facts.reshape(-1), single.starts(facts.size), subject, len(subject), 0, 1, day_word(as_of),
            single.out, 0, single.spans, single.entangled, *single.desk.arrays,
        )  # fmt: skip
        if single.entangled[0]:
            single.entangled[0] = 0
            return self._by_reference(dossier, as_of)
        return self._teller.determinations(single.out[:end].reshape(-1, w.RESULT).tolist(), dossier.code, order)

    def determine_dossiers(
        self, dossiers: Iterable[Dossier], as_of: date
    ) -> tuple[tuple[Determination, ...], ...]:
        """The determinations of several dossiers, decided together."""
        some = tuple(dossiers)
        if not some:
            return ()
        encoded = [self._encoder.encode(each) for each in some]
        starts = np.cumsum([0, *(len(each[0]) for each in encoded)])
        image = self.program.image
        facts = np.concatenate([each[0] for each in encoded])
        decided = decide(image, 0, facts, starts, np.stack([each[1] for each in encoded]), day_word(as_of))
        return tuple(
            self._by_reference(dossier, as_of)
            if entangled
            else self._teller.determinations(
                decided.out[span[0] : span[1]].tolist(), dossier.code, each[2], int(start)
            )
            for dossier, each, start, span, entangled in zip(
                some, encoded, starts, decided.spans, decided.entangled, strict=False
            )
        )

    def _by_reference(self, dossier: Dossier, as_of: date) -> tuple[Determination, ...]:
        if self.reference is None:
            raise NeedsReference(dossier.code)
        self.entangled += 1
        return self.reference(dossier, as_of)


class NeedsReference(Exception):
    """A dossier is too entangled for the loop, and no reference engine was given."""


class _Single:
    """Room for deciding one dossier, used again and again."""

    def __init__(self, kinds: int) -> None:
        self.most_facts = _MOST_RESULTS // 16
        self.desk = Desk(kinds, _MOST_RESULTS)
        self.out = np.empty(_MOST_RESULTS * w.RESULT, np.int64)
        self.spans = np.zeros((1, 2), np.int64)
        self.entangled = np.zeros(1, np.int64)
        self._starts = np.zeros(2, np.int64)

    def starts(self, count: int) -> np.ndarray:
        self._starts[1] = count
        return self._starts
