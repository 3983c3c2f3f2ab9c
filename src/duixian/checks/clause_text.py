"""The text of a clause as checks look at it (条款正文): its quantities, its sentences, and where words stand in them.

Words are looked for as titles are read: white space, quotes and 《》 set aside, widths and brackets of one form. So
``专精特新"小巨人"`` in the text is found by the alias 专精特新小巨人.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

from duixian.source.normalise import normalise
from duixian.source.quantities import Unread, find_quantities, unread_digits
from duixian.source.quantity import Quantity
from duixian.source.titles import title_key

SENTENCE_ENDS = frozenset("。;!?")
"""What ends a sentence, in the normalised form (；reads ;). An amount and its title stand between two of these."""


@dataclass(frozen=True, slots=True)
class ClauseText:
    """A clause's text, read once (正文的识读).

    ``words`` is the text in the form in which titles compare; ``origin[i]`` is the offset in the text of ``words[i]``;
    ``sentences`` are spans of ``words``.
    """

    quantities: tuple[Quantity, ...]
    unread: tuple[Unread, ...]
    words: str
    origin: tuple[int, ...]
    sentences: tuple[tuple[int, int], ...]

    def index_of(self, offset: int) -> int:
        """The index in ``words`` of the first character at or after an offset of the text."""
        return bisect_left(self.origin, offset)

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """The sentence around an offset of the text."""
        place = self.index_of(offset)
        starts = [start for start, _ in self.sentences]
        return self.sentences[max(bisect_right(starts, place) - 1, 0)]

    def places_of(self, word: str, span: tuple[int, int]) -> tuple[int, ...]:
        """The offsets in the text at which a word stands inside a span of ``words``."""
        key, places = title_key(word), []
        found = self.words.find(key, *span) if key else -1
        while found >= 0:
            places.append(self.origin[found])
            found = self.words.find(key, found + 1, span[1])
        return tuple(places)

    def says(self, word: str, span: tuple[int, int] | None = None) -> bool:
        """Whether a word stands in a span of ``words``, or anywhere."""
        key = title_key(word)
        return bool(key) and self.words.find(key, *(span or (0, len(self.words)))) >= 0

    def span_of(self, phrase: str) -> tuple[tuple[int, int], ...]:
        """Where a phrase stands: spans of the text."""
        length = len(title_key(phrase))
        spans = []
        for start in self.places_of(phrase, (0, len(self.words))):
            last = self.index_of(start) + length - 1
            spans.append((start, self.origin[last] + 1))
        return tuple(spans)


@lru_cache(maxsize=1024)
def read_clause_text(text: str) -> ClauseText:
    """The text of a clause, recognised; remembered, since several checks ask for it."""
    normalised = normalise(text)
    kept = [
        (character, place)
        for character, place in zip(normalised.text, normalised.origin, strict=True)
        if title_key(character)
    ]
    words = "".join(character for character, _ in kept)
    return ClauseText(
        find_quantities(text),
        unread_digits(text),
        words,
        tuple(place for _, place in kept),
        _sentences(words),
    )


def _sentences(words: str) -> tuple[tuple[int, int], ...]:
    ends = [place + 1 for place, character in enumerate(words) if character in SENTENCE_ENDS]
    if not ends or ends[-1] < len(words):
        ends.append(len(words))
    return tuple(zip([0, *ends[:-1]], ends, strict=True))
