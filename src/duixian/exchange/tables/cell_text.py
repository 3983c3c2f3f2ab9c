"""A cell as clean text (单元格文字): what no one sees is gone, numbers as they are shown, nothing rounded away.

Table programs keep numbers as binary fractions of 15 reliable digits and show no more; so a number is taken with 15 digits
(0.30000000000000004 is the 0.3 on the screen), and one that needs more digits is refused: a long number that lost its
end (credit codes, certificate numbers) cannot be told from a right one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal

from duixian.exchange.tables.table import Raw, Unusable
from duixian.source.normalise import INVISIBLE

LONGEST_CELL = 32_767
"""The longest text that a cell of Excel can hold."""
DIGITS_KEPT = 15

_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_REPLACEMENT = "\ufffd"
_FIFTEEN = Context(prec=DIGITS_KEPT)
_NOISE = Decimal("0.001")
_NO_VALUE = frozenset({"/", "-", "—", "——", "--", "－", "／", "\\"})
# What makes a table program compute when the text is opened there again.
_FORMULA_STARTS = ("=", "＝", "@", "＠", "+", "＋")


class Unreadable(Exception):
    """A cell that does not hold what its column asks for (不可读的单元格); ``code`` is the problem it makes.

    Its row is left aside, unless it ``is_harmless``: then the row is read without the cell. ``part`` is the part of the cell that
    is to blame, where it is not the whole.
    """

    def __init__(
        self,
        code: str,
        expected: str = "",
        detail: Mapping[str, str] | None = None,
        *,
        part: str = "",
        is_harmless: bool = False,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.expected = expected
        self.detail = detail or {}
        self.part = part
        self.is_harmless = is_harmless


def clean(text: str) -> str:
    """A text without white space around it, inner white space as one space, and without Excel's leading apostrophe.

    Raises:
        Unreadable: for characters that were lost in a conversion or that command a terminal or the direction of writing.
    """
    if not text.isprintable() or text[:1] == " " or text[-1:] == " " or "  " in text:
        if _REPLACEMENT in text:
            raise Unreadable("broken-characters")
        if _CONTROL.search(text):
            raise Unreadable("control-characters")
        text = _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()
    elif _REPLACEMENT in text:
        raise Unreadable("broken-characters")
    if len(text) > LONGEST_CELL:
        raise Unreadable("cell-too-long", str(LONGEST_CELL))
    return "" if text in _NO_VALUE else text.removeprefix("'").strip()


def refuse_formula(text: str) -> str:
    """The same text, unless a table program would compute it."""
    if text.startswith(_FORMULA_STARTS):
        raise Unreadable("formula-text")
    return text


def cell_text(raw: Raw) -> str:
    """The text of a cell in which text or a number is expected; "" when it is empty.

    Raises:
        Unreadable: for dates and flags (the table program took a text for something else), and for lost digits.
    """
    if isinstance(raw, str):
        return clean(raw)
    if raw is None:
        return ""
    if isinstance(raw, Unusable):
        raise Unreadable(raw.code)
    if isinstance(raw, bool | date | datetime | time | timedelta | tuple):
        raise Unreadable("not-text")
    return number_text(raw)


def number_text(number: int | float | Decimal) -> str:
    """A number in plain digits, as the table program shows it.

    Raises:
        Unreadable: when it is no finite number, or longer than what a table program keeps.
    """
    if isinstance(number, int):
        return str(number)
    exact = number if isinstance(number, Decimal) else Decimal(repr(number))
    if not exact.is_finite():
        raise Unreadable("not-finite")
    if isinstance(number, float):
        exact = _without_noise(exact)
    if abs(exact.adjusted()) > 2 * DIGITS_KEPT:
        raise Unreadable("digits-lost", str(DIGITS_KEPT))
    plain = f"{exact:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _without_noise(exact: Decimal) -> Decimal:
    """The number with 15 digits, unless more than the noise of binary fractions would go."""
    if exact.adjusted() >= DIGITS_KEPT:
        raise Unreadable("digits-lost", str(DIGITS_KEPT))
    rounded = _FIFTEEN.plus(exact)
    if abs(rounded - exact) >= _NOISE:
        raise Unreadable("digits-lost", str(DIGITS_KEPT))
    return rounded
