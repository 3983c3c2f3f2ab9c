"""A dossier before an engine: of the real city under questions decided by lot, or of a small random one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from duixian.evaluate.engine import Engine
from duixian.rules.determination import Determination
from duixian.rules.fact import Dossier
from duixian.rules.measure import Measure
from tests.laws.dossiers import Cells, cells_of, dossiers
from tests.laws.letter import Books, books_of
from tests.laws.real_city import engine_by_lot, lianyungang
from tests.laws.towns import towns

DAYS = (date(2028, 12, 31), date(2028, 12, 31), date(2028, 12, 31), date(2026, 6, 30), date(2025, 12, 15))
LOTS = 24


@dataclass(frozen=True)
class Run:
    """An engine, a dossier and a day."""

    engine: Engine
    dossier: Dossier
    as_of: date

    def __repr__(self) -> str:
        """What a reader of a failed law needs, without the places of every rule."""
        taken = sorted(self.engine.book.decisions.items() - self.engine.city.decisions.items())
        facts = [f"{each.kind} {dict(each.values)}" for each in self.dossier.facts]
        return "\n  ".join([f"on {self.as_of}, rulings {taken}, {dict(self.dossier.subject)}", *facts])

    def determine(
        self, dossier: Dossier | None = None, *, with_marks: bool = False
    ) -> tuple[Determination, ...]:
        return self.engine.determine(dossier or self.dossier, self.as_of, with_marks=with_marks)

    def books(self) -> Books:
        city, decisions = self.engine.city, self.engine.book.decisions
        return books_of(city, decisions, self.dossier, self.determine(), self.as_of)


@cache
def real_cells() -> Cells:
    return cells_of(lianyungang())


@st.composite
def real_runs(
    draw: st.DrawFn,
    *,
    about: Sequence[Measure] = (),
    most_measures: int = 3,
    are_payments_whole: bool = False,
) -> Run:
    engine = engine_by_lot(draw(st.integers(0, LOTS)))
    facts = dossiers(
        real_cells(), about=about, most_measures=most_measures, are_payments_whole=are_payments_whole
    )
    return Run(engine, draw(facts), draw(st.sampled_from(DAYS)))


@st.composite
def town_runs(draw: st.DrawFn, *, are_payments_whole: bool = False) -> Run:
    city = draw(towns())
    dossier = draw(
        dossiers(cells_of(city), most_measures=2, max_facts=8, are_payments_whole=are_payments_whole)
    )
    return Run(Engine(city), dossier, DAYS[0])


def examples(everyday: int) -> settings:
    """So many examples every day, and in proportion where a longer profile is asked for."""
    asked, usual = settings().max_examples, settings.get_profile("duixian").max_examples
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(max_examples=everyday * asked // usual, suppress_health_check=slow)
