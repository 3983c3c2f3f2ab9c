"""A book with all that was compiled (编译手册): every measure in each form that decisions give it."""

from __future__ import annotations

from duixian.kernel.assembler import Assembler
from duixian.kernel.book import Book
from duixian.kernel.layout import Layout
from duixian.kernel.variant import Variant
from duixian.rules.decided import Decisions
from duixian.rules.measure import Measure
from duixian.rules.policy import City, Policy


class MeasureBook(Book):
    """A book and its compiled measures (编译手册), by their numbers."""

    def __init__(self, city: City, layout: Layout) -> None:
        super().__init__(city, layout)
        self.variants: list[Variant] = []

    def compiled(
        self, assembler: Assembler, measure: Measure, policy: Policy, decisions: Decisions, order: int
    ) -> Variant:
        """Compile one measure more; ``order`` is its place among all measures.

        Raises:
            Unsuitable: for a rule that does not fit into the kernel's words.
        """
        variant = Variant(self, assembler, measure, policy, decisions, order, len(self.variants))
        self.variants.append(variant)
        return variant
