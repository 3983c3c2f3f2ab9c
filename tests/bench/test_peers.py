"""The peers give what the reference engine gives: every outcome, ceiling, amount and share of the world, line by line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from bench.peers import c_kernel, duckdb_plan
from bench.peers.award_file import award_lines
from bench.peers.checksum import totals
from bench.peers.duckdb_files import run_files
from bench.peers.engine import Engine
from bench.peers.lines import (
    INELIGIBLE,
    NOT_HIGHEST,
    NOT_IN_FORCE,
    OVER_LIMIT,
    PAYABLE,
    UNKNOWN,
    Lines,
    differences,
)
from bench.peers.reference import reference_lines
from bench.peers.workload import rules
from bench.world.columns import Columns
from bench.world.enterprises import world_columns
from bench.world.write import write_world

SEED, ENTERPRISES = 11, 6000


@pytest.fixture(scope="module")
def world() -> Columns:
    return world_columns(SEED, 0, ENTERPRISES)


@pytest.fixture(scope="module")
def law(world: Columns) -> Lines:
    return reference_lines(world)


def test_the_world_meets_every_row_and_every_outcome_but_the_undecided(law: Lines) -> None:
    assert set(np.unique(law.row)) == set(range(-1, len(rules().row_ids)))
    outcomes = {PAYABLE, NOT_HIGHEST, OVER_LIMIT, INELIGIBLE, NOT_IN_FORCE, UNKNOWN}
    assert set(np.unique(law.outcome)) == outcomes
    paid = law.row[law.outcome == PAYABLE]
    assert set(np.unique(paid)) == set(range(len(rules().row_ids)))


def test_the_world_meets_every_limit_and_cuts_sums(law: Lines) -> None:
    over = {rules().measure_ids[each] for each in np.unique(law.measure[law.outcome == OVER_LIMIT])}
    assert over == {"A07", "A09", "A13-2", "A15-2", "A15-3", "A19"}
    cut = law.measure[(law.outcome == PAYABLE) & (law.amount_fen < law.ceiling_fen)]
    assert {rules().measure_ids[each] for each in np.unique(cut)} == {"A07", "A15-2"}


def test_the_c_kernel_gives_what_the_law_gives_in_its_order(world: Columns, law: Lines) -> None:
    lines = c_kernel.run(c_kernel.prepare(world))
    assert differences(law, lines) == []
    for each in fields(Lines):
        assert np.array_equal(getattr(law, each.name), getattr(lines, each.name)), each.name


def test_the_c_kernel_gives_the_same_on_one_thread_and_into_used_columns(world: Columns, law: Lines) -> None:
    prepared = c_kernel.prepare(world)
    lines = c_kernel.run(prepared, threads=1)
    assert totals(lines) == totals(law)
    assert totals(c_kernel.run_again(prepared, lines, threads=5)) == totals(law)


def test_the_c_kernel_decides_a_stretch_that_does_not_begin_the_world() -> None:
    whole = c_kernel.run(c_kernel.prepare(world_columns(SEED, 0, 900)))
    part = c_kernel.run(c_kernel.prepare(world_columns(SEED, 500, 900)))
    assert totals(part) == totals(_where(whole, whole.enterprise >= 500))


def _where(lines: Lines, which: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Lines:
    return Lines(*(getattr(lines, each.name)[which] for each in fields(Lines)))


@pytest.mark.parametrize("made", [duckdb_plan.narrowed, duckdb_plan.naive])
def test_duckdb_gives_what_the_law_gives(made: Callable[[], Engine], world: Columns, law: Lines) -> None:
    engine = made()
    assert engine.prepare is not None
    prepared = engine.prepare(world)
    for _ in range(2):
        lines = engine.told(engine.run(prepared))
        assert isinstance(lines, Lines)
        assert differences(law, lines) == []
        assert totals(lines) == totals(law)


def test_duckdb_gives_the_same_from_files_to_files(tmp_path: Path, law: Lines) -> None:
    write_world(tmp_path / "world", SEED, ENTERPRISES)
    run_files(tmp_path / "world", tmp_path / "awards.parquet")
    lines = award_lines(tmp_path / "awards.parquet")
    assert differences(law, lines) == []
    assert totals(lines) == totals(law)


def test_totals_do_not_depend_on_the_order_of_lines_but_on_every_cell(law: Lines) -> None:
    turned = Lines(*(getattr(law, each.name)[::-1] for each in fields(Lines)))
    assert totals(turned) == totals(law)
    for name in ("fact", "measure", "row", "outcome", "ceiling_fen", "amount_fen", "city_fen", "county_fen"):
        column = getattr(law, name).copy()
        column[3] += 1 if column[3] != 6 else -1
        changed = replace(law, **{name: column})
        assert totals(changed).mix != totals(law).mix, name


def test_differences_name_the_facts_and_both_sides(law: Lines) -> None:
    amounts = law.amount_fen.copy()
    place = int(np.flatnonzero(law.outcome == PAYABLE)[0])
    amounts[place] += 1
    (told,) = differences(law, replace(law, amount_fen=amounts))
    assert f"'fact': {law.fact[place]}" in told
    assert f"'amount_fen': {amounts[place]}" in told
    fewer = _where(law, np.arange(len(law)) != place)
    assert f"{len(law)} lines and {len(fewer)} lines" in differences(law, fewer)[0]
