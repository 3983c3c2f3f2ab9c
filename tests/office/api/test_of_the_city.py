"""What is made of the city is made once, and again when its folder changes."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from duixian.office.api.of_the_city import OfTheCity
from duixian.office.city import city, look_again
from duixian.rules.policy import City


@pytest.fixture
def before_and_after(tmp_path: Path, settings: Any) -> tuple[City, City]:
    """The city before and after a file of its folder has changed."""
    settings.CITY = copytree(settings.CITY, tmp_path / "city")
    before = city()
    (tmp_path / "city" / "city.yaml").touch()
    look_again()
    return before, city()


def test_it_is_made_once_and_again_when_a_file_has_changed(before_and_after: tuple[City, City]) -> None:
    before, after = before_and_after
    made: list[City] = []

    def make(city: City) -> int:
        made.append(city)
        return len(made)

    value = OfTheCity(make)
    assert [value(each) for each in (before, before, after, after)] == [1, 1, 2, 2]


def test_who_still_works_with_the_city_before_does_not_get_what_is_made_of_the_one_after(
    before_and_after: tuple[City, City],
) -> None:
    before, after = before_and_after
    value = OfTheCity(lambda city: city)
    assert value(after) is after
    assert value(before) is before
    assert value(after) is after
