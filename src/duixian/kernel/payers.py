"""Who pays (分担): the rule of a document for a clause and an area, found once for every kind of enterprise."""

from __future__ import annotations

from math import gcd

from duixian.kernel import words as w
from duixian.kernel.book import Basis, Book
from duixian.kernel.still import Shape
from duixian.kernel.values import day_word
from duixian.kernel.variant import Variant
from duixian.kernel.widths import LARGEST, reciprocal
from duixian.rules import house_words as house
from duixian.rules.policy import Remainder, ShareRule
from duixian.rules.region import FiscalShare, Region

FOREVER = 2**62


class Payers:
    """The payers of every clause in every area (承担方), written into the image when first asked for."""

    def __init__(self, book: Book, region: Region) -> None:
        self._book, self._region = book, region
        self._known: dict[tuple[object, ...], int] = {}

    def at(self, variant: Variant, shape: Shape) -> int:
        """Where the payer of a measure stands for enterprises of a shape."""
        area = str(shape.values.get(house.AREA, ""))
        key = (variant.payer_key, area)
        if key not in self._known:
            self._known[key] = self._book.write(self._find(variant, area))
        return self._known[key]

    def _find(self, variant: Variant, area: str) -> list[int]:
        """The first rule of the document that fits the clause and, when it is known, the area."""
        number, clause, remainders = variant.payer_key
        for rule, remainder in zip(variant.policy.shares, remainders, strict=True):
            if rule.clauses and clause not in rule.clauses:
                continue
            if not area:
                return self._open(rule)
            if not rule.areas or self._region.lies_in(area, rule.areas):
                return self._payer(rule, remainder is Remainder.CITY, area, number, clause)
        return [w.PAYS_OPEN, *ratio_words(0, 1), self._book.basis(Basis("", "", None)), 0, 0]

    def _open(self, rule: ShareRule) -> list[int]:
        return [w.PAYS_OPEN, *ratio_words(0, 1), self._book.basis(Basis(rule.basis, rule.clause, None)), 0, 0]

    def _payer(self, rule: ShareRule, to_city: bool, area: str, number: str, clause: str) -> list[int]:
        if rule.ratio is not None:
            basis = self._book.basis(Basis(rule.basis, rule.clause, rule.ratio))
            return [w.PAYS_RATIO, *ratio_words(*rule.ratio, to_city=to_city), basis, 0, 0]
        lines = [
            each
            for each in self._region.fiscal_table
            if each.area == area and each.document in ("", number) and each.clause in ("", clause)
        ]
        # The most specific line first; of equal ones the first in the table.
        lines.sort(key=_specific, reverse=True)
        at = self._book.write([word for each in lines for word in self._line(each, rule, to_city=to_city)])
        record = self._open(rule)
        record[w.Y_TYPE] = w.PAYS_BY_TABLE
        record[w.Y_LINES], record[w.Y_LINE_COUNT] = at, len(lines)
        return record

    def _line(self, line: FiscalShare, rule: ShareRule, *, to_city: bool) -> list[int]:
        basis = self._book.basis(Basis(line.basis, rule.clause, (line.city_part, line.county_part)))
        until = FOREVER if line.valid_to is None else day_word(line.valid_to)
        ratio = ratio_words(line.city_part, line.county_part, to_city=to_city)
        return [w.PAYS_RATIO, *ratio, basis, day_word(line.valid_from), until]


def ratio_words(city: int, county: int, *, to_city: bool = False) -> list[int]:
    """A ratio as it stands in a payer: parts, whole, who gets the rest, the largest amount that is safe with the parts, and what divides by
    the whole.
    """
    common = gcd(city, county)
    parts, whole = (county if to_city else city) // common, (city + county) // common
    return [parts, whole, int(to_city), (LARGEST - 1) // max(parts, 1), *reciprocal(whole)]


def _specific(line: FiscalShare) -> tuple[bool, bool, int]:
    return (line.clause != "", line.document != "", day_word(line.valid_from))
