"""Files of a policy folder as text (文件读取): UTF-8 only, and what cannot be read is a problem, not an exception."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from duixian.errors import Place
from duixian.source.shape import Record, Shaper
from duixian.source.yaml_tree import SequenceNode, read_tree

if TYPE_CHECKING:
    from duixian.source.report import Report
    from duixian.source.schema import RecordOf

LARGEST_BYTES = 8_000_000
"""The two real documents have 40 000 bytes; a file beyond this is no policy text."""


def read_text(path: Path, report: Report, *, is_required: bool = True) -> str | None:
    """The text of a file with ``\\n`` line ends; None (and a problem, if it is required or unreadable) without it."""
    place = Place(str(path))
    try:
        if not path.is_file():
            if is_required:
                report.add("file-missing", place, expected=path.name)
            return None
        if path.stat().st_size > LARGEST_BYTES:
            report.add("file-too-large", place, str(path.stat().st_size), f"≤ {LARGEST_BYTES}")
            return None
        raw = path.read_bytes()
    except OSError as error:
        report.add("file-unreadable", place, error.strerror or "")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        report.add("not-utf8", Place(str(path), line), f"0x{raw[error.start]:02X}", "UTF-8")
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_record(path: Path, schema: RecordOf, report: Report, *, is_required: bool = True) -> Record | None:
    """A YAML file that is one record."""
    text = read_text(path, report, is_required=is_required)
    if text is None:
        return None
    tree = read_tree(text, str(path), 1, report)
    if tree is None:
        if not text.strip():
            report.add("file-empty", Place(str(path)))
        return None
    return Shaper(report).record(tree, schema)


def read_records(path: Path, schema: RecordOf, report: Report, *, is_required: bool = True) -> list[Record]:
    """A YAML file that is a list of records; those that fit are given, the others reported."""
    text = read_text(path, report, is_required=is_required)
    tree = read_tree(text, str(path), 1, report) if text else None
    if tree is None:
        return []
    if not isinstance(tree, SequenceNode):
        report.add("wrong-shape", tree.place, "{…}", "- …")
        return []
    shaped = [Shaper(report).record(item, schema) for item in tree.items]
    return [record for record in shaped if record is not None]
