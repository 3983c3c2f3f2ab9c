"""What tests of the treasury share: a small city."""

from __future__ import annotations

import pytest

from tests.office.treasury.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """People, and how to make awards and money."""
    return make_world()
