"""Step 5, share (分担): city and county parts in fen that add up exactly; an unknown fiscal rule stays open."""

from __future__ import annotations

from duixian.kernel import words as w
from duixian.kernel.compiled import compiled
from duixian.kernel.words import Words

MISSING = w.MISSING


@compiled
def share(image: Words, payer: int, awards: Words, award: int) -> tuple[int, int]:
    """The city's part of an award, missing while the rule of who pays is open, and the basis of sharing."""
    type_ = image[payer + w.Y_TYPE]
    if type_ == w.PAYS_RATIO:
        return city_part(image, payer, awards[award + w.O_AMOUNT]), image[payer + w.Y_BASIS]
    if type_ == w.PAYS_BY_TABLE:
        line = _line(image, payer, awards[award + w.O_DAY])
        if line >= 0:
            return city_part(image, line, awards[award + w.O_AMOUNT]), image[line + w.Y_BASIS]
    return MISSING, image[payer + w.Y_BASIS]


@compiled
def city_part(image: Words, at: int, amount: int) -> int:
    """The city's part by the ratio that stands at ``at``: rounded down for the one, the rest to the other, so that they add up."""
    parts, whole = image[at + w.Y_PARTS], image[at + w.Y_WHOLE]
    if amount <= image[at + w.Y_SAFE]:
        exact = amount * parts // whole
    else:
        exact = amount // whole * parts + amount % whole * parts // whole
    return amount - exact if image[at + w.Y_TO_CITY] != 0 else exact


@compiled
def _line(image: Words, payer: int, day: int) -> int:
    """The first line of the fiscal table that holds on the day; the most specific ones come first. -1 when there is none."""
    for number in range(image[payer + w.Y_LINE_COUNT]):
        line = image[payer + w.Y_LINES] + number * w.FISCAL_LINE
        if image[line + w.T_FROM] <= day <= image[line + w.T_TO]:
            return line
    return -1
