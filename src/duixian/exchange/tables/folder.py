"""Which files of a folder are fact tables, and of which kind (找表): by their names, and no file is passed over in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from duixian.errors import Place
from duixian.exchange.tables.findings import Findings
from duixian.rules.vocabulary import FactKind, FieldType
from duixian.source.normalise import fold

MOST_ENTRIES = 1_000


class Format(StrEnum):
    """How a table is stored (文件格式)."""

    CSV = "CSV"
    WORKBOOK = "xlsx"
    PARQUET = "Parquet"


_FORMATS = {
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".txt": Format.CSV,
    ".xlsx": Format.WORKBOOK,
    ".parquet": Format.PARQUET,
}
_ALSO_PROSE = {".txt"}
_OTHER_TABLES = {
    ".xls",
    ".xlsm",
    ".xlsb",
    ".xltx",
    ".ods",
    ".et",
    ".ett",
    ".numbers",
    ".dbf",
    ".json",
    ".jsonl",
}
_LOCK = "~$"


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file that holds facts (表文件). A workbook may be of no kind: then its sheets are."""

    path: Path
    name: str
    format: Format
    kind: FactKind | None


def find_tables(path: Path, kinds: Mapping[str, FactKind], findings: Findings) -> list[TableFile]:
    """The table files of a folder in the order of their names, or the one file that ``path`` is."""
    place = Place(path.name or str(path))
    try:
        if not path.is_dir():
            return list(_single(path, kinds, findings))
        entries = sorted(path.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        findings.add("cannot-open", place, found=error.strerror or "")
        return []
    if len(entries) > MOST_ENTRIES:
        findings.add("too-many-files", place, found=str(len(entries)), expected=str(MOST_ENTRIES))
        return []
    found = [each for entry in entries for each in _entry(entry, kinds, findings)]
    if not found:
        findings.add("no-tables", place, expected=_names(kinds))
    return found


def kind_of_name(name: str, kinds: Mapping[str, FactKind]) -> FactKind | None:
    """The kind that a file or sheet names: 认定, 认定_2026, 认定-补充, 认定（第二批）; the kind's name, then no letter."""
    folded = fold(name)
    for kind in sorted(kinds, key=len, reverse=True):
        rest = folded.removeprefix(fold(kind))
        if rest != folded and not rest[:1].isalpha() and _holds_facts(kinds[kind]):
            return kinds[kind]
    return None


def _holds_facts(kind: FactKind) -> bool:
    """Whether rows of the kind belong to an enterprise; others are no dossier's facts."""
    return bool(kind.field_of_type(FieldType.CREDIT_CODE))


def _single(path: Path, kinds: Mapping[str, FactKind], findings: Findings) -> Iterator[TableFile]:
    """One file that the caller named: it has to be a table."""
    place = Place(path.name or str(path))
    if not path.exists() and not path.is_symlink():
        findings.add("no-such-path", place)
        return
    if path.suffix.lower() not in _FORMATS:
        findings.add("unsupported-format", place, found=path.suffix, expected=_shown_formats())
        return
    format_, kind = _FORMATS[path.suffix.lower()], kind_of_name(path.stem, kinds)
    if kind is None and format_ is not Format.WORKBOOK:
        findings.add("unknown-single-table", place, found=path.stem, expected=_names(kinds))
        return
    yield TableFile(path, path.name, format_, kind)


def _entry(entry: Path, kinds: Mapping[str, FactKind], findings: Findings) -> Iterator[TableFile]:
    """One entry of a folder: a table, or a word about why it is none."""
    place, suffix = Place(entry.name), entry.suffix.lower()
    kind = kind_of_name(entry.stem, kinds)
    if entry.name.startswith(_LOCK):
        findings.warn("open-elsewhere", place, found=entry.name.removeprefix(_LOCK))
    elif suffix in _OTHER_TABLES:
        findings.add("unsupported-format", place, found=suffix, expected=_shown_formats())
    elif suffix not in _FORMATS or (suffix in _ALSO_PROSE and kind is None):
        findings.note("other-file", place, found=entry.name)
    elif kind is None and _FORMATS[suffix] is not Format.WORKBOOK:
        findings.warn("unknown-table", place, found=entry.stem, expected=_names(kinds))
    else:
        yield TableFile(entry, entry.name, _FORMATS[suffix], kind)


def _names(kinds: Mapping[str, FactKind]) -> str:
    return "、".join(name for name, kind in kinds.items() if _holds_facts(kind))


def _shown_formats() -> str:
    return "、".join(Format)
