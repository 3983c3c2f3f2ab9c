"""Every quantity of an official text, with its place (量的识读).

The text is normalised, its numbering is set aside, and at each place where a number may begin the forms are tried in
order; the first that fits wins. What no form explains is never dropped: :func:`unread_digits` reports it.

>>> [quantity.written for quantity in find_quantities("省级三、四、五级分别给予 10 万元、20万元、30万元")]
['三', '四', '五级', '10万元', '20万元', '30万元']
>>> read_quantity("40万元#2")
Reading(kind=<QuantityKind.MONEY: '金额'>, value=40000000, occurrence=2)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from duixian.source.forms import FORMS, NAMES_FROM_DIGITS
from duixian.source.labels import find_numbering
from duixian.source.measured import MEASURED
from duixian.source.normalise import Normalised, normalise
from duixian.source.numerals import NUMERAL_CHARACTERS
from duixian.source.quantity import Label, LabelKind, Quantity, QuantityKind, Reading, Value
from duixian.source.recogniser import Found, Recogniser

RECOGNISERS: tuple[Recogniser, ...] = (*FORMS, *MEASURED, NAMES_FROM_DIGITS)

_HIDDEN = "\0"
_MAY_BEGIN = re.compile(rf"[0-9A-Za-z第半〔\[(【{NUMERAL_CHARACTERS}]")
_BROKEN_NUMBER = re.compile(r"\d\s+\d")
# 5，100家 is five and a hundred; only the ASCII comma, without a space, groups thousands.
_COMMA_BETWEEN = re.compile(r"(?<=\d)(?:\s+,\s*|,\s+|\s*[，﹐]\s*)(?=\d)")
_OCCURRENCE = re.compile(r"(?P<quantity>.+)[#＃]\s*(?P<occurrence>[1-9][0-9]?)\s*", re.DOTALL)
_LONGEST = 60


class NotAQuantity(ValueError):
    """The text is no quantity, more than one, or a quantity among other words."""


class Unread(NamedTuple):
    """Digits that no form explains (未识读的数字): offsets in the original, and the digits."""

    start: int
    end: int
    written: str


@dataclass(frozen=True, slots=True)
class _Scan:
    """All that was recognised in a text, in order."""

    normalised: Normalised
    found: tuple[Found, ...]
    numbering: tuple[tuple[int, int], ...]


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a clause in the order of the text, with offsets in the text as given."""
    scan = _scan(text)
    seen: Counter[tuple[QuantityKind, Value]] = Counter()
    quantities = []
    for found in scan.found:
        if isinstance(found.kind, QuantityKind) and found.value is not None:
            key = found.kind, found.value
            seen[key] += 1
            written, start, end = _place(scan.normalised, found)
            quantities.append(Quantity(found.kind, found.value, written, start, end, seen[key]))
    return tuple(quantities)


def find_labels(text: str) -> tuple[Label, ...]:
    """Where the text uses numbers that measure nothing: numbering, references, names, set phrases."""
    scan = _scan(text)
    marks = [Label(LabelKind.NUMBER, text[start:end], start, end) for start, end in scan.numbering]
    named = [
        Label(found.kind, *_place(scan.normalised, found))
        for found in scan.found
        if isinstance(found.kind, LabelKind)
    ]
    return tuple(sorted(marks + named, key=lambda each: each.start))


def unread_digits(text: str) -> tuple[Unread, ...]:
    """The digits that are in no quantity and no label; a number that white space breaks is one of them."""
    scan = _scan(text)
    hidden = bytearray(len(scan.normalised.text))
    for found in scan.found:
        hidden[found.start : found.end] = b"\1" * (found.end - found.start)
    marked = {place for start, end in scan.numbering for place in range(start, end)}
    unread = []
    for digits in re.finditer(r"\d+", scan.normalised.text):
        start, end = scan.normalised.original_span(*digits.span())
        if not hidden[digits.start()] and start not in marked:
            unread.append(Unread(start, end, scan.normalised.written(*digits.span())))
    return tuple(unread)


def read_quantity(text: str) -> Reading:
    """Read one quantity as a rule writes it: ``80万元``, ``12%``, ``3:7``, ``2星级``, ``40万元#2``.

    Raises:
        NotAQuantity: for anything that is not exactly one quantity.
    """
    numbered = _OCCURRENCE.fullmatch(text) if len(text) <= _LONGEST else None
    scan = _scan(numbered["quantity"] if numbered else text[:_LONGEST])
    if len(text) > _LONGEST or len(scan.found) != 1:
        raise NotAQuantity(text[:_LONGEST])
    found = scan.found[0]
    around = scan.normalised.text[: found.start] + scan.normalised.text[found.end :]
    if not isinstance(found.kind, QuantityKind) or found.value is None or around.strip('"'):
        raise NotAQuantity(text[:_LONGEST])
    return Reading(found.kind, found.value, int(numbered["occurrence"]) if numbered else None)


def _place(normalised: Normalised, found: Found) -> tuple[str, int, int]:
    return normalised.written(found.start, found.end), *normalised.original_span(found.start, found.end)


def _scan(text: str) -> _Scan:
    normalised = normalise(text)
    numbering = tuple(find_numbering(text))
    commas = (match.span() for match in _COMMA_BETWEEN.finditer(text))
    readable = _without(normalised, (*numbering, *commas))
    return _Scan(normalised, tuple(_recognise(readable, normalised)), numbering)


def _without(normalised: Normalised, spans: tuple[tuple[int, int], ...]) -> str:
    """The normalised text with these spans of the original hidden, all offsets kept."""
    hidden = {place for span in spans for place in range(*span)}
    if not hidden:
        return normalised.text
    pairs = zip(normalised.text, normalised.origin, strict=True)
    return "".join(_HIDDEN if place in hidden else character for character, place in pairs)


def _recognise(text: str, normalised: Normalised) -> Iterator[Found]:
    place = 0
    while beginning := _MAY_BEGIN.search(text, place):
        place = beginning.start() + 1
        for form in RECOGNISERS:
            match = form.pattern.match(text, beginning.start())
            found = form.read(match) if match else None
            if match is not None and found is not None:
                first, last = normalised.original_span(*match.span())
                # Whether 20 0万元 is 200 or 20 and 0 cannot be known: the digits stay unread.
                if not _BROKEN_NUMBER.search(normalised.original, first, last):
                    yield from found
                place = match.end()
                break
