"""What tests of awards share: a scene on a Monday morning, the clock standing still."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from duixian.office.accounts.models import User
from tests.office.awards.scene import Scene, staged


@pytest.fixture
def scene(make_user: Callable[..., User]) -> Iterator[Scene]:
    """Everybody is there, and nothing has happened yet."""
    with staged(make_user) as found:
        yield found
