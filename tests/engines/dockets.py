"""Random dockets: a city, rulings, a day and dossiers of that city, all from a seed and a number."""

from __future__ import annotations

from collections.abc import Iterator

from tests.engines.cities import draw_city, draw_rulings
from tests.engines.decides import Docket
from tests.engines.dossiers import DossierMaker
from tests.engines.lot import Lot


def draw_docket(seed: str, number: int, dossiers: int, *, crowd: int = 0) -> Docket:
    """One docket; the same seed and number draw the same again."""
    lot = Lot(f"{seed}/{number}")
    city = draw_city(lot)
    maker = DossierMaker(lot, city)
    rulings = draw_rulings(lot, city)
    return Docket(city, rulings, maker.dossiers(dossiers, crowd=crowd), lot.of(maker.days))


def draw_dockets(seed: str, count: int, dossiers: int) -> Iterator[Docket]:
    """So many dockets of so many dossiers each."""
    for number in range(count):
        yield draw_docket(seed, number, dossiers)
