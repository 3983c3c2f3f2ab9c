"""The program (程序): a city's rules, compiled under one or many sets of decisions."""

from __future__ import annotations

from collections.abc import Mapping

from duixian.kernel.assembler import Assembler
from duixian.kernel.image import ImageWriter
from duixian.kernel.layout import Layout
from duixian.kernel.measure_book import MeasureBook
from duixian.kernel.variant import Variant
from duixian.kernel.widths import check_city, check_measure
from duixian.kernel.words import Words
from duixian.rules.asking import interpretations_in
from duixian.rules.decided import Decisions
from duixian.rules.measure import Measure
from duixian.rules.policy import City


class Program:
    """All measures of a city under each set of decisions; sets that agree on a measure share its compiled form.

    Raises:
        Unsuitable: for a rule that does not fit into the kernel's words.
    """

    def __init__(self, city: City) -> None:
        check_city(city)
        self.city = city
        self.layout = Layout(city)
        self.book = MeasureBook(city, self.layout)
        self.measures = [(measure, policy) for policy in city.policies for measure in policy.measures]
        self.sets: list[list[Variant]] = []
        self._assemblers = [
            Assembler(self.layout, self.book.names, self.book.tables, self.book.image, measure.kind)
            for measure, _ in self.measures
        ]
        for assembler, (measure, _) in zip(self._assemblers, self.measures, strict=True):
            # Selectors are met with the shapes of facts: whether there are bits for all of them has to show now.
            for each in (selector for row in measure.rows for selector in row.selectors):
                assembler.bits.bit(measure.kind, each.field)
        self._asked = [
            tuple(dict.fromkeys(interpretations_in((measure, policy.validity, policy.cumulation, policy.exclusions, policy.shares))))
            for measure, policy in self.measures
        ]  # fmt: skip
        self._variants: dict[tuple[object, ...], Variant] = {}
        self._writer = ImageWriter(self.book, city)

    def add_set(self, decisions: Decisions, changes: Mapping[int, Measure] | None = None) -> int:
        """Compile another set of decisions, with other measures in the places that ``changes`` names; its number.

        Raises:
            Unsuitable: for a rule that does not fit into the kernel's words.
        """
        changed = changes or {}
        self.sets.append(
            [
                self._variant(order, changed.get(order, measure), decisions)
                for order, (measure, _) in enumerate(self.measures)
            ]
        )
        return len(self.sets) - 1

    def _variant(self, order: int, measure: Measure, decisions: Decisions) -> Variant:
        key = (order, id(measure), *(decisions[name] for name in self._asked[order]))
        if key not in self._variants:
            check_measure(measure)
            policy = self.measures[order][1]
            self._variants[key] = self.book.compiled(
                self._assemblers[order], measure, policy, decisions, order
            )
        return self._variants[key]

    def differing(self, decisions: Decisions) -> list[int]:
        """The measures that are not the same under these decisions as in the first set."""
        first = self.sets[0]
        return [
            order
            for order, asked in enumerate(self._asked)
            if any(decisions[name] != first[order].decisions[name] for name in asked)
        ]

    @property
    def image(self) -> Words:
        """The whole program as it meets the shapes seen so far."""
        return self._writer.image(self.sets)
