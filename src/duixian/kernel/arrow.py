"""Arrow columns as arrays of words (列的读取): texts as bytes and offsets, codes as numbers that order alike, names as small numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from duixian.kernel import words as w
from duixian.kernel.gathering import add_known_part, add_part, code_words, fill_missing
from duixian.kernel.shapes import OTHER
from duixian.kernel.values import DAY, NUMBER, SEVERAL
from duixian.kernel.words import Words
from duixian.rules.vocabulary import FieldType

WIDEST_CODE = 24
_WORD = 8


class Texts(NamedTuple):
    """A column of texts (文本列): ``data`` holds them one after the other, text *i* from ``offsets[i]`` to ``offsets[i + 1]``."""

    array: Any
    offsets: Words
    data: npt.NDArray[np.uint8]


def whole(column: Any) -> Any:
    """A column in one piece."""
    if isinstance(column, pa.ChunkedArray):
        return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    return column


def plain_texts(column: Any) -> Any:
    """A column of texts without a dictionary, as large strings."""
    array = whole(column)
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    return array if pa.types.is_large_string(array.type) else array.cast(pa.large_string())


def told_texts(column: Any, type_: FieldType) -> Any:
    """What a column of any type says, as texts that are equal only where its values are (see ``values.told``)."""
    array = whole(column)
    if type_ is FieldType.DATE:
        return _after(DAY, array.cast(pa.string()))
    if not is_of_texts(array.type):
        return _after(NUMBER, array.cast(pa.int64()).cast(pa.string()))
    return _after(SEVERAL, array) if type_ is FieldType.OPTIONS else array


def is_of_texts(type_: Any) -> bool:
    """Whether a column of this Arrow type holds texts, by themselves or as a dictionary."""
    held = type_.value_type if pa.types.is_dictionary(type_) else type_
    return bool(pa.types.is_string(held) or pa.types.is_large_string(held) or pa.types.is_string_view(held))


def _after(mark: str, array: Any) -> Any:
    return pc.binary_join_element_wise(
        pa.scalar(mark, pa.large_string()), plain_texts(array), pa.scalar("", pa.large_string())
    )


def texts(columns: Sequence[Any]) -> Texts:
    """Several columns of texts, one after the other; a missing text is an empty one, told apart by whoever reads it."""
    arrays = [plain_texts(each) for each in columns]
    if len(arrays) == 1:
        array = arrays[0]
    else:
        array = pa.concat_arrays(arrays) if arrays else pa.array([], pa.large_string())
    _, offsets, data = array.buffers()
    start = array.offset
    places = (
        np.frombuffer(offsets, np.int64)[start : start + len(array) + 1] if offsets else np.zeros(1, np.int64)
    )
    bytes_ = np.frombuffer(data, np.uint8) if data else np.zeros(1, np.uint8)
    return Texts(array, places, bytes_)


def code_texts(column: Any) -> Texts:
    """A column of codes as it is where it can be: their bytes are all that is looked at."""
    array = whole(column)
    if not pa.types.is_string(array.type) or not len(array):
        return texts([array])
    _, offsets, data = array.buffers()
    ends: Any = np.frombuffer(offsets, np.int32)[array.offset : array.offset + len(array) + 1]
    return Texts(array, ends, np.frombuffer(data, np.uint8) if data else np.zeros(1, np.uint8))


def code_keys(*columns: Texts) -> npt.NDArray[np.uint64]:
    """The codes of some columns, one after the other, as three numbers each, which order as the codes do."""
    filled = [each for each in columns if len(each.array)]
    lengths = [np.diff(each.offsets) for each in filled]
    longest = max((int(each.max()) for each in lengths), default=0)
    if longest > WIDEST_CODE:
        return _ranks(pa.concat_arrays([plain_texts(each.array) for each in filled]))
    keys = np.empty((sum(map(len, lengths)), 3), np.uint64)
    is_even = longest >= _WORD and min(int(each.min()) for each in lengths) == longest
    at = 0
    for codes in filled:
        part = keys[at : at + len(codes.array)]
        at += len(part)
        if is_even:
            _even_words(codes, longest, part)
        else:
            code_words(codes.offsets, codes.data, eights_of(codes.data), part)
    return keys


def eights_of(data: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint64]:
    """The eight bytes that begin at each byte, as one word each, the first byte lowest; without a copy."""
    return np.ndarray(max(len(data) - _WORD + 1, 0), "<u8", data, 0, (1,))


def _even_words(codes: Texts, length: int, keys: npt.NDArray[np.uint64]) -> None:
    """The words of codes that are all of one length. They may share bytes: what they share is equal whenever the later one is looked at."""
    first = int(codes.offsets[0])
    for word, place in enumerate((0, min(_WORD, length - _WORD), length - _WORD)):
        keys[:, word] = np.ndarray(len(keys), ">u8", codes.data, first + place, (length,))


def _ranks(codes: Any) -> npt.NDArray[np.uint64]:
    """Codes longer than three numbers, by their rank among all."""
    encoded = codes.dictionary_encode()
    order = pc.sort_indices(encoded.dictionary).to_numpy()
    rank = np.empty(len(order), np.uint64)
    rank[order] = np.arange(len(order), dtype=np.uint64)
    keys = np.zeros((len(codes), 3), np.uint64)
    keys[:, 0] = rank[encoded.indices.to_numpy(zero_copy_only=False)]
    return keys


def numbers(column: Any) -> Words:
    """A column of numbers, days or flags as words; what is missing is MISSING."""
    array = whole(column)
    if pa.types.is_date32(array.type):
        array = array.view(pa.int32())
    if not pa.types.is_int64(array.type):
        array = array.cast(pa.int64())
    if array.null_count:
        array = pc.fill_null(array, w.MISSING)
    found: Words = array.to_numpy(zero_copy_only=False)
    return found


class Coded(NamedTuple):
    """A column of names as places in a list (编号列): -1 where it is missing."""

    places: npt.NDArray[np.integer]
    names: list[Any]

    def add_to(self, numbers: Words) -> None:
        """Let numbers of combinations tell this column as well."""
        add_part(numbers, self.places, len(self.names) + 1)


class Listed(NamedTuple):
    """A column that is a list of names already (名单列): ``array`` is its dictionary array."""

    array: Any
    names: list[Any]

    def add_to(self, numbers: Words) -> None:
        """Let numbers of combinations tell this column as well."""
        indices, width = self.array.indices, len(self.names) + 1
        if not indices.null_count:
            add_part(numbers, _places(indices), width)
            return
        known, held = indices.buffers()
        places = np.frombuffer(held, indices.type.to_pandas_dtype())[
            indices.offset : indices.offset + len(indices)
        ]
        add_known_part(numbers, places, np.frombuffer(known, np.uint8), indices.offset, width)

    @property
    def places(self) -> npt.NDArray[np.integer]:
        """The place of each row's name; -1 where it is missing."""
        return _places(self.array.indices)


def coded(column: Any, asked: frozenset[str] | None = None) -> Coded | Listed:
    """The names of a column; with ``asked``, all others are one and the same."""
    array = whole(column)
    if pa.types.is_boolean(array.type):
        return Coded(numbers(array.cast(pa.int64())).clip(-1), [False, True])
    if asked is not None:
        return _asked(plain_texts(array), sorted(asked))
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    return Listed(array, array.dictionary.to_pylist())


def _places(indices: Any) -> npt.NDArray[np.integer]:
    """The places of a list; -1 where none is told."""
    if not indices.null_count:
        found: npt.NDArray[np.integer] = indices.to_numpy(zero_copy_only=False)
        return found
    known, held = indices.buffers()
    places = np.frombuffer(held, indices.type.to_pandas_dtype())[
        indices.offset : indices.offset + len(indices)
    ]
    filled = np.empty(len(places), np.int64)
    fill_missing(places, np.frombuffer(known, np.uint8), indices.offset, filled)
    return filled


def _asked(array: Any, names: list[str]) -> Coded:
    other = len(names)
    places = pc.fill_null(pc.index_in(array, pa.array(names, pa.large_string())), other)
    found = places.to_numpy(zero_copy_only=False).astype(np.int64)
    if array.null_count:
        found[array.is_null().to_numpy(zero_copy_only=False)] = -1
    return Coded(found, [*names, OTHER])
