"""Credit codes by the million (批量统一社会信用代码): those that ``make_code`` makes, as rows of bytes."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from duixian.credit_code import ALPHABET, LENGTH, MAX_SERIAL

Bytes: TypeAlias = npt.NDArray[np.uint8]

_PREFIX = b"91320700XN"
_SERIAL_DIGITS = 6
_BASE = len(ALPHABET)
_LETTERS = np.frombuffer(ALPHABET.encode("ascii"), dtype=np.uint8)
_ORGANISATION_LETTERS = np.frombuffer(b"0123456789X", dtype=np.uint8)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_WEIGHTS = tuple(pow(3, place, _BASE) for place in range(LENGTH - 1))


def credit_codes(serials: npt.NDArray[np.int64]) -> Bytes:
    """The codes of enterprises registered with the city, one row of 18 bytes for each serial.

    Serials that rise give codes that rise: the letters of the alphabet stand in the order of their bytes.

    Raises:
        ValueError: for a serial below 0 or above ``MAX_SERIAL``.
    """
    if len(serials) and not 0 <= serials.min() <= serials.max() <= MAX_SERIAL:
        raise ValueError("serial out of range")
    codes = np.empty((len(serials), LENGTH), dtype=np.uint8)
    codes[:, : len(_PREFIX)] = np.frombuffer(_PREFIX, dtype=np.uint8)
    rest = serials
    for place in range(len(_PREFIX) + _SERIAL_DIGITS - 1, len(_PREFIX) - 1, -1):
        rest, digit = np.divmod(rest, _BASE)
        codes[:, place] = _LETTERS[digit]
    codes[:, 16] = _ORGANISATION_LETTERS[-_weighed(codes, 8, _ORGANISATION_WEIGHTS, _INT_36) % 11]
    codes[:, 17] = _LETTERS[-_weighed(codes, 0, _WEIGHTS, _VALUES) % _BASE]
    return codes


def _values(of: dict[int, int]) -> npt.NDArray[np.int32]:
    table = np.zeros(256, dtype=np.int32)
    for byte, value in of.items():
        table[byte] = value
    return table


_VALUES = _values({ord(char): value for value, char in enumerate(ALPHABET)})
_INT_36 = _values({ord(char): int(char, 36) for char in ALPHABET})


def _weighed(
    codes: Bytes, first: int, weights: tuple[int, ...], values: npt.NDArray[np.int32]
) -> npt.NDArray[np.int32]:
    total = np.zeros(len(codes), dtype=np.int32)
    for place, weight in enumerate(weights, start=first):
        total += values[codes[:, place]] * np.int32(weight)
    return total
