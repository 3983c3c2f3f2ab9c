"""The kernel (批量引擎) as the equality tests see it: by whole dockets, and dossier by dossier; with marks, or strict, or plain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duixian.evaluate.engine import Engine
from duixian.kernel.kernel import Kernel
from duixian.rules.determination import Determination
from duixian.rules.fact import Dossier
from tests.engines.decides import ALL, MARKS, Docket, Rows, told

UNTOLD = {"reason_clause"}
NEW_TO_IT = 50
"""So many dossiers of a docket are decided one by one with words that the kernel has not met; each such word changes its image."""


@dataclass(slots=True)
class KernelEngine:
    """The kernel over all dossiers of a docket at once, or over each alone (then without marks).

    ``entangled`` counts the dossiers that it left to the reference engine: there they are equal by nature.
    """

    has_marks: bool = False
    is_strict: bool = False
    is_single: bool = False
    entangled: int = 0

    @property
    def name(self) -> str:
        """Which of its ways."""
        ways = {"one dossier": self.is_single, "with marks": self.has_marks, "strict": self.is_strict}
        return ", ".join(("kernel", *(way for way, is_taken in ways.items() if is_taken)))

    @property
    def tells(self) -> frozenset[str]:
        """Everything but the clause of the reason, and marks only when asked for."""
        return ALL - UNTOLD - (frozenset() if self.has_marks or self.is_strict else MARKS)

    def decide(self, docket: Docket) -> Sequence[Rows]:
        """What the kernel tells."""
        law = Engine(docket.city, docket.rulings, strict=self.is_strict)

        def by_law(dossier: Dossier, as_of: date) -> tuple[Determination, ...]:
            return law.determine(dossier, as_of, with_marks=self.has_marks)

        kernel = Kernel(docket.city, docket.rulings, strict=self.is_strict, reference=by_law)
        if self.is_single:
            found = _one_by_one(kernel, docket)
        else:
            found = kernel.determine_dossiers(docket.dossiers, docket.as_of, with_marks=self.has_marks)
        self.entangled += kernel.entangled
        return [tuple(told(each) for each in rows) for rows in found]


def _one_by_one(kernel: Kernel, docket: Docket) -> Sequence[Sequence[Determination]]:
    """Each dossier alone: the first ones with words that are new to the kernel, the others after it has met all words."""
    alone, rest = docket.dossiers[:NEW_TO_IT], docket.dossiers[NEW_TO_IT:]
    found = [kernel.determine_dossier(each, docket.as_of) for each in alone]
    before = kernel.entangled
    kernel.determine_dossiers(rest, docket.as_of, with_marks=False)
    kernel.entangled = before
    return [*found, *(kernel.determine_dossier(each, docket.as_of) for each in rest)]
