"""Credit codes by the million (批量核对统一社会信用代码): the rules of ``read_code``, for whole columns at once.

Nine pairs of characters make a code. One table for each place says what a pair adds to the weighted sum, or that no code has it
there; a code is right when the sum is a multiple of 31.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from duixian.credit_code import ALPHABET, LENGTH, SubjectType, subject_type
from duixian.exchange.columns.text_bytes import TextBytes

Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.bytes_]
"""Codes of 18 bytes each (``S18``), which compare as texts do."""

CODE_TYPE = np.dtype(f"S{LENGTH}")
_PAIRS = LENGTH // 2
_MODULUS = len(ALPHABET)
# More than nine parts of less than 31 come to, so that a pair which no code has there shows in the sum.
_NEVER = 1 << 9
_HEAD_PAIRS, _HEAD = 4, np.dtype("<u8")
_STRIDE = 1 << 16
_REGION_PAIRS = (1, 2, 3)


def are_right(texts: TextBytes) -> Mask:
    """Which texts are credit codes, letter for letter; others may still be codes that are written otherwise."""
    lengths = texts.lengths
    if len(lengths) and lengths.min() == lengths.max() == LENGTH:
        return _are_right(texts.data.reshape(-1, LENGTH))
    right = np.zeros(len(lengths), np.bool_)
    rows = np.flatnonzero(lengths == LENGTH)
    places = texts.offsets[rows, np.newaxis] + np.arange(LENGTH)
    right[rows] = _are_right(texts.data[places])
    return right


def code_bytes(array: Any) -> Codes:
    """Right codes without a missing one as rows of bytes, without a copy where the array is in one piece."""
    return TextBytes.of(array).data.reshape(-1, LENGTH).view(CODE_TYPE).ravel()


def _are_right(letters: npt.NDArray[np.uint8]) -> Mask:
    right = np.empty(len(letters), np.bool_)
    # Piece by piece: the sums of one piece stay in the processor's cache.
    for start in range(0, len(letters), _STRIDE):
        piece = letters[start : start + _STRIDE]
        right[start : start + _STRIDE] = _right_sums().take(_sums(piece))
    return right


def _sums(letters: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint16]:
    """What the pairs of each code come to."""
    pairs, tables = letters.view(np.dtype("<u2")), _tables()
    heads = np.ndarray(len(letters), _HEAD, letters, 0, letters.strides[:1])
    # Codes that go by region begin alike for a long while: what that comes to is the same for all.
    shared = _HEAD_PAIRS if (heads == heads[0]).all() else 0
    total = np.full(
        len(pairs), sum(int(tables[place, pairs[0, place]]) for place in range(shared)), np.uint16
    )
    for place in range(shared, _PAIRS):
        total += tables[place].take(pairs[:, place])
    return total


@cache
def _right_sums() -> Mask:
    """Which sums are those of right codes."""
    sums = np.arange(_PAIRS * _NEVER + 1)
    right: Mask = (sums < _NEVER) & (sums % _MODULUS == 0)
    return right


@cache
def _tables() -> npt.NDArray[np.uint16]:
    """For each pair of places and each pair of bytes (low byte first), the rest of its part of the weighted sum by 31."""
    tables = np.full((_PAIRS, 1 << 16), _NEVER, np.uint16)
    for first, one in enumerate(ALPHABET):
        for second, two in enumerate(ALPHABET):
            key = ord(one) | ord(two) << 8
            for pair in range(_PAIRS):
                if _may_stand(pair, one, two):
                    part = first * _weight(2 * pair) + second * _weight(2 * pair + 1)
                    tables[pair, key] = part % _MODULUS
    return tables


def _may_stand(pair: int, one: str, two: str) -> bool:
    """Whether two characters may stand there. A kind of body that is not known could also begin an identity number."""
    if pair == 0:
        return subject_type(one + two) is not SubjectType.OTHER
    if pair in _REGION_PAIRS:
        return one.isdigit() and two.isdigit() and not (pair == 1 and one == "0")
    return True


def _weight(place: int) -> int:
    """3^i mod 31; the check character itself counts once (GB 32100-2015)."""
    return 1 if place == LENGTH - 1 else pow(3, place, _MODULUS)
