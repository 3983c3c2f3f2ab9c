"""Which texts stay as they are (无需整理的文本): the rules of ``cell_text.clean``, seen in the bytes of whole columns.

A text is plain when the row reader would give it back letter for letter. Here every text that could be anything else is found,
by bytes that few texts hold; those few are then read one by one, so suspecting a plain text costs time and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from duixian.exchange.columns.text_bytes import TextBytes
from duixian.exchange.tables.cell_text import LONGEST_CELL

Places = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Letters = npt.NDArray[np.uint8]

_Seen: TypeAlias = Callable[[Letters], Mask]
_PIECE = 1 << 18
_SPACE, _DELETE, _PLUS, _ZERO = 0x20, 0x7F, 0x2B, 0x30
# Leading bytes under which white space, invisible or lost characters stand: U+0080, U+1000, U+2000, U+3000, U+F000.
_LATIN_SIGNS, _OGHAM, _MARKS, _CJK_MARKS, _FORMS = 0xC2, 0xE1, 0xE2, 0xE3, 0xEF
_MIDDLE_DOT = 0xB7
# NFKC leaves CJK ideographs alone; these are the leading bytes of U+4000 to U+9FFF.
_FIRST_LEAD, _FIRST_IDEOGRAPH, _LAST_IDEOGRAPH = 0xC0, 0xE4, 0xE9
# What may be taken for a formula, for "no value", or for Excel's apostrophe; and the blocks with such signs in full width.
_DOUBTFUL_STARTS = np.isin(np.arange(256), [*b"'=@+/-\\", _MARKS, _FORMS])


def suspects(texts: TextBytes, *, is_identifier: bool = False) -> Places:
    """The rows whose text may not be plain, in their order; empty rows are not among them.

    An identifier is also brought into half width (NFKC), and must not be a number in scientific notation.
    """
    lengths = texts.lengths
    long = np.flatnonzero(lengths > LONGEST_CELL)
    found = [_doubtful_starts(texts, lengths), long]
    if _are_letters(texts):
        return np.unique(np.concatenate(found))
    found.append(_spaced(texts))
    if is_identifier:
        found.append(texts.rows_at(_found(texts, _no_identifier)))
    else:
        found.append(texts.rows_at(_odd_marks(texts)))
    found.append(texts.rows_at(_found(texts, _control)))
    return np.unique(np.concatenate(found))


def _doubtful_starts(texts: TextBytes, lengths: Places) -> Places:
    """The rows whose first letter makes them doubtful."""
    if len(lengths) and lengths[0] and (lengths == lengths[0]).all():
        return np.flatnonzero(_DOUBTFUL_STARTS[texts.data[:: lengths[0]]])
    filled = np.flatnonzero(lengths)
    doubtful: Places = filled[_DOUBTFUL_STARTS[texts.data[texts.offsets[filled]]]]
    return doubtful


def _are_letters(texts: TextBytes) -> bool:
    """Whether nothing stands there but what comes in ASCII from the digits on: no text is doubtful but by its start or its length."""
    return bool(len(texts.data)) and bool(_ZERO <= texts.data.min() <= texts.data.max() < _DELETE)


def _spaced(texts: TextBytes) -> Places:
    """The rows with a space at an end, or with two side by side."""
    places = _found(texts, lambda piece: piece == _SPACE)
    rows = texts.rows_at(places)
    at_end = (places == texts.offsets[rows]) | (places == texts.offsets[rows + 1] - 1)
    double = texts.data[np.minimum(places + 1, len(texts.data) - 1)] == _SPACE if len(places) else at_end
    spaced: Places = rows[at_end | double]
    return spaced


def _odd_marks(texts: TextBytes) -> Places:
    """The places of white space, invisible and lost characters beyond ASCII."""
    places = _found(texts, _may_lead_to_odd_marks)
    # A text that ends early is no UTF-8; it was refused before, so these places are inside.
    last = max(len(texts.data) - 1, 0)
    lead, second, third = (texts.data[np.minimum(places + step, last)] for step in range(3))
    general = (second == 0x80) & ((third <= 0x8F) | ((third >= 0xA8) & (third <= 0xAF)))
    odd = (lead == _LATIN_SIGNS) & (second != _MIDDLE_DOT)
    odd |= lead == _OGHAM
    odd |= (lead == _MARKS) & (general | (second == 0x81))
    odd |= (lead == _CJK_MARKS) & (second == 0x80) & (third == 0x80)
    odd |= (lead == _FORMS) & (((second == 0xBB) & (third == 0xBF)) | ((second == 0xBF) & (third == 0xBD)))
    found: Places = places[odd]
    return found


def _may_lead_to_odd_marks(piece: Letters) -> Mask:
    seen: Mask = piece == _LATIN_SIGNS
    for lead in (_OGHAM, _MARKS, _CJK_MARKS, _FORMS):
        seen |= piece == lead
    return seen


def _control(piece: Letters) -> Mask:
    seen: Mask = (piece < _SPACE) | (piece == _DELETE)
    return seen


def _no_identifier(piece: Letters) -> Mask:
    seen: Mask = piece == _PLUS
    if (piece >= _FIRST_LEAD).any():
        seen |= (piece >= _FIRST_LEAD) & ((piece < _FIRST_IDEOGRAPH) | (piece > _LAST_IDEOGRAPH))
    return seen


def _found(texts: TextBytes, is_sought: _Seen) -> Places:
    """The places of the bytes that are sought, looked for piece by piece within the processor's cache."""
    return np.concatenate([np.empty(0, np.int64), *_pieces(texts, is_sought)])


def _pieces(texts: TextBytes, is_sought: _Seen) -> Iterator[Places]:
    for start in range(0, len(texts.data), _PIECE):
        seen = is_sought(texts.data[start : start + _PIECE])
        if seen.any():
            yield np.flatnonzero(seen) + start
