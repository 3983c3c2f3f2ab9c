"""The results of the small city that the commands are tested with: every kind of row, from rate to missing fact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from duixian.evaluate.engine import Engine
from duixian.exchange.results.results import Results
from duixian.exchange.tables.facts import FactReading, read_facts
from duixian.rules.policy import City
from duixian.source.city import read_city
from duixian.wording import Language

DATA = Path(__file__).parents[2] / "cli" / "data"
FACTS, HARBOUR = DATA / "facts", DATA / "policies" / "harbour"
DAY = date(2026, 12, 31)
WEST, EAST, LACKING, UNLISTED = (
    "91320798XN00000121", "91320798XN0000020U", "91320798XN0000039Q", "91320798XN0000047K",
)  # fmt: skip


@cache
def harbour() -> City:
    """The small city, without an error."""
    reading = read_city(HARBOUR)
    assert not reading.problems, reading.problems
    assert reading.city is not None
    return reading.city


@cache
def harbour_facts() -> FactReading:
    """Its tables, four rows of which cannot be used."""
    return read_facts(FACTS, harbour())


def results(
    *,
    as_of: date = DAY,
    rulings: Mapping[str, str] | None = None,
    strict: bool = False,
    language: Language = Language.CHINESE,
    city: City | None = None,
    reading: FactReading | None = None,
) -> Results:
    """The results of a run over the small city, or over another."""
    city, reading = city or harbour(), reading or harbour_facts()
    engine = Engine(city, rulings, strict=strict)
    return Results(
        city=city,
        as_of=as_of,
        dossiers={each.code: each for each in reading.dossiers},
        determinations=tuple(found for each in reading.dossiers for found in engine.determine(each, as_of)),
        rulings=rulings or {},
        is_strict=strict,
        problems=reading.problems,
        uncertain=reading.uncertain,
        tables=reading.tables,
        language=language,
    )
