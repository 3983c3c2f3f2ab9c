"""What determine, explain and near have in common (测算准备): the day, the city, the tables, the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from duixian.cli.city import open_city, read_rulings
from duixian.cli.engines import SWITCH, rows_at_least
from duixian.cli.refusal import Refusal
from duixian.cli.screen import Screen
from duixian.dates import NotADate, read_date
from duixian.evaluate.engine import Engine
from duixian.exchange.tables.facts import FactReading, read_facts
from duixian.rules.fact import Dossier
from duixian.rules.policy import City
from duixian.source.normalise import fold

_MOST_NEAR = 5


@dataclass(frozen=True, slots=True)
class Run:
    """Everything at hand for determining (测算)."""

    city: City
    engine: Engine
    reading: FactReading
    as_of: date
    rulings: dict[str, str]
    is_strict: bool


def prepare(
    screen: Screen,
    facts: Path,
    policies: Path | None,
    as_of: str | None,
    answers: Sequence[str],
    *,
    is_strict: bool = False,
    only: str | None = None,
) -> Run:
    """Read everything that was named; where tables are large and one enterprise is meant, ``only`` its facts.

    Raises:
        Refusal: when something named does not exist or the policies have errors.
    """
    day = read_day(as_of)
    if not facts.exists():
        raise Refusal("error.no-facts", path=facts)
    city = open_city(screen, policies)
    rulings = read_rulings(answers, city)
    engine = Engine(city, rulings, strict=is_strict)
    if only is not None and rows_at_least(facts, SWITCH):
        from duixian.cli.one_enterprise import read_one

        reading = read_one(facts, city, only)
    else:
        reading = _read(screen, facts, city)
    return Run(city, engine, reading, day, rulings, is_strict)


def _read(screen: Screen, facts: Path, city: City) -> FactReading:
    """Read the tables, telling how many rows of all of them are done."""
    done: dict[str, int] = {}
    with screen.progress("progress.reading") as tick:

        def told(table: str, rows: int) -> None:
            done[table] = rows
            tick(sum(done.values()))

        return read_facts(facts, city, progress=told)


def read_day(text: str | None) -> date:
    """The day of determination (基准日); today when none is named.

    Raises:
        Refusal: when it is no date.
    """
    if text is None:
        return date.today()
    try:
        return read_date(text)
    except NotADate:
        raise Refusal("error.bad-date", value=text) from None


def refuse_out_among_facts(out: Path, facts: Path) -> None:
    """Results do not go where the tables lie: the next run would read them as tables.

    Raises:
        Refusal: when both are the same folder.
    """
    if facts.is_dir() and out.is_dir() and out.samefile(facts):
        raise Refusal("error.out-is-facts", folder=facts)


def find_enterprise(reading: FactReading, wanted: str) -> Dossier:
    """The dossier of a credit code, or of a name as registered; widths and spaces do not matter.

    Raises:
        Refusal: when there is none, or several bear the name.
    """
    text = fold(wanted)
    # An enterprise that no table lists has no name: an empty word names nobody.
    found = [
        each for each in reading.dossiers if text and (each.code == text.upper() or fold(each.name) == text)
    ]
    if not found:
        near = [each.name for each in reading.dossiers if text and text in fold(each.name)][:_MOST_NEAR]
        code = "error.no-enterprise-near" if near else "error.no-enterprise"
        raise Refusal(code, enterprise=wanted, count=len(reading.dossiers), near="、".join(near))
    if len(found) > 1:
        raise Refusal("error.several-enterprises", name=wanted, codes="、".join(each.code for each in found))
    return found[0]
