"""Duixian, zen and OpenFisca on the world: the first two give what the law gives, line by line; OpenFisca as near as float32 comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from bench.peers import c_kernel, duixian_kernel, openfisca_engine, zen_engine
from bench.peers.award_file import award_lines
from bench.peers.checksum import totals
from bench.peers.duixian_files import checked, unchecked
from bench.peers.engine import Engine, Money
from bench.peers.kernel_figures import parameter_sets
from bench.peers.lines import PAYABLE, Lines, differences
from bench.peers.reference import reference_lines
from bench.peers.stretches import stretches_of
from bench.peers.workload import rules
from bench.world.columns import Columns
from bench.world.enterprises import world_columns
from bench.world.write import write_world

SEED, ENTERPRISES = 12, 2500


@pytest.fixture(scope="module")
def world() -> Columns:
    return world_columns(SEED, 0, ENTERPRISES)


@pytest.fixture(scope="module")
def law(world: Columns) -> Lines:
    return reference_lines(world)


def test_duixian_gives_the_lines_of_the_law_in_their_order(world: Columns, law: Lines) -> None:
    prepared = duixian_kernel.prepare(world)
    for _ in range(2):
        lines = duixian_kernel.told(duixian_kernel.run(prepared))
        for each in fields(Lines):
            assert np.array_equal(getattr(lines, each.name), getattr(law, each.name)), each.name


def test_duixian_gives_the_same_however_the_world_is_gathered(
    world: Columns, law: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duixian_kernel, "STRETCH", 700)
    assert totals(duixian_kernel.told(duixian_kernel.run(duixian_kernel.prepare(world)))) == totals(law)


@pytest.mark.parametrize("run_files", [checked, unchecked])
def test_duixian_gives_the_same_from_files_to_files(
    run_files: Callable[[Path, Path], None], tmp_path: Path, law: Lines
) -> None:
    write_world(tmp_path / "world", SEED, ENTERPRISES)
    run_files(tmp_path / "world", tmp_path / "awards.parquet")
    assert differences(law, award_lines(tmp_path / "awards.parquet")) == []


@pytest.mark.parametrize("made", [zen_engine.batched, zen_engine.single])
def test_zen_gives_what_the_law_gives(made: Callable[[], Engine], world: Columns, law: Lines) -> None:
    engine = made()
    assert engine.prepare is not None
    lines = engine.told(engine.run(engine.prepare(world)))
    assert isinstance(lines, Lines)
    assert differences(law, lines) == []


def test_zen_may_be_asked_in_several_calls(
    world: Columns, law: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zen_engine, "CALL", 7)
    engine = zen_engine.batched()
    assert engine.prepare is not None
    lines = engine.told(engine.run(engine.prepare(world)))
    assert isinstance(lines, Lines)
    assert differences(law, lines) == []


def test_openfisca_by_measures_has_every_row_and_outcome_right_and_most_shares_of_investments_wrong(
    world: Columns, law: Lines
) -> None:
    engine = openfisca_engine.by_measures()
    assert engine.prepare is not None
    assert not engine.is_exact
    prepared = engine.prepare(world)
    engine.run(prepared)
    lines, exact = engine.told(engine.run(prepared)), law.sorted()
    assert isinstance(lines, Lines)
    lines = lines.sorted()
    for each in ("enterprise", "measure", "row", "fact", "outcome"):
        assert np.array_equal(getattr(lines, each), getattr(exact, each)), each
    is_share = (exact.outcome == PAYABLE) & np.isin(
        exact.measure, [rules().measure_ids.index(each) for each in ("B43", "A09")]
    )
    is_share &= exact.ceiling_fen != rules().row_cap_fen[exact.row]
    off = np.abs(lines.amount_fen - exact.amount_fen)
    assert off[~is_share].max() == 0
    assert np.count_nonzero(off[is_share]) > 0.7 * np.count_nonzero(is_share)
    assert off.max() < 300


@pytest.mark.parametrize("made", [openfisca_engine.by_steps, openfisca_engine.by_sorting])
def test_openfisca_gives_as_many_awards_and_sums_off_by_little(
    made: Callable[[], Engine], world: Columns, law: Lines
) -> None:
    engine = made()
    assert engine.prepare is not None
    prepared = engine.prepare(world)
    first, second = (engine.told(engine.run(prepared)) for _ in range(2))
    assert first == second
    assert isinstance(first, Money)
    exact = totals(law)
    assert first.awards == exact.outcomes[0]
    assert first.paid_fen != exact.paid_fen, "float32 cannot be exact; if it is, the page says wrong things"
    assert abs(first.paid_fen - exact.paid_fen) < exact.paid_fen // 10**8 + 1000
    assert abs((first.city_fen or 0) - exact.city_fen) < exact.city_fen // 10**6 + 10_000


def test_openfisca_may_hold_the_world_in_several_simulations(
    world: Columns, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = openfisca_engine.by_steps()
    assert engine.prepare is not None
    whole = engine.told(engine.run(engine.prepare(world)))
    monkeypatch.setattr(openfisca_engine, "ENTERPRISES", 900)
    assert engine.told(engine.run(engine.prepare(world))) == whole


def test_stretches_are_whole_enterprises_and_together_the_world(world: Columns) -> None:
    parts = list(stretches_of(world, 600))
    assert [len(each.enterprises) for each in parts] == [600, 600, 600, 600, 100]
    assert [each.enterprises.first for each in parts] == [0, 600, 1200, 1800, 2400]
    lines = [c_kernel.run(c_kernel.prepare(each)) for each in parts]
    together = Lines(*(np.concatenate([getattr(one, each.name) for one in lines]) for each in fields(Lines)))
    assert totals(together) == totals(c_kernel.run(c_kernel.prepare(world)))


def test_every_parameter_set_changes_one_row_and_all_differ() -> None:
    sets = parameter_sets(200)
    assert all(len(each.changes) == 1 for each in sets)
    assert len({(each.changes[0].row, each.changes[0].value) for each in sets}) == 200
    assert len({each.name for each in sets}) == 200
