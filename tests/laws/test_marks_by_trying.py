"""Marks say exactly what deciding the dossier anew under every other option says: no more, no less."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from duixian.evaluate.engine import Engine
from duixian.rules.fact import Dossier
from tests.laws.by_trying import changes_by_trying, changes_marked
from tests.laws.dossiers import dossiers
from tests.laws.real_city import engine, lianyungang, other_options
from tests.laws.runs import DAYS, Run, examples, real_cells, town_runs


@given(dossiers(real_cells()), st.sampled_from(DAYS))
@examples(500)
def test_marks_are_what_every_other_option_gives(dossier: Dossier, as_of: date) -> None:
    wanted = changes_by_trying(dossier, as_of, engine, other_options(lianyungang()))
    assert changes_marked(engine().determine(dossier, as_of)) == wanted


@given(town_runs())
@examples(150)
def test_marks_are_exact_in_any_small_city(run: Run) -> None:
    city = run.engine.city

    def under(name: str, option: str) -> Engine:
        return Engine(city, {name: option}) if name else run.engine

    wanted = changes_by_trying(run.dossier, run.as_of, under, other_options(city))
    assert changes_marked(run.determine(with_marks=True)) == wanted
