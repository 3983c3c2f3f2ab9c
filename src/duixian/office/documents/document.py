"""A document (文书): a file for people, made from a template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Document:
    """A file with the name under which it is saved (文书). The same things give the same bytes."""

    name: str
    media_type: str
    content: bytes


def day_words(day: date) -> str:
    """A day as official papers write it.

    >>> day_words(date(2025, 12, 1))
    '2025年12月1日'
    """
    return f"{day.year}年{day.month}月{day.day}日"
