"""Step 5, share (分担): city and county parts in fen that add up exactly; an unknown fiscal rule stays open."""

from __future__ import annotations

from duixian.kernel import words as w
from duixian.kernel.compiled import compiled
from duixian.kernel.dividing import quotient
from duixian.kernel.words import Words

MISSING = w.MISSING


@compiled
def share(image: Words, payer: int, awards: Words, award: int) -> tuple[int, int]:
    """The city's part of an award, missing while the rule of who pays is open, and the basis of sharing."""
    line = payer
    if image[payer + w.Y_TYPE] == w.PAYS_BY_TABLE:
        line = line_of(image, payer, awards[award + w.O_DAY])
    if image[line + w.Y_TYPE] != w.PAYS_RATIO:
        return MISSING, image[line + w.Y_BASIS]
    return city_part(image, line, awards[award + w.O_AMOUNT]), image[line + w.Y_BASIS]


@compiled
def city_part(image: Words, at: int, amount: int) -> int:
    """The city's part by the ratio that stands at ``at``: rounded down for the one, the rest to the other, so that they add up."""
    parts, whole = image[at + w.Y_PARTS], image[at + w.Y_WHOLE]
    exact = quotient(min(amount, image[at + w.Y_SAFE]) * parts, image[at + w.Y_FACTOR], image[at + w.Y_SHIFT])
    if amount > image[at + w.Y_SAFE]:
        exact = amount // whole * parts + amount % whole * parts // whole
    return amount - exact if image[at + w.Y_TO_CITY] != 0 else exact


@compiled
def line_of(image: Words, payer: int, day: int) -> int:
    """The first line of the fiscal table that holds on the day; the most specific ones come first. The payer itself when there is none."""
    for number in range(image[payer + w.Y_LINE_COUNT]):
        line = image[payer + w.Y_LINES] + number * w.FISCAL_LINE
        if image[line + w.T_FROM] <= day <= image[line + w.T_TO]:
            return line
    return payer
