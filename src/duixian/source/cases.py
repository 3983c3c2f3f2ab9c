"""cases/*.yaml → worked cases (案例): each a small dossier, with what the policies must give for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from duixian.money import NotAnAmount, read_yuan
from duixian.rules.case import Case, Expected, ExpectedFen, Pending
from duixian.rules.determination import Outcome
from duixian.rules.fact import Dossier, Fact, Value
from duixian.rules.vocabulary import FactKind, FieldType
from duixian.source.cell import CellReader, NotAValue
from duixian.source.file_schema import CASES
from duixian.source.read_file import read_record
from duixian.source.region import written_names
from duixian.source.report import Report, listed, nearest
from duixian.source.shape import Item, Map, Record
from duixian.source.titles import TitleReader

if TYPE_CHECKING:
    from duixian.errors import Place, Problem
    from duixian.rules.policy import City
    from duixian.source.shape import Shape

DEFAULT_AS_OF = date(2028, 12, 31)
CODE, NAME = "案例企业", "案例企业"
"""The enterprise of a case has no code of its own: a case is one dossier."""


@dataclass(frozen=True, slots=True)
class CaseReading:
    """What came of reading the worked cases (读取结果)."""

    cases: tuple[Case, ...]
    problems: tuple[Problem, ...]


def read_cases(city: City) -> CaseReading:
    """The worked cases beside all documents of a city, in the order of documents and file names."""
    report = Report()
    reader = _CaseReader(city, report)
    folders = [Path(policy.file).parent / "cases" for policy in city.policies]
    paths = [path for folder in folders for path in sorted(folder.glob("*.yaml"))]
    cases = [case for path in paths for case in reader.read(path)]
    return CaseReading(tuple(cases), report.sorted())


class _CaseReader:
    """Reads the cases of one city."""

    def __init__(self, city: City, report: Report) -> None:
        self.city, self.report = city, report
        self.cells = CellReader(TitleReader.of(city.vocabulary), written_names(city.region.areas.values()))
        self.rows = {
            policy.number: {id_ for measure in policy.measures for id_ in (measure.id, *measure.rows_by_id)}
            for policy in city.policies
        }

    def read(self, path: Path) -> list[Case]:
        """The cases of a file; a case with a problem is left out."""
        record = read_record(path, CASES, self.report)
        if record is None:
            return []
        document = record.item("文件")
        assert document is not None
        if not self._known("unknown-document", document, self.rows):
            return []
        return [
            case for each in record.records("案例") if (case := self._case(each, document.text)) is not None
        ]

    def _case(self, record: Record, document: str) -> Case | None:
        before = len(self.report.problems)
        name = record.item("名称")
        assert name is not None
        subject = self._values(self.city.vocabulary.subject, record.map("企业"))
        facts = tuple(self._fact(entry) for shape in record.list_of("事实") for entry in _entries(shape))
        ids = {fact.id for fact in facts}
        results = tuple(self._expected(each, document, ids) for each in record.records("结果"))
        decisions = self._decisions(record.map("口径"))
        if len(self.report.problems) > before:
            return None
        dossier = Dossier(CODE, NAME, subject, facts)
        return Case(
            name.text,
            document,
            dossier,
            results,
            decisions,
            record.day("基准日") or DEFAULT_AS_OF,
            name.place,
        )

    def _fact(self, entry: tuple[Item, Shape]) -> Fact:
        key, shape = entry
        kinds = self.city.vocabulary.kinds
        kind = kinds.get(key.text)
        if kind is None or kind.is_subject:
            self._known("unknown-kind", key, [each.name for each in kinds.values() if not each.is_subject])
            return Fact(key.text, "", CODE, {}, key.place)
        values = self._values(kind, cast(Map, shape).entries)
        id_field = next(
            (each.name for each in kind.fields.values() if each.type is FieldType.IDENTIFIER), "编号"
        )
        id_ = values.get(id_field)
        if id_ is None:
            self.report.add("missing-key", key.place, expected=id_field)
        return Fact(kind.name, str(id_), CODE, values, key.place)

    def _values(self, kind: FactKind, entries: Mapping[str, tuple[Item, Shape]]) -> dict[str, Value]:
        """The fields of a fact; the level and grade that its title's written form fixes are filled in."""
        values: dict[str, Value] = {}
        titles_first = sorted(entries.values(), key=lambda entry: not self._is_title(kind, entry[0].text))
        fixed: dict[FieldType, str] = {}
        title = ""
        for key, shape in titles_first:
            text = _cell_text(shape)
            field = kind.fields.get(key.text)
            if field is None:
                self._known("unknown-field", key, kind.fields, kind=kind.name)
                continue
            try:
                cell = self.cells.read(field, text, title)
            except NotAValue as error:
                self.report.add(
                    "wrong-cell",
                    _cell_place(key, shape),
                    error.found,
                    error.expected,
                    field=field.name,
                    near=error.near,
                )
                continue
            values[field.name] = cell.value
            if field.type is FieldType.TITLE:
                title, fixed = str(cell.value), {FieldType.LEVEL: cell.level, FieldType.GRADE: cell.grade}
        self._fill(kind, values, fixed, entries)
        return values

    def _is_title(self, kind: FactKind, name: str) -> bool:
        return name in kind.fields and kind.fields[name].type is FieldType.TITLE

    def _fill(
        self,
        kind: FactKind,
        values: dict[str, Value],
        fixed: Mapping[FieldType, str],
        entries: Mapping[str, tuple[Item, Shape]],
    ) -> None:
        for field in kind.fields.values():
            value = fixed.get(field.type)
            if value and values.setdefault(field.name, value) != value:
                key, _ = entries[field.name]
                self.report.add(
                    "alias-contradicts", key.place, str(values[field.name]), value, field=field.name
                )

    def _expected(self, record: Record, document: str, facts: set[str]) -> Expected:
        fact, row = record.item("事实"), record.item("行")
        assert fact is not None
        assert row is not None
        own = record.item("文件")
        number = own.text if own else document
        if own is not None:
            self._known("unknown-document", own, self.rows)
        self._known("unknown-fact", fact, sorted(facts))
        self._known("unknown-row", row, sorted(self.rows.get(number, ())))
        for mark in record.items("标记"):
            self._known("unknown-question", mark, self.city.interpretations)
        outcome = record.text("结论")
        return Expected(
            fact=fact.text,
            row=row.text,
            document=number,
            outcome=Outcome(outcome) if outcome else None,
            amount_fen=self._sum(record.item("最高")),
            city_fen=self._sum(record.item("市级")),
            county_fen=self._sum(record.item("县区")),
            marks=record.texts("标记"),
            is_unmarked=record.flag("无标记"),
            missing=record.texts("缺"),
            place=row.place,
        )

    def _sum(self, item: Item | None) -> ExpectedFen:
        if item is None:
            return None
        if item.text == Pending.PENDING.value:
            return Pending.PENDING
        try:
            return read_yuan(item.text)
        except NotAnAmount:
            self.report.add("wrong-value", item.place, item.text, "一笔金额，如 20万元、0，或 待定")
            return None

    def _decisions(self, entries: Mapping[str, tuple[Item, Shape]]) -> dict[str, str]:
        decisions: dict[str, str] = {}
        for name, (key, shape) in entries.items():
            question = self.city.interpretations.get(name)
            if question is None:
                self._known("unknown-question", key, self.city.interpretations)
            elif isinstance(shape, Item) and self._known(
                "unknown-answer", shape, question.options, question=name
            ):
                decisions[name] = shape.text
        return decisions

    def _known(self, code: str, item: Item, known: Iterable[str], question: str = "", kind: str = "") -> bool:
        """Whether the item's text is known; a problem when it is not."""
        words = list(known)
        if item.text in words:
            return True
        near = nearest(item.text, words)
        expected = near or listed(words)
        self.report.add(code, item.place, item.text, expected, near=near, question=question, kind=kind)
        return False


def _cell_text(shape: Shape) -> str:
    """A value as a cell of a table would write it: several names are joined."""
    if isinstance(shape, tuple):
        return "；".join(each.text for each in shape if isinstance(each, Item))
    return ""


def _cell_place(key: Item, shape: Shape) -> Place:
    items = [each for each in shape if isinstance(each, Item)] if isinstance(shape, tuple) else []
    return items[0].place if items else key.place


def _entries(shape: Shape) -> list[tuple[Item, Shape]]:
    return list(shape.entries.values()) if isinstance(shape, Map) else []
