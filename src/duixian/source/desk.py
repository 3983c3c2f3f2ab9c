"""The desk of a reader (案头): the city's words, places and open questions, and what has been put down so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from duixian.errors import Place, Severity
from duixian.rules.clause import Binding
from duixian.rules.interpretation import Interpretation
from duixian.rules.region import Region
from duixian.rules.vocabulary import FactKind
from duixian.source.amounts import reading_of
from duixian.source.quantity import Reading
from duixian.source.report import Report, listed, nearest
from duixian.source.titles import TitleReader


@dataclass(frozen=True, slots=True)
class Row:
    """The award row to which a quantity belongs (行), with the words that must stand beside it in the text."""

    id: str = ""
    words: tuple[tuple[str, ...], ...] = ()


NO_ROW = Row()
"""What a quantity outside of any row belongs to."""


@dataclass(slots=True)
class Uses:
    """Which open questions the rules compute (口径的使用): those with a value for every option, and options in expressions."""

    decided: set[str] = field(default_factory=set)
    named_options: dict[str, set[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Desk:
    """What every reader of rules has before it; one per clause, sharing the report and the uses."""

    titles: TitleReader
    region: Region | None
    interpretations: Mapping[str, Interpretation]
    has_all_questions: bool
    report: Report
    uses: Uses = field(default_factory=Uses)
    document: str = ""
    clause: str = ""
    bindings: list[Binding] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    ids: dict[str, Place] = field(default_factory=dict)
    area_names: Mapping[str, str] = field(default_factory=dict)
    unit_names: Mapping[str, str] = field(default_factory=dict)

    def at_clause(self, clause: str) -> Desk:
        """The desk for another clause, with no bindings or questions yet."""
        return replace(self, clause=clause, bindings=[], questions=[])

    def problem(
        self,
        code: str,
        place: Place,
        found: str = "",
        expected: str = "",
        *,
        severity: Severity = Severity.ERROR,
        **detail: str,
    ) -> None:
        """Put down a problem of this clause."""
        self.report.add(code, place, found, expected, clause=self.clause, severity=severity, **detail)

    def bind(
        self, reading: Reading, written: str, place: Place, row: Row = NO_ROW, *, is_open: bool = False
    ) -> None:
        """Put down that a quantity of the rules stands for one in the clause's text (承接)."""
        self.bindings.append(
            Binding(
                reading.kind.value,
                reading.value,
                place,
                written,
                reading.occurrence,
                is_open,
                row.id,
                row.words,
            )
        )

    def bind_written(self, written: str, place: Place, row: Row = NO_ROW, *, is_open: bool = False) -> None:
        """Bind what is written if it is a quantity of the text: 三级 and 2星级 are, a bare number and 先进级 are not."""
        reading = reading_of(written)
        if reading is not None:
            self.bind(reading, written, place, row, is_open=is_open)

    def claim_id(self, id_: str, place: Place) -> None:
        """Take an id for a row, a measure or a target; a problem when another has it already."""
        first = self.ids.setdefault(id_, place)
        if first is not place:
            self.problem("duplicate-id", place, id_, str(first))

    def question(self, name: str, place: Place) -> Interpretation | None:
        """The open question of that name; a problem and None when there is none."""
        found = self.interpretations.get(name)
        # A question that could not be read is one problem, not one more for each rule that uses it.
        if found is None and self.has_all_questions:
            near = nearest(name, self.interpretations)
            self.problem("unknown-question", place, name, near or "interpretations.yaml 中的名称", near=near)
        return found

    def kind(self, name: str, place: Place) -> FactKind | None:
        """The kind of fact of that name; a problem and None when there is none. The subject is no fact."""
        kinds = {kind.name: kind for kind in self.titles.vocabulary.kinds.values() if not kind.is_subject}
        if name not in kinds:
            near = nearest(name, kinds)
            self.problem("unknown-kind", place, name, near or listed(kinds), near=near)
        return kinds.get(name)

    def area(self, name: str, place: Place) -> str | None:
        """The area that a name or alias means."""
        if self.region is None:
            return name
        found = self.area_names.get(name)
        if found is None:
            near = nearest(name, self.area_names)
            self.problem("unknown-area", place, name, near or "regions.csv 中的名称", near=near)
        return found

    def unit(self, name: str, place: Place) -> str | None:
        """The responsible unit that a name or alias means."""
        if self.region is None or not self.region.units:
            return name
        found = self.unit_names.get(name)
        if found is None:
            near = nearest(name, self.unit_names)
            self.problem("unknown-unit", place, name, near or "units.csv 中的名称", near=near)
        return found
