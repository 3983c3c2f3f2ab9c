"""regions.csv, units.csv, fiscal.csv → areas, responsible units and the fiscal table of a city (地区、单位、财政体制)."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from duixian.dates import NotADate, read_date
from duixian.errors import Place
from duixian.rules.region import Area, AreaKind, FiscalShare, Region, Unit
from duixian.source.read_file import read_text
from duixian.source.report import listed, nearest

if TYPE_CHECKING:
    from duixian.source.report import Report

AREA_COLUMNS = ("code", "name", "kind", "aliases", "parent", "valid_from", "valid_to", "note")
UNIT_COLUMNS = ("name", "official_name", "kind", "aliases", "note")
FISCAL_COLUMNS = ("area", "city_part", "county_part", "basis", "valid_from", "valid_to", "document", "clause")
_KINDS = {kind.value: kind for kind in AreaKind}
_Named = TypeVar("_Named", Area, Unit)


def read_region(folder: Path, report: Report) -> Region | None:
    """The region of a city; None when it has no list of areas."""
    area_rows = _rows(folder / "regions.csv", AREA_COLUMNS, report)
    if area_rows is None:
        return None
    areas = _by_name(area_rows, _area, report)
    for row in area_rows:
        if row["parent"] and row["parent"] not in areas:
            near = nearest(row["parent"], areas)
            report.add("unknown-parent", row.place("parent"), row["parent"], near or listed(areas), near=near)
    units = _by_name(_rows(folder / "units.csv", UNIT_COLUMNS, report) or [], _unit, report)
    shares = _rows(folder / "fiscal.csv", FISCAL_COLUMNS, report, is_required=False) or []
    table = [_share(row, areas, report) for row in shares]
    return Region(areas, units, tuple(share for share in table if share is not None))


def written_names(things: Iterable[Area] | Iterable[Unit]) -> dict[str, str]:
    """Every name and alias with the name that it means."""
    names: dict[str, str] = {}
    for thing in things:
        for written in (thing.name, *thing.aliases, getattr(thing, "official_name", "")):
            if written:
                names.setdefault(written, thing.name)
    return names


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a CSV file (行), read by the names of its columns."""

    cells: dict[str, str]
    line: int
    columns: tuple[str, ...]
    file: str

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def place(self, column: str) -> Place:
        """The cell's place; the column is counted in cells, as in every table."""
        return Place(self.file, self.line, self.columns.index(column) + 1)


def _rows(
    path: Path, columns: tuple[str, ...], report: Report, *, is_required: bool = True
) -> list[Row] | None:
    text = read_text(path, report, is_required=is_required)
    if text is None:
        return None
    try:
        lines = list(_numbered(text))
    except csv.Error as error:
        report.add("csv-syntax", Place(str(path)), str(error))
        return None
    header = tuple(lines[0][1]) if lines else ()
    if header != columns:
        report.add("csv-header", Place(str(path), 1), ",".join(header), ",".join(columns))
        return None
    rows: list[Row] = []
    for line, cells in lines[1:]:
        if len(cells) != len(columns):
            report.add("ragged-row", Place(str(path), line), str(len(cells)), str(len(columns)))
        else:
            stripped = (cell.strip() for cell in cells)
            rows.append(Row(dict(zip(columns, stripped, strict=True)), line, columns, str(path)))
    return rows


def _numbered(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text), strict=True)
    start = 1
    for cells in reader:
        if cells:
            yield start, cells
        start = reader.line_num + 1


def _by_name(
    rows: Iterable[Row], make: Callable[[Row, Report], _Named | None], report: Report
) -> dict[str, _Named]:
    """The things by name; two lines with one name, or one alias for two names, are a problem."""
    things: dict[str, _Named] = {}
    owners: dict[str, str] = {}
    for row in rows:
        thing = make(row, report)
        if thing is not None and thing.name in things:
            report.add("duplicate-id", row.place("name"), thing.name)
        elif thing is not None:
            things[thing.name] = thing
            _claim_names(thing, row, owners, report)
    return things


def _claim_names(thing: Area | Unit, row: Row, owners: dict[str, str], report: Report) -> None:
    for written in (thing.name, *thing.aliases):
        owner = owners.setdefault(written, thing.name)
        if owner != thing.name:
            report.add("alias-collision", row.place("aliases"), written, owner, title=thing.name)


def _area(row: Row, report: Report) -> Area | None:
    kind = _KINDS.get(row["kind"])
    if kind is None or not row["name"]:
        report.add("csv-cell", row.place("kind"), row["kind"], listed(_KINDS))
        return None
    return Area(
        code=row["code"],
        name=row["name"],
        kind=kind,
        aliases=_parts(row["aliases"]),
        parent=row["parent"],
        valid_from=_day(row, "valid_from", report),
        valid_to=_day(row, "valid_to", report),
        note=row["note"],
    )


def _unit(row: Row, report: Report) -> Unit | None:
    if not row["name"]:
        report.add("csv-cell", row.place("name"), "", "单位名称")
        return None
    return Unit(row["name"], row["official_name"], row["kind"], _parts(row["aliases"]), row["note"])


def _share(row: Row, areas: dict[str, Area], report: Report) -> FiscalShare | None:
    if row["area"] not in areas:
        near = nearest(row["area"], areas)
        report.add("unknown-area", row.place("area"), row["area"], near or listed(areas), near=near)
        return None
    for column in ("city_part", "county_part"):
        if not row[column].isascii() or not row[column].isdigit():
            report.add("csv-cell", row.place(column), row[column], "整数，如 3")
            return None
    city, county = int(row["city_part"]), int(row["county_part"])
    first = _day(row, "valid_from", report)
    if not city + county or first is None:
        report.add("csv-cell", row.place("valid_from" if city + county else "city_part"), "", "≥ 1")
        return None
    last = _day(row, "valid_to", report)
    return FiscalShare(row["area"], city, county, row["basis"], first, last, row["document"], row["clause"])


def _day(row: Row, column: str, report: Report) -> date | None:
    if not row[column]:
        return None
    try:
        return read_date(row[column])
    except NotADate:
        report.add("csv-cell", row.place(column), row[column], "日期，如 2025-12-01")
        return None


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.replace("；", ";").split(";") if part.strip())
