"""Texts within a few slips of a given one (相近文字), found without comparing it to all of them.

A slip is a wrong, missing or extra character, or two neighbours swapped (optimal string alignment, by rapidfuzz).
Of 字号 with 行业 every fifth character may be a slip, and one of four: 字号 of two characters with 行业 of two is the commonest
name of all. Of a whole name, one character may: it may sit in the place or the legal form.

A text of n characters with at most k slips keeps n - k of them. So of any k + 1 characters of the one asked for at least
one is in the other: it is enough to look where the rarest k + 1 occur, and nothing near is lost this way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST_INNER = 4
_MOST_SLIPS = 20


def slips_in_core(length: int) -> int:
    """How many slips 字号 with 行业 of this length may have (the longer of both texts counts)."""
    return 1 if length == 4 else length // 5


def slips_in_name(length: int) -> int:
    """How many slips a whole name of this length may have."""
    return 1 if length > 4 else 0


class Nearby:
    """Known texts by the characters that occur in them (相近文字索引), and the slips that a text may have."""

    def __init__(self, texts: Iterable[str], slips: Callable[[int], int]) -> None:
        self._texts = sorted(set(texts))
        self._slips = slips
        self._where: dict[str, list[int]] = {}
        for number, text in enumerate(self._texts):
            for char in set(text):
                self._where.setdefault(char, []).append(number)

    def near(self, text: str) -> list[str]:
        """The known texts within the allowed slips, the text itself among them."""
        most = self._most_slips(len(text))
        choices = [self._texts[number] for number in sorted(self._keeping_all_but(most, text))]
        found = process.extract(
            text, choices, scorer=OSA.distance, processor=None, limit=None, score_cutoff=most
        )
        return [other for other, slips, _ in found if slips <= self._slips(max(len(text), len(other)))]

    def beginning_with(self, text: str) -> list[str]:
        """The longer known texts that begin with this one."""
        return [other for other in self._holding(text) if other.startswith(text) and other != text]

    def containing(self, text: str) -> list[str]:
        """The longer known texts that begin with this one, or hold its four or more characters anywhere."""
        if len(text) < _SHORTEST_INNER:
            return self.beginning_with(text)
        return [other for other in self._holding(text) if text in other and other != text]

    def _most_slips(self, length: int) -> int:
        """The most slips to any other text: a longer one may allow more, if it is not too long to be reached."""
        reach = range(length, length + _MOST_SLIPS)
        return max(
            self._slips(longer)
            for longer in reach
            if longer - length <= self._slips(longer) or longer == length
        )

    def _keeping_all_but(self, slips: int, text: str) -> set[int]:
        """The numbers of all texts that may keep all but so many characters of this one."""
        rarest = sorted(text, key=self._count)[: slips + 1]
        return {number for char in set(rarest) for number in self._where.get(char, ())}

    def _holding(self, text: str) -> Iterable[str]:
        """The texts that hold the rarest character of this one."""
        rarest = min(text, key=self._count, default="")
        return (self._texts[number] for number in self._where.get(rarest, ()))

    def _count(self, char: str) -> int:
        return len(self._where.get(char, ()))


def likeness(one: str, other: str) -> int:
    """How much of two texts agrees, in percent of the longer, rounded down."""
    longer = max(len(one), len(other))
    return 100 * (longer - slips_between(one, other)) // longer if longer else 100


def slips_between(one: str, other: str) -> int:
    """The number of slips that turn one text into the other."""
    return int(OSA.distance(one, other))
