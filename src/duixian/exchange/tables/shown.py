"""What a message may show of a cell (显示值): short, on one line, and without personal data."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from duixian.credit_code import masked
from duixian.exchange.tables.table import Raw, Unusable
from duixian.rules.vocabulary import FieldType

LONGEST = 40

# Identity numbers (公民身份号码), telephone numbers and bank cards: in the wrong column they are still somebody's.
_PERSONAL = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[0-9Xx]|\d{15,19}|1[3-9]\d{9})(?![0-9A-Za-z])")
# A code that a table program took for a number: what is left of it says nothing about anybody.
_SCIENTIFIC = re.compile(r"\d(?:\.\d{1,7})?E\+\d{2}", re.IGNORECASE)


def shown(raw: Raw, type_: FieldType | None = None) -> str:
    """A cell as a message may show it; ``type_`` is that of its column."""
    text = _written(raw)
    if type_ is FieldType.CREDIT_CODE and isinstance(raw, float):
        return f"{raw:.5E}"
    if type_ is FieldType.CREDIT_CODE and not _SCIENTIFIC.fullmatch(text):
        return shown_text(masked(text))
    return shown_text(_PERSONAL.sub(lambda match: masked(match[0]), text))


def shown_text(text: str) -> str:
    """A text that holds nothing personal, short and on one line; what would not print is named by its code point."""
    short = text[:LONGEST] + ("…" if len(text) > LONGEST else "")
    return "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in short)


def _written(raw: Raw) -> str:
    if isinstance(raw, Unusable):
        return raw.shown
    if isinstance(raw, datetime):
        return raw.isoformat(" ")
    if isinstance(raw, date):
        return raw.isoformat()
    if isinstance(raw, Decimal):
        return format(raw, "f") if abs(raw.adjusted()) < LONGEST else str(raw)
    if isinstance(raw, tuple):
        return ";".join(raw[:LONGEST])
    if isinstance(raw, str):
        return raw[: LONGEST * 2]
    return str(raw).removesuffix(".0")
