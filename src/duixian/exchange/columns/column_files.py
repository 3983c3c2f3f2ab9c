"""Files of columns (列式文件): Arrow and Feather beside the formats of rows, and Parquet of any size."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeAlias

from duixian.errors import Place, Severity
from duixian.exchange.tables.findings import Findings
from duixian.exchange.tables.folder import TableFile, find_tables, kind_of_name
from duixian.exchange.tables.regular_file import NotOpened
from duixian.rules.vocabulary import FactKind, FieldType

_ARROW = frozenset({".arrow", ".feather"})


@dataclass(frozen=True, slots=True)
class ArrowFile:
    """An Arrow file of one kind (Arrow 表文件)."""

    path: Path
    name: str
    kind: FactKind


FactFile: TypeAlias = TableFile | ArrowFile


def find_files(path: Path, kinds: Mapping[str, FactKind], findings: Findings) -> list[FactFile]:
    """The files of a folder that hold facts, in the order of their names, or the one file that ``path`` is."""
    if path.suffix.lower() in _ARROW and not path.is_dir():
        return list(_single(path, kinds, findings))
    heard = _Heard()
    files: list[FactFile] = list(find_tables(path, kinds, heard))
    for word in heard.words:
        if word.code == "other-file" and Path(word.found).suffix.lower() in _ARROW:
            files += _arrow(path / word.found, kinds, findings)
    for word in heard.words:
        is_answered = Path(word.found).suffix.lower() in _ARROW if word.code == "other-file" else files
        if word.code not in {"other-file", "no-tables"} or not is_answered:
            word.tell(findings)
    return sorted(files, key=lambda file: file.name)


def _single(path: Path, kinds: Mapping[str, FactKind], findings: Findings) -> list[FactFile]:
    if not path.exists() and not path.is_symlink():
        findings.add("no-such-path", Place(path.name))
        return []
    if kind := kind_of_name(path.stem, kinds):
        return [ArrowFile(path, path.name, kind)]
    findings.add("unknown-single-table", Place(path.name), found=path.stem, expected=_names(kinds))
    return []


def _arrow(path: Path, kinds: Mapping[str, FactKind], findings: Findings) -> list[FactFile]:
    if kind := kind_of_name(path.stem, kinds):
        return [ArrowFile(path, path.name, kind)]
    findings.warn("unknown-table", Place(path.name), found=path.stem, expected=_names(kinds))
    return []


def _names(kinds: Mapping[str, FactKind]) -> str:
    return "、".join(name for name, kind in kinds.items() if kind.field_of_type(FieldType.CREDIT_CODE))


def open_large(path: Path) -> BinaryIO:
    """Open a regular file of any size; links, pipes, devices and folders are refused before a byte is read.

    Raises:
        NotOpened: with the problem.
        OSError: when the system refuses.
    """
    if path.is_symlink():
        raise NotOpened("symlink")
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    handle = os.open(path, flags)
    status = os.fstat(handle)
    if stat.S_ISREG(status.st_mode) and status.st_size:
        return os.fdopen(handle, "rb")
    os.close(handle)
    raise NotOpened("empty-file" if stat.S_ISREG(status.st_mode) else "not-a-file")


@dataclass(frozen=True, slots=True)
class _Word:
    code: str
    place: Place
    severity: Severity
    found: str
    expected: str

    def tell(self, findings: Findings) -> None:
        findings.add(self.code, self.place, severity=self.severity, found=self.found, expected=self.expected)


@dataclass(slots=True)
class _Heard(Findings):
    """What the finder of tables says, kept back: it does not know that Arrow files are tables too."""

    words: list[_Word] = field(default_factory=list)

    def add(
        self,
        code: str,
        place: Place,
        *,
        severity: Severity = Severity.ERROR,
        found: str = "",
        expected: str = "",
        **detail: str,
    ) -> None:
        self.words.append(_Word(code, place, severity, found, expected))
