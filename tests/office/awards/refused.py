"""Expecting a refusal by its code (拒绝代码)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from duixian.office.refusal import Refusal


@contextmanager
def refused(code: str) -> Iterator[None]:
    """What is done within must be refused with that code."""
    with pytest.raises(Refusal) as found:
        yield
    assert found.value.code == code
