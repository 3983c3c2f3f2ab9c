"""Numbers with units (带单位的数): one (20万元), a list that shares its unit (三、四、五级), a range (2—3个), an order (第75次)."""

from __future__ import annotations

import re
from typing import cast

from duixian.source.figures import ARABIC, FIGURE, NUMERAL, NUMERAL_UNIT, UNIT, counts, read_figure
from duixian.source.quantity import (
    Count,
    Grade,
    Number,
    Ordinal,
    QuantityKind,
    Range,
    Simple,
    Term,
    whole_if_possible,
)
from duixian.source.recogniser import Found, recogniser, whole_match
from duixian.source.units import ORDINAL_UNITS, Meaning, any_of, meaning

_JOINTS = "、和或及与"
_TO = "(?:--?|~|至)"
# 50万、10万的: money may drop its 元 after 万 and 亿, where no noun follows that could be counted.
_BARE_MONEY = r"(?<=[万亿])(?=[、,;。)的和及\0]|$)"
_MEMBER = re.compile(f"[^{_JOINTS}]+")


def _read_list(match: re.Match[str]) -> tuple[Found, ...] | None:
    """Each figure is a quantity of its own; unit and scale stand with the last (20、30、40万元)."""
    spans = [figure.span() for figure in _MEMBER.finditer(match.string, match.start(), match.end("figures"))]
    figures = [figure for start, end in spans if (figure := read_figure(match.string[start:end]))]
    if len(figures) < len(spans):
        return None
    unit, shared = match["unit"] or "元", figures[-1][1]
    spans[-1] = (spans[-1][0], match.end())
    senses = [meaning(number * (shared if scale == 1 else scale), unit) for number, scale in figures]
    found = tuple(Found(*sense, *span) for sense, span in zip(senses, spans, strict=True) if sense)
    return found if len(found) == len(spans) else None


def _read_numeral_list(match: re.Match[str]) -> tuple[Found, ...] | None:
    """The same in Chinese, where the first numeral tells whether they count at all."""
    text, (start, end) = match.string, match.span()
    first, unit = _MEMBER.findall(match["figures"])[0], match["unit"]
    if not counts(first, unit, text[max(0, start - 2) : start], text[end : end + 1]):
        return None
    if match["figures"] == "两" and unit in {"级", "档"}:
        # 市、县两级 are two levels; the second is 二级.
        return whole_match(QuantityKind.COUNT, Count(2, unit), match)
    return _read_list(match)


def _read_range(match: re.Match[str]) -> tuple[Found, ...] | None:
    low, high = read_figure(match["low"]), read_figure(match["high"])
    if low is None or high is None:
        return None
    own_unit, unit = match["low_unit"], match["unit"]
    low_scale = high[1] if low[1] == 1 and not own_unit else low[1]
    bottom, top = meaning(low[0] * low_scale, unit), meaning(high[0] * high[1], unit)
    is_span_of_years = own_unit and bottom and bottom[0] is QuantityKind.YEAR
    if own_unit not in {None, unit} or is_span_of_years:
        return None  # 2023年至2025年 begins and ends in years of their own
    return _between(bottom, top, match)


def _read_ordinal(match: re.Match[str]) -> tuple[Found, ...] | None:
    unit = match["unit"]
    low, high = (read_figure(match[end]) if match[end] else None for end in ("low", "high"))
    if low is None or (match["high"] and high is None):
        return None
    first = Ordinal(whole_if_possible(low[0] * low[1]), unit)
    if high is None:
        return whole_match(QuantityKind.ORDINAL, first, match)
    last = Ordinal(whole_if_possible(high[0] * high[1]), unit)
    return _between((QuantityKind.ORDINAL, first), (QuantityKind.ORDINAL, last), match)


def _between(low: Meaning | None, high: Meaning | None, match: re.Match[str]) -> tuple[Found, ...] | None:
    if low is None or high is None or low[0] is not high[0] or _size(low[1]) >= _size(high[1]):
        return None
    return whole_match(QuantityKind.RANGE, Range(low[0], low[1], high[1]), match)


def _size(value: Simple) -> Number:
    match value:
        case Count(number) | Term(number) | Grade(number) | Ordinal(number):
            return number
        case _:
            return cast(Number, value)  # money, shares, years and months are plain numbers


def _read_magnitude(match: re.Match[str]) -> tuple[Found, ...] | None:
    figure = read_figure(match["figure"])
    size = whole_if_possible(figure[0] * figure[1]) if figure else None
    return whole_match(QuantityKind.MAGNITUDE, size, match) if isinstance(size, int) else None


def _ends(figure: str, unit: str) -> str:
    # 2到3个 is a range, 2家到5家 a growth.
    return rf"(?P<low>{figure})(?:(?P<low_unit>{unit}){_TO}|{_TO}|到)(?P<high>{figure})(?P<unit>{unit})"


def _list_of(figure: str) -> str:
    # Bounded: a text of nothing but numbers must not cost the square of its length.
    return rf"(?P<figures>{figure}(?:[{_JOINTS}]{figure}){{0,19}})"


_PLACE = FIGURE.replace("第", "")  # a figure, also right after 第
_PLACES = rf"第(?P<low>{_PLACE})(?:{_TO}第?(?P<high>{_PLACE}))?(?P<unit>{any_of(ORDINAL_UNITS)})"

MEASURED = (
    recogniser(_PLACES, _read_ordinal),
    recogniser(rf"(?P<figure>{FIGURE})(?<=[万亿])(?:元|吨|千瓦)?级", _read_magnitude),
    recogniser(_ends(ARABIC, UNIT), _read_range),
    recogniser(_ends(NUMERAL, NUMERAL_UNIT), _read_range),
    recogniser(rf"{_list_of(ARABIC)}(?:(?P<unit>{UNIT})|{_BARE_MONEY})", _read_list),
    recogniser(rf"{_list_of(NUMERAL)}(?P<unit>{NUMERAL_UNIT})", _read_numeral_list),
)
