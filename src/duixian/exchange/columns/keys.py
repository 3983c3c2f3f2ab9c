"""Numbers that come twice (重复编号): found by their hashes, so that twenty million of them need eight bytes each.

Equal texts have equal hashes; the few that only seem equal are read row by row as well, and turn out to be different there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

Keys = npt.NDArray[np.uint64]


def keys_of(array: Any) -> Keys:
    """A key for each text of an Arrow array; that of a null means nothing."""
    series = pl.from_arrow(array)
    assert isinstance(series, pl.Series)
    return series.hash().to_numpy()


def repeated(keys: Sequence[Keys]) -> Keys:
    """The keys that come more than once in all of these, each once."""
    ordered = np.concatenate([np.empty(0, np.uint64), *keys])
    ordered.sort()
    return np.unique(ordered[1:][ordered[1:] == ordered[:-1]])


def places_of(keys: Keys, sought: Keys) -> npt.NDArray[np.int64]:
    """Where those stand that are among ``sought``, which rise."""
    if not len(sought):
        return np.empty(0, np.int64)
    nearest = np.minimum(np.searchsorted(sought, keys), len(sought) - 1)
    return np.flatnonzero(sought[nearest] == keys)
