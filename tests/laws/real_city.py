"""Lianyungang with both documents, read once, and one engine for every ruling that was asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

from duixian.evaluate.engine import Engine
from duixian.rules.interpretation import Effect
from duixian.rules.policy import City
from duixian.source.city import read_city

FOLDER = Path(__file__).resolve().parents[2].joinpath("policies", "lianyungang")


@cache
def lianyungang() -> City:
    reading = read_city(FOLDER)
    assert reading.city is not None
    return reading.city


@cache
def engine(name: str = "", option: str = "") -> Engine:
    """The engine of the real city, under one ruling when one is named."""
    return Engine(lianyungang(), {name: option} if name else None)


@cache
def engine_by_lot(lot: int) -> Engine:
    """The engine of the real city with every open question decided by lot; lot 0 decides nothing."""
    lots = Random(lot)
    options = {name: tuple(each.options) for name, each in lianyungang().interpretations.items()}
    return Engine(lianyungang(), {name: lots.choice(each) for name, each in options.items()} if lot else None)


@cache
def strict_engine() -> Engine:
    return Engine(lianyungang(), strict=True)


def other_options(city: City) -> list[tuple[str, str]]:
    """Every option that does not hold, of every question that nobody has decided and that rules depend on."""
    return [
        (name, option)
        for name, each in city.interpretations.items()
        if each.effect is Effect.RULE and not each.is_decided
        for option in each.options
        if option != each.holding_option
    ]
