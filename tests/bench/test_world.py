"""The world of the side-by-side runs: right codes, the same world however it is cut, and everything in it that the rules can say."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from bench.peers.workload import city
from bench.world.codes import credit_codes
from bench.world.columns import MISSING, Columns
from bench.world.dossiers import dossiers
from bench.world.enterprises import world_columns
from bench.world.happenings import CATEGORIES, LEVELS, RECOGNITIONS
from bench.world.tables import SCHEMAS, fact_tables
from bench.world.write import write_world
from duixian.credit_code import MAX_SERIAL, make_code, read_code
from duixian.rules.vocabulary import FieldType

SEED = 7


def test_the_city_has_64_award_rows_and_no_open_question() -> None:
    measures = [each for policy in city().policies for each in policy.measures]
    assert sum(len(each.rows) for each in measures) == 64
    assert [len(policy.measures) for policy in city().policies] == [4, 19]
    assert not city().interpretations


def test_codes_are_those_of_make_code_and_rise_with_their_serials() -> None:
    serials = np.array([1, 2, 30, 31, 961, 123_456, 10_000_000, MAX_SERIAL], dtype=np.int64)
    codes = [bytes(each).decode() for each in credit_codes(serials)]
    assert codes == [make_code("91", "320700", int(each)) for each in serials]
    assert codes == sorted(codes)
    with pytest.raises(ValueError, match="out of range"):
        credit_codes(np.array([-1], dtype=np.int64))


def test_a_world_is_the_same_however_it_is_cut() -> None:
    whole = world_columns(SEED, 0, 3000)
    parts = [world_columns(SEED, first, last) for first, last in ((0, 1), (1, 1700), (1700, 3000))]
    for part in ("recognitions", "projects", "supports"):
        for each in fields(getattr(whole, part)):
            cut = np.concatenate([getattr(getattr(one, part), each.name) for one in parts])
            assert np.array_equal(getattr(getattr(whole, part), each.name), cut), (part, each.name)
    assert np.array_equal(whole.enterprises.size, np.concatenate([one.enterprises.size for one in parts]))


def test_another_seed_is_another_world() -> None:
    one, other = (world_columns(seed, 0, 1000).recognitions.day for seed in (SEED, SEED + 1))
    assert not np.array_equal(one, other)


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_world(tmp_path / name, SEED, 2000)
    assert _hashes(tmp_path / "one") == _hashes(tmp_path / "two")


def _hashes(folder: Path) -> dict[str, str]:
    return {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in sorted(folder.iterdir())}


def test_files_hold_the_typed_tables_sorted_by_valid_codes_with_unique_ids(tmp_path: Path) -> None:
    rows = write_world(tmp_path, SEED, 2000)
    tables = {kind: pq.read_table(tmp_path / f"{kind}.parquet") for kind in SCHEMAS}
    assert {kind: table.num_rows for kind, table in tables.items()} == rows
    for kind, table in tables.items():
        codes = table["统一社会信用代码"].to_pylist()
        assert codes == sorted(codes)
        assert all(read_code(each) == each for each in set(codes))
        if kind != "企业":
            ids = table["编号"].to_pylist()
            assert len(set(ids)) == len(ids)
    assert len(set(tables["企业"]["统一社会信用代码"].to_pylist())) == 2000


def test_every_column_is_a_field_of_the_vocabulary_with_its_names() -> None:
    tables = fact_tables(world_columns(SEED, 0, 3000))
    for kind, table in tables.items():
        for name in table.column_names:
            field = city().vocabulary.kinds[kind].fields[name]
            if field.type is FieldType.OPTION:
                assert set(table[name].to_pylist()) <= set(field.options), (kind, name)
    titles = city().vocabulary.titles
    for each in RECOGNITIONS:
        grades = {grade for rank in titles[each.title].grades for grade in rank} or {""}
        assert each.level in (titles[each.title].levels or ("",))
        assert each.grade in grades | ({""} if each.level == "国家级" else set())


def test_facts_are_few_sparse_and_of_three_years_with_one_in_five_in_december_2025() -> None:
    world = world_columns(SEED, 0, 20_000)
    counts = np.bincount(_enterprises(world), minlength=20_000)
    assert counts.mean() == pytest.approx(2.13, abs=0.03)
    assert (counts == 0).any()
    assert np.mean(counts > 6) < 0.006
    days = np.concatenate([world.recognitions.day, world.projects.day, world.supports.day])
    first, last = (
        each.toordinal() - date(1970, 1, 1).toordinal() for each in (date(2025, 1, 1), date(2027, 12, 31))
    )
    assert (days.min(), days.max()) == (first, last)
    december = np.datetime64("2025-12", "M") == days.astype("datetime64[D]").astype("datetime64[M]")
    assert december.mean() == pytest.approx(0.2, abs=0.02)


def _enterprises(world: Columns) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    return np.concatenate(
        [world.recognitions.enterprise, world.projects.enterprise, world.supports.enterprise]
    )


def test_every_title_category_and_level_occurs_and_some_amounts_are_missing_or_round() -> None:
    world = world_columns(SEED, 0, 20_000)
    assert len(np.unique(world.recognitions.title)) == len(RECOGNITIONS)
    assert len(np.unique(world.projects.category)) == len(CATEGORIES)
    assert len(np.unique(world.supports.level)) == len(LEVELS)
    fen = world.projects.invested_fen
    assert (fen == MISSING).any()
    assert (fen % 100 != 0).any()
    assert (fen == 200_000_000).any(), "exactly the least sum that a row pays for"


def test_a_support_is_about_an_earlier_fact_of_its_own_enterprise() -> None:
    supports = world_columns(SEED, 0, 5000).supports
    assert (supports.about < supports.number).all()
    assert np.array_equal(supports.about // 100, supports.enterprise)


def test_dossiers_hold_all_facts_and_leave_missing_fields_out() -> None:
    world = world_columns(SEED, 100, 400)
    made = list(dossiers(fact_tables(world), city().vocabulary))
    assert len(made) == 300
    assert sum(len(each.facts) for each in made) == world.facts
    projects = [fact for each in made for fact in each.facts if fact.kind == "投资项目"]
    without = [fact for fact in projects if "有效投入额" not in fact.values]
    assert len(without) == np.count_nonzero(world.projects.invested_fen == MISSING)
