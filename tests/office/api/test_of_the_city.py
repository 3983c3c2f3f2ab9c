"""What is made of the city is made once, and again when its folder changes."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree
from typing import Any

from duixian.office.api.of_the_city import OfTheCity
from duixian.office.city import look_again
from duixian.rules.policy import City


def test_it_is_made_once_and_again_when_a_file_has_changed(tmp_path: Path, settings: Any) -> None:
    settings.CITY = copytree(settings.CITY, tmp_path / "city")
    made: list[City] = []

    def make(city: City) -> int:
        made.append(city)
        return len(made)

    value = OfTheCity(make)
    assert (value(), value()) == (1, 1)
    (tmp_path / "city" / "city.yaml").touch()
    look_again()
    assert value() == 2
