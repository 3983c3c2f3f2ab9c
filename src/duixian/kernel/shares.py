"""Step 5, share (分担): city and county parts in fen that add up exactly; an unknown fiscal rule stays open."""

from __future__ import annotations

from duixian.kernel import words as w
from duixian.kernel.compiled import compiled
from duixian.kernel.words import Words

MISSING = w.MISSING


@compiled
def share(image: Words, subjects: Words, subject: int, out: Words, first: int, end: int) -> None:
    """Split every payable award of one enterprise between city and county."""
    for award in range(first, end, w.RESULT):
        if out[award + w.O_OUTCOME] != w.PAYABLE:
            continue
        payer = image[image[out[award + w.O_MEASURE] + w.M_PAYERS] + subjects[subject]]
        out[award + w.O_BASIS] = image[payer + w.Y_BASIS]
        type_ = image[payer + w.Y_TYPE]
        if type_ == w.PAYS_OPEN:
            continue
        city, county = image[payer + w.Y_CITY], image[payer + w.Y_COUNTY]
        if type_ == w.PAYS_BY_TABLE:
            line = _line(image, payer, out[award + w.O_DAY])
            if line < 0:
                continue
            city, county = image[line + w.T_CITY], image[line + w.T_COUNTY]
            out[award + w.O_BASIS] = image[line + w.T_BASIS]
        _split(out, award, city, county, image[payer + w.Y_TO_CITY] != 0)


@compiled
def _split(out: Words, award: int, city: int, county: int, to_city: bool) -> None:
    """Rounded down for the one, the rest to the other: the parts add up."""
    amount = out[award + w.O_AMOUNT]
    whole = city + county
    parts = county if to_city else city
    exact = amount // whole * parts + amount % whole * parts // whole
    out[award + w.O_CITY] = amount - exact if to_city else exact
    out[award + w.O_COUNTY] = exact if to_city else amount - exact


@compiled
def _line(image: Words, payer: int, day: int) -> int:
    """The first line of the fiscal table that holds on the day; the most specific ones come first. -1 when there is none."""
    for number in range(image[payer + w.Y_LINE_COUNT]):
        line = image[payer + w.Y_LINES] + number * w.FISCAL_LINE
        if image[line + w.T_FROM] <= day <= image[line + w.T_TO]:
            return line
    return -1
