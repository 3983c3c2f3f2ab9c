"""Award tables (奖励表): rows that select facts by enumerated fields and carry an amount each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from duixian.rules.expression import TRUE, Comparator, Expression, Type
from duixian.rules.measure import Amount, AwardRow, FixedSum, RateOfBase, Selector
from duixian.rules.vocabulary import FactKind, Field, Round
from duixian.source.amounts import WrongQuantity, read_money, read_rate, whole_number
from duixian.source.desk import Row
from duixian.source.expression import read_expression
from duixian.source.names import NAMED, RANKED, TYPES, Name, read_name
from duixian.source.reference import Frame
from duixian.source.report import listed, nearest
from duixian.source.schema import IDENTIFIER_PATTERN
from duixian.source.table import read_table

if TYPE_CHECKING:
    from duixian.source.desk import Desk
    from duixian.source.table import Table, TableRow
    from duixian.source.yaml_tree import Excerpt, ScalarNode

ID, ROUND, CEILING, EXACT, RATE, BASE, CONDITION, WORDS = (
    "编号",
    "轮次",
    "最高",
    "定额",
    "比例",
    "基数",
    "条件",
    "原文",
)
COLUMNS = (ID, ROUND, CEILING, EXACT, RATE, BASE, CONDITION, WORDS)
_COMPARED = re.compile(r"(>=|<=|≥|≤|>|<)\s*(.+)")
_AND_ABOVE = re.compile(r"(.+?)(?:[（(](?:及|含)?以上[)）]|及以上|[（(]含[)）]以上|以上)")
_SIGNS = {"≥": ">=", "≤": "<="}


@dataclass(frozen=True, slots=True)
class AwardTable:
    """The rows that could be read (奖励表), and the ids of all: what names a broken row is no second problem."""

    rows: tuple[AwardRow, ...]
    ids: tuple[str, ...]


def read_award_table(node: ScalarNode, kind: FactKind, desk: Desk) -> AwardTable | None:
    """The rows of an award table over facts of a kind, those with a problem left out; None when it cannot be used."""
    table = read_table(node, desk)
    fields = _fields(table, kind, desk) if table is not None else None
    if table is None or fields is None:
        return None
    if not table.rows:
        desk.problem("table-empty", node.place)
    rows = [_RowReader(row, kind, fields, desk).read() for row in table.rows]
    good = tuple(row for row in rows if row is not None)
    for row in good:
        desk.claim_id(row.id, row.place)
    return AwardTable(good, tuple(row.cells[ID].text for row in table.rows))


def titles_of(rows: tuple[AwardRow, ...], field: str) -> tuple[str, ...] | None:
    """The titles that the rows take, in their order; None when some row takes any title."""
    names: dict[str, None] = {}
    for row in rows:
        chosen = [selector.names for selector in row.selectors if selector.field == field]
        if not chosen:
            return None
        names.update(dict.fromkeys(chosen[0]))
    return tuple(names)


def _fields(table: Table, kind: FactKind, desk: Desk) -> dict[str, Field] | None:
    """The columns that select facts; None when the header cannot be used."""
    fields: dict[str, Field] = {}
    selectable = [field.name for field in kind.fields.values() if TYPES[field.type] in NAMED]
    is_good = True
    for name, cell in table.columns.items():
        if name in COLUMNS:
            continue
        if name in selectable:
            fields[name] = kind.fields[name]
            continue
        near = nearest(name, (*COLUMNS, *selectable))
        desk.problem(
            "unknown-column", cell.place, name, near or listed((*COLUMNS, *selectable), 20), near=near
        )
        is_good = False
    first = next(iter(table.columns.values()))
    if ID not in table.columns:
        desk.problem("missing-column", first.place, listed(table.columns), ID)
        is_good = False
    if not {CEILING, EXACT, RATE} & set(table.columns):
        desk.problem("missing-column", first.place, listed(table.columns), f"{CEILING}、{EXACT}、{RATE}")
        is_good = False
    return fields if is_good else None


@dataclass(slots=True)
class _RowReader:
    """Reads one row; a method returns None after it has reported a problem."""

    row: TableRow
    kind: FactKind
    fields: dict[str, Field]
    desk: Desk

    def read(self) -> AwardRow | None:
        """The row; None when some cell is wrong."""
        id_ = self._cell(ID)
        if id_ is None or not re.fullmatch(IDENTIFIER_PATTERN, id_.text):
            place = id_.place if id_ else self.row.place
            self.desk.problem("wrong-value", place, id_.text if id_ else "", "一个编号，如 A03a")
            return None
        selectors = self._selectors()
        titles = frozenset(self._titles(selectors or ()))
        mark = Row(id_.text, self._words(titles))
        if selectors is not None:
            self._bind_names(mark)
        round_cell, round_ = self._cell(ROUND), None
        if round_cell is not None:
            round_ = self.desk.titles.round(round_cell.text)
            if round_ is None:
                self.desk.problem("unknown-round", round_cell.place, round_cell.text, listed(Round))
        amount = self._amount(mark)
        condition = self._condition(mark, titles)
        if selectors is None or amount is None or condition is None or (round_cell and round_ is None):
            return None
        return AwardRow(id_.text, selectors, round_, amount, condition, id_.place)

    def _cell(self, column: str) -> Excerpt | None:
        """A cell that is there and not blank."""
        cell = self.row.cells.get(column)
        return cell if cell is not None and cell.text else None

    # Selectors

    def _selectors(self) -> tuple[Selector, ...] | None:
        """One selector for each cell; titles come first, since they say which grades there are."""
        chosen: dict[str, tuple[Comparator, list[Name]]] = {}
        titles: frozenset[str] = frozenset()
        ordered = sorted(self.fields.values(), key=lambda field: TYPES[field.type] is not Type.TITLE)
        is_good = True
        for field in ordered:
            cell = self._cell(field.name)
            if cell is None:
                continue
            picked = self._pick(field, cell, titles)
            if picked is None:
                is_good = False
                continue
            chosen[field.name] = picked
            if TYPES[field.type] is Type.TITLE:
                titles = frozenset(name.text for name in picked[1])
        if not is_good or not self._add_fixed(chosen):
            return None
        return tuple(
            Selector(name, chosen[name][0], tuple(each.text for each in chosen[name][1]))
            for name in self.kind.fields
            if name in chosen
        )

    def _pick(
        self, field: Field, cell: Excerpt, titles: frozenset[str]
    ) -> tuple[Comparator, list[Name]] | None:
        type_ = TYPES[field.type]
        comparator, piece = _compared(cell) if type_ in RANKED else (Comparator.EQUAL, cell)
        pieces = _split(piece)
        if comparator is not Comparator.EQUAL and len(pieces) > 1:
            self.desk.problem("wrong-value", cell.place, cell.text, "一个名称及以上")
            return None
        names = [read_name(self.desk, field, each.text, each.place, titles) for each in pieces]
        good = [name for name in names if name is not None]
        return (comparator, good) if good and len(good) == len(names) else None

    def _add_fixed(self, chosen: dict[str, tuple[Comparator, list[Name]]]) -> bool:
        """Add the level and grade that a title's alias fixes; they may not contradict the cells beside it."""
        title_field = self._field(Type.TITLE)
        if title_field is None or title_field not in chosen:
            return True
        is_good = True
        for type_, attribute in ((Type.LEVEL, "level"), (Type.GRADE, "grade")):
            fixed = {getattr(name, attribute) for name in chosen[title_field][1]}
            if fixed == {""}:
                continue
            field = self._field(type_)
            given = {name.text for name in chosen[field][1]} if field in chosen else fixed
            if field is None or given != fixed or len(fixed) > 1:
                cell = self.row.cells[title_field]
                found = f"{cell.text}（{listed(sorted(fixed - {''}))}）"
                self.desk.problem("alias-contradicts", cell.place, found, listed(sorted(given)), field=type_)
                is_good = False
            elif field not in chosen:
                chosen[field] = (Comparator.EQUAL, [Name(value) for value in sorted(fixed)])
        return is_good

    def _field(self, type_: Type) -> str | None:
        names = [field.name for field in self.kind.fields.values() if TYPES[field.type] is type_]
        return names[0] if names else None

    def _titles(self, selectors: tuple[Selector, ...]) -> tuple[str, ...]:
        field = self._field(Type.TITLE)
        return next((selector.names for selector in selectors if selector.field == field), ())

    # Words and names of the text

    def _words(self, titles: frozenset[str]) -> tuple[tuple[str, ...], ...]:
        """What must stand beside the amount: the words of 原文, or every title by its name or an alias."""
        cell = self._cell(WORDS)
        if cell is not None:
            return tuple((word,) for word in cell.text.split())
        return tuple(self.desk.titles.forms_of(title) for title in sorted(titles))

    def _bind_names(self, mark: Row) -> None:
        """Names that are quantities too stand in the text: 三级, 2星级."""
        for field in self.fields.values():
            cell = self._cell(field.name)
            if cell is not None:
                for piece in _split(_compared(cell)[1]):
                    self.desk.bind_written(piece.text, piece.place, mark)

    # Amounts

    def _amount(self, mark: Row) -> Amount | None:
        rate_cell, exact_cell = self._cell(RATE), self._cell(EXACT)
        sum_cell = self._cell(CEILING) or exact_cell
        if rate_cell is None:
            if sum_cell is None or (self._cell(CEILING) and exact_cell):
                self.desk.problem("amount-missing", self.row.place, "", f"{CEILING} 或 {EXACT}")
                return None
            fen = self._money(sum_cell, mark)
            return None if fen is None else FixedSum(fen, sum_cell is exact_cell)
        rate = self._rate(rate_cell, mark)
        base = self._base(mark)
        cap = self._money(sum_cell, mark) if sum_cell else None
        if exact_cell is not None:
            self.desk.problem(
                "amount-missing", exact_cell.place, exact_cell.text, f"{RATE}、{BASE}、{CEILING}"
            )
            return None
        if rate is None or base is None or (sum_cell and cap is None):
            return None
        return RateOfBase(rate, base, cap)

    def _money(self, cell: Excerpt, mark: Row) -> int | None:
        try:
            reading = read_money(cell.text)
        except WrongQuantity:
            self.desk.problem("unit-mismatch", cell.place, cell.text, "金额，如 80万元")
            return None
        self.desk.bind(reading, cell.text, cell.place, mark)
        return whole_number(reading)

    def _rate(self, cell: Excerpt, mark: Row) -> Fraction | None:
        try:
            reading = read_rate(cell.text)
        except WrongQuantity:
            self.desk.problem("unit-mismatch", cell.place, cell.text, "比例，如 12%")
            return None
        self.desk.bind(reading, cell.text, cell.place, mark)
        assert isinstance(reading.value, Fraction | int)
        return Fraction(reading.value)

    def _base(self, mark: Row) -> Expression | None:
        cell = self._cell(BASE)
        if cell is None:
            self.desk.problem("amount-missing", self.row.place, "", BASE)
            return None
        return read_expression(cell, Type.MONEY, Frame((self.kind,)), self.desk, mark)

    def _condition(self, mark: Row, titles: frozenset[str]) -> Expression | None:
        cell = self._cell(CONDITION)
        if cell is None:
            return TRUE
        return read_expression(cell, Type.FLAG, Frame((self.kind,), titles=titles), self.desk, mark)


def _compared(cell: Excerpt) -> tuple[Comparator, Excerpt]:
    """``>= 先进级`` and ``先进级及以上`` as a comparator and the name."""
    match = _COMPARED.fullmatch(cell.text)
    if match is not None:
        return Comparator(_SIGNS.get(match[1], match[1])), cell.part(*match.span(2))
    match = _AND_ABOVE.fullmatch(cell.text)
    if match is not None:
        return Comparator.AT_LEAST, cell.part(*match.span(1))
    return Comparator.EQUAL, cell


def _split(cell: Excerpt) -> list[Excerpt]:
    """The names that a cell lists."""
    pieces, start = [], 0
    for name in cell.text.split("、"):
        lead = len(name) - len(name.lstrip())
        pieces.append(cell.part(start + lead, start + lead + len(name.strip())))
        start += len(name) + 1
    return pieces
