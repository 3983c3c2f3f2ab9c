"""Where each enterprise's facts begin (起点): a sorted column of enterprises as offsets."""

from __future__ import annotations

import numpy as np

from bench.world.columns import Columns, Int32


def starts(enterprise: Int32, columns: Columns) -> Int32:
    """For every enterprise of a stretch the place of its first fact, and at the end the number of all facts."""
    first, count = columns.enterprises.first, len(columns.enterprises)
    return np.searchsorted(enterprise, np.arange(first, first + count + 1)).astype(np.int32)
