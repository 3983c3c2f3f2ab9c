"""One form for characters that print alike, with the way back to the original (规范化).

Official texts mix full and half width, straight and curly quotes, five dashes, and are broken by spaces and page breaks
in the middle of words. Comparison needs one form; a message needs the place in the file. So every character of the
normalised text knows where it stood.

The one form is half width wherever ASCII has the mark (``, ; : ( ) " ' % + . ~ [ ]``, digits, Latin letters), with ``-``
for every dash and ``:`` for every ratio sign; Chinese marks without such a twin (``。、《》〔〕…``) stay. Characters are replaced
one for one, and only white space goes: nothing else is ever lost or added.

>>> normalise("给予 200 万元（不含税）").text
'给予200万元(不含税)'
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import chain

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Characters without width that scanners and word processors leave behind; counted as white space."""

_BLOCKS = (
    range(0x2E80, 0x2FD6),  # radicals: a PDF often yields ⼯ for 工
    range(0xF900, 0xFB00),  # compatibility ideographs
    range(0xFE10, 0xFE70),  # vertical and small forms
    range(0xFF01, 0xFFF0),  # full width Latin, half width Chinese
)
_ALIKE = {
    '"': "“”„‟〝〞",
    "'": "‘’‚‛",
    "-": "‐‑‒–—―─━−﹘﹣－",
    "~": "〜∼",
    ":": "∶꞉",
}


def _folding() -> dict[int, str]:
    """The replacements: compatibility forms of one character, then the families that print alike."""
    forms = {code: unicodedata.normalize("NFKC", chr(code)) for code in chain(*_BLOCKS)}
    folding = {
        code: form
        for code, form in forms.items()
        if len(form) == 1 and form != chr(code) and not form.isspace()
    }
    folding.update({ord(variant): form for form, variants in _ALIKE.items() for variant in variants})
    return {code: "-" if form in _ALIKE["-"] else form for code, form in folding.items()}


_FOLDING = _folding()
_VISIBLE = re.compile(rf"[^\s{INVISIBLE}]+")
_WHITE = re.compile(rf"[\s{INVISIBLE}]+")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text in its one form (规范文本). ``origin[i]`` is the offset in ``original`` of the character ``text[i]``."""

    original: str
    text: str
    origin: tuple[int, ...]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the original, white space inside included and around it left out."""
        if start < end:
            return self.origin[start], self.origin[end - 1] + 1
        place = self.origin[start] if start < len(self.origin) else len(self.original)
        return place, place

    def written(self, start: int, end: int) -> str:
        """``text[start:end]`` as the original writes it, without white space."""
        first, last = self.original_span(start, end)
        return without_white_space(self.original[first:last])


def normalise(text: str) -> Normalised:
    """Bring a text into its one form, keeping every position."""
    runs = [(match.start(), match.end()) for match in _VISIBLE.finditer(text)]
    visible = "".join(text[start:end] for start, end in runs)
    origin = tuple(chain.from_iterable(range(start, end) for start, end in runs))
    return Normalised(text, visible.translate(_FOLDING), origin)


def fold(text: str) -> str:
    """A text in its one form, when positions do not matter: to compare titles, names, clause marks."""
    return without_white_space(text).translate(_FOLDING)


def without_white_space(text: str) -> str:
    """The same characters without white space and invisible ones."""
    return _WHITE.sub("", text)
