"""Invented names that nobody bears (虚构名称): every one begins with 示例 and ends with （虚构）, and none comes twice.

No registry enters a name with such marks, so a row of the demo can never be taken for a real enterprise, wherever it is
copied to. The trade names are pairs of rare characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

BEGINS, ENDS = "示例", "（虚构）"
"""The two marks of a synthetic name."""

_FIRST = "昭澜砚沐岚屿泽禾瀚汐曜翊骁霁棠榕筠苇芷蔚溯漪洵浔淙铄锦钧铭镒琛珩琅璟瑾琰珞玥"
_SECOND = "辰舟岳川野陌翎羽鹭隼麓峤岑峦垚域沄渡湾汀泊涌晖晟昀昕朔弦律衡榆枫楷梓檀樾"
_FORMS = (*(["有限公司"] * 8), "股份有限公司", "集团有限公司")
_TRIES = 1_000


def is_marked(name: str) -> bool:
    """Whether a name carries both marks of a synthetic body."""
    return name.startswith(BEGINS) and name.endswith(ENDS)


def trade_name(rng: Random) -> str:
    """Two rare characters (字号)."""
    return rng.choice(_FIRST) + rng.choice(_SECOND)


class NameMaker:
    """Makes names of enterprises and other bodies, each once (起名)."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._given: set[str] = set()

    def enterprise(self, place: str, trades: Sequence[str]) -> str:
        """示例 + place + trade name + trade + legal form + （虚构）."""
        return self.body(place, trades, _FORMS)

    def body(self, place: str, kinds: Sequence[str], forms: Sequence[str] = ("",)) -> str:
        """示例 + place + trade name + what the body is + （虚构）, such as 示例赣榆澜川工业园管理委员会（虚构）.

        Raises:
            ValueError: when the names of this pattern are used up.
        """
        for _ in range(_TRIES):
            words = f"{trade_name(self._rng)}{self._rng.choice(kinds)}{self._rng.choice(forms)}"
            name = f"{BEGINS}{place}{words}{ENDS}"
            if name not in self._given:
                self._given.add(name)
                return name
        raise ValueError("no name is left for so many enterprises")
