"""Where a workbook keeps what belongs to a sheet (工作簿部件): the sheet's XML, the common texts, the percentage styles."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from zipfile import ZipFile

from duixian.exchange.tables.workbook_xml import Start, Text, attribute, local, walk_xml

WORKBOOK = "xl/workbook.xml"
_BUILT_IN_PERCENT = {"9", "10"}


@dataclass(frozen=True, slots=True)
class SheetParts:
    """The parts that the marks of sheets are read from (部件). ``sheets`` leads from a sheet's name to its part."""

    sheets: dict[str, str]
    string_sizes: list[int]
    percent_styles: frozenset[str]


def find_parts(workbook: ZipFile) -> SheetParts:
    """Where everything is; a missing list of texts or styles is an empty one.

    Raises:
        NotPlainXml, KeyError: when the workbook does not hold what it names.
    """
    targets = _targets(workbook)
    sheets: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "sheet":
            sheets[attribute(attributes, "name")] = targets.by_id[attribute(attributes, "id")]

    with workbook.open(WORKBOOK) as part:
        walk_xml(part, start)
    return SheetParts(sheets, _string_sizes(workbook, targets), _percent_styles(workbook, targets))


@dataclass(slots=True)
class _Targets:
    by_id: dict[str, str] = field(default_factory=dict)
    by_type: dict[str, str] = field(default_factory=dict)


def _targets(workbook: ZipFile) -> _Targets:
    targets = _Targets()

    def start(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "Relationship":
            target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
            targets.by_id[attributes.get("Id", "")] = target.lstrip("/")
            targets.by_type[attributes.get("Type", "").rpartition("/")[2]] = target.lstrip("/")

    with workbook.open("xl/_rels/workbook.xml.rels") as part:
        walk_xml(part, start)
    return targets


def _string_sizes(workbook: ZipFile, targets: _Targets) -> list[int]:
    """The length of each common text, in characters."""
    sizes: list[int] = []

    def start(name: str, _: dict[str, str]) -> None:
        if local(name) == "si":
            sizes.append(0)

    def text(piece: str) -> None:
        if sizes:
            sizes[-1] += len(piece)

    _walk_if_there(workbook, targets.by_type.get("sharedStrings", ""), start, text)
    return sizes


def _percent_styles(workbook: ZipFile, targets: _Targets) -> frozenset[str]:
    """The numbers of the cell styles that show a percentage."""
    formats = set(_BUILT_IN_PERCENT)
    styles: list[str] = []
    within: list[str] = [""]

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag in {"cellXfs", "cellStyleXfs", "dxfs"}:
            within[0] = tag
        elif tag == "numFmt" and "%" in attributes.get("formatCode", ""):
            formats.add(attributes.get("numFmtId", ""))
        elif tag == "xf" and within[0] == "cellXfs":
            styles.append(attributes.get("numFmtId", ""))

    _walk_if_there(workbook, targets.by_type.get("styles", ""), start)
    return frozenset(str(number) for number, style in enumerate(styles) if style in formats)


def _walk_if_there(workbook: ZipFile, part: str, start: Start, text: Text | None = None) -> None:
    if part in workbook.namelist():
        with workbook.open(part) as stream:
            walk_xml(stream, start, text=text)
