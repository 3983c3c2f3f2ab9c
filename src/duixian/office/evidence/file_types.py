"""What a file is (文件类型): told by its content, held against a list of what is taken, and against what its name says."""

from __future__ import annotations

import re
from collections.abc import Mapping

import puremagic

from duixian.office.evidence.file_names import ending_of
from duixian.office.evidence.packages import EXCEL, OFD, WORD, type_of_package
from duixian.office.refusal import Refusal

TEXT = "text/plain"
CSV = "text/csv"
PARQUET = "application/vnd.apache.parquet"

TAKEN: Mapping[str, frozenset[str]] = {
    "application/pdf": frozenset({".pdf"}),
    "image/png": frozenset({".png"}),
    "image/jpeg": frozenset({".jpg", ".jpeg", ".jfif"}),
    WORD: frozenset({".docx"}),
    EXCEL: frozenset({".xlsx"}),
    OFD: frozenset({".ofd"}),
    CSV: frozenset({".csv", ".tsv"}),
    TEXT: frozenset({".txt"}),
}
"""The media types that are taken, each with the endings its files may bear. HTML, SVG, scripts and old Office are not among them."""

_ZIP = b"PK\x03\x04"
_HEAD = 1 << 16
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MARKUP = re.compile(r"<\s*(?:!doctype|html|script|svg|\?xml|body|iframe)", re.IGNORECASE)


def type_of(content: bytes, name: str) -> str:
    """The media type of a file that is taken.

    Raises:
        Refusal: ``file-type-refused`` when it is nothing that is taken, ``file-type-differs`` when its name says something else, and those
            of packages.
    """
    found = _by_content(content, name)
    if found not in TAKEN:
        raise Refusal(
            "file-type-refused",
            "不接收这种文件",
            why="按内容识别，不属于可接收的文件类型",
            fix="请改用 PDF、OFD、图片、docx、xlsx、csv 或 txt",
        )
    if ending_of(name) not in TAKEN[found]:
        raise Refusal(
            "file-type-differs",
            "文件内容与扩展名不符",
            why=f"内容识别为 {found}",
            fix=f"请改用扩展名 {'、'.join(sorted(TAKEN[found]))}，或换正确的文件",
        )
    return found


def _by_content(content: bytes, name: str) -> str:
    if content.startswith(_ZIP):
        return type_of_package(content)
    try:
        found = {each.mime_type for each in puremagic.magic_string(content[:_HEAD]) if each.byte_match}
    except puremagic.PureError:
        found = set()
    for media_type, magic in _MAGIC.items():
        if media_type in found and content.startswith(magic):
            return media_type
    return _text(content, name)


_MAGIC = {"application/pdf": b"%PDF-", "image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
"""Some endings of puremagic's list match anywhere in a file; what is taken must begin with its mark."""


def _text(content: bytes, name: str) -> str:
    """Plain text: in a known encoding, without control characters, and no page of markup."""
    # Without its mark almost any pair of bytes would pass for UTF-16.
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROL.search(text) or _MARKUP.search(text[:_HEAD]):
            return ""
        return CSV if ending_of(name) in TAKEN[CSV] else TEXT
    return ""
