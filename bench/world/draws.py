"""Random numbers by place, not by turn (按位取数): what an enterprise draws depends on the seed and its own number alone."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Words: TypeAlias = npt.NDArray[np.uint64]
"""64 random bits each."""

_STEP, _FIRST, _SECOND = (
    np.uint64(each) for each in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
)


def draw(seed: int, stream: int, places: npt.NDArray[np.int64]) -> Words:
    """64 bits for every place of a stream: the finalizer of SplitMix64 (Steele, Lea, Flood 2014) over a counter."""
    start = mixed(np.array([(seed << 8) + stream], dtype=np.uint64))
    return mixed(places.astype(np.uint64) * _STEP + start)


def mixed(words: Words) -> Words:
    """Every word thoroughly stirred; different words stay different."""
    words = words ^ (words >> np.uint64(30))
    words *= _FIRST
    words ^= words >> np.uint64(27)
    words *= _SECOND
    words ^= words >> np.uint64(31)
    return words


def bits(words: Words, shift: int, width: int) -> npt.NDArray[np.int64]:
    """``width`` bits of every word from the bit ``shift`` on, as a number from 0."""
    return ((words >> np.uint64(shift)) & np.uint64((1 << width) - 1)).astype(np.int64)
