"""References of payments (支付编号): what a bank knows an attempt by; two check digits catch what was mistyped."""

from __future__ import annotations

import re

from duixian.office.treasury.models import Level

_FORM = re.compile(r"DX(\d{4})-(\d{6,19})-([SX])(\d{2,4})-(\d{2})")
_LETTER = {Level.CITY: "S", Level.COUNTY: "X"}


def reference(year: int, award: int, level: str, serial: int) -> str:
    """The reference of an attempt: year of the budget, award, 市 or 县, and how many attempts there were.

    >>> reference(2026, 7, "city", 1)
    'DX2026-000007-S01-08'
    """
    text = f"DX{year:04d}-{award:06d}-{_LETTER[Level(level)]}{serial:02d}"
    return f"{text}-{_check(text):02d}"


def is_reference(text: str) -> bool:
    """Whether a text is such a reference, its check digits included."""
    return _FORM.fullmatch(text) is not None and int(text[-2:]) == _check(text[:-3])


def _check(text: str) -> int:
    """ISO 7064 (MOD 97-10), as in account numbers: any one wrong sign, and any two exchanged, are seen."""
    digits = "".join(str(int(each, 36)) for each in text if each != "-")
    return 98 - int(digits + "00") % 97
