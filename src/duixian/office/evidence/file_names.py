"""Names of files as people gave them (文件名): kept for people to read, made harmless for every place that shows or stores them."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
UNNAMED = "未命名"

_SEPARATORS = re.compile(r"[/\\]")
# What commands a file system, a shell, a header or a table; and what is not seen, or turns the direction of writing (‮gnp.exe).
_UNSAFE = re.compile(r'[<>:"|?*;%\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')
_DEVICES = re.compile(r"(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")


def safe_name(name: str) -> str:
    """The name without folders, control characters and tricks, at most :data:`LONGEST` characters, its ending kept.

    >>> safe_name("../../etc/发票（1）.pdf")
    '发票（1）.pdf'
    >>> safe_name("con.txt"), safe_name(" .. ")
    ('_con.txt', '未命名')
    """
    last = _SEPARATORS.split(unicodedata.normalize("NFC", name))[-1]
    text = " ".join(_UNSAFE.sub("", last).split()).strip(". ")
    if not text:
        return UNNAMED
    if _DEVICES.fullmatch(text):
        text = f"_{text}"
    stem, dot, ending = text.rpartition(".")
    if len(text) <= LONGEST or not dot or len(ending) > 10:
        return text[:LONGEST]
    return f"{stem[: LONGEST - len(ending) - 1]}.{ending}"


def ending_of(name: str) -> str:
    """The ending of a name in lower case, with its dot; "" when it has none."""
    _, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot else ""
