"""The demo city: reproducible, visibly synthetic, read without a problem, and complete: every award is payable somewhere."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duixian.credit_code import is_synthetic, organisation_check_holds, read_code
from duixian.evaluate.engine import Engine
from duixian.exchange.demo.facts import LETTERS, DemoCity
from duixian.exchange.demo.names import BEGINS, ENDS, is_marked
from duixian.exchange.demo.programmes import FIRST_YEAR, LAST_YEAR, PROGRAMMES, Programme
from duixian.exchange.demo.write import (
    COMPLETE_FROM,
    FEWEST,
    MOST,
    DemoSummary,
    make_demo_city,
    write_demo_city,
)
from duixian.exchange.tables.facts import FactReading, read_facts
from duixian.rules.determination import Determination, Outcome
from duixian.rules.policy import City
from duixian.rules.vocabulary import Round
from duixian.source.city import read_city
from duixian.source.titles import TitleReader
from tests.house.tree import ROOT

LIANYUNGANG = ROOT / "policies" / "lianyungang"
AS_OF = date(2026, 12, 31)
SEED = 20260101

# Trade names of real enterprises of the city, from public reports.
REAL_TRADE_NAMES = (
    "华威电子 如年 天邦 鸿云 鹰游 天明 日出东方 联瑞 中京 赛科 方洋 苏云 中复 神鹰 国能联合 杰瑞 海中洲 "
    "恒瑞 豪森 康缘 正大天晴 盛虹 斯尔邦 卫星化学"
).split()


@pytest.fixture(scope="module")
def city() -> City:
    reading = read_city(LIANYUNGANG)
    assert reading.city is not None
    assert not reading.has_errors
    return reading.city


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> DemoSummary:
    return write_demo_city(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def reading(written: DemoSummary, city: City) -> FactReading:
    return read_facts(written.facts, city)


@pytest.fixture(scope="module")
def determinations(reading: FactReading, city: City) -> list[Determination]:
    return list(_determined(reading, city))


@pytest.fixture(scope="module")
def made() -> DemoCity:
    return make_demo_city(SEED, 3000)


def _determined(reading: FactReading, city: City) -> Iterator[Determination]:
    engine = Engine(city)
    for dossier in reading.dossiers:
        yield from engine.determine(dossier, AS_OF, with_marks=False)


def _rows(city: City) -> set[str]:
    return {row.id for policy in city.policies for measure in policy.measures for row in measure.rows}


def _paid(determinations: Iterator[Determination] | list[Determination]) -> set[str]:
    return {each.row for each in determinations if each.outcome is Outcome.PAYABLE}


def _bytes(summary: DemoSummary) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in summary.files}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    one = write_demo_city(tmp_path / "one", seed=7, enterprises=FEWEST)
    two = write_demo_city(tmp_path / "two", seed=7, enterprises=FEWEST)
    assert _bytes(one) == _bytes(two)


def test_another_process_gives_the_same_bytes(tmp_path: Path) -> None:
    """The order of sets and the hash of texts change from process to process."""
    here = write_demo_city(tmp_path / "here", seed=7, enterprises=FEWEST)
    code = (
        "import sys; from pathlib import Path; from duixian.exchange.demo.write import write_demo_city as w;"
        f" w(Path(sys.argv[1]), 7, {FEWEST})"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "there")], check=True)
    assert _bytes(here) == {path.name: path.read_bytes() for path in _files(tmp_path / "there")}


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_writing_again_into_the_folder_changes_nothing(tmp_path: Path) -> None:
    first = _bytes(write_demo_city(tmp_path, seed=7, enterprises=FEWEST))
    assert _bytes(write_demo_city(tmp_path, seed=7, enterprises=FEWEST)) == first


def test_another_seed_gives_another_city(tmp_path: Path) -> None:
    one = write_demo_city(tmp_path / "one", seed=1, enterprises=FEWEST)
    two = write_demo_city(tmp_path / "two", seed=2, enterprises=FEWEST)
    assert _bytes(one)["企业.csv"] != _bytes(two)["企业.csv"]


@pytest.mark.parametrize("count", [0, FEWEST - 1, MOST + 1])
def test_a_size_out_of_bounds_is_refused(count: int, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=str(MOST)):
        write_demo_city(tmp_path, enterprises=count)
    assert not list(tmp_path.iterdir())


def test_every_code_is_valid_synthetic_and_given_once(made: DemoCity) -> None:
    codes = [body.code for body in made.bodies]
    assert len(set(codes)) == len(codes)
    for code in codes:
        assert read_code(code) == code
        assert organisation_check_holds(code)
        assert is_synthetic(code)


def test_every_name_is_marked_and_given_once(made: DemoCity) -> None:
    names = [name for body in made.bodies for name in (body.name, body.former_name) if name]
    assert len(set(names)) == len(names)
    assert all(map(is_marked, names))


def test_no_name_holds_the_trade_name_of_a_real_enterprise(made: DemoCity) -> None:
    for body in made.bodies:
        assert not [real for real in REAL_TRADE_NAMES if real in body.name + body.former_name]


def test_document_numbers_are_marked_or_those_of_the_two_documents(made: DemoCity, city: City) -> None:
    numbers = {str(fact.row["文号"]) for facts in made.facts.values() for fact in facts if "文号" in fact.row}
    official = {policy.number for policy in city.policies}
    assert official < numbers
    assert all(number.startswith(BEGINS) for number in numbers - official)


def test_a_page_beside_the_tables_says_that_nothing_is_true(written: DemoSummary) -> None:
    page = (written.facts.parent / "说明.md").read_text("utf-8")
    assert "全部是虚构的" in page
    assert str(SEED) in page
    assert BEGINS in page
    assert ENDS in page


def test_the_tables_are_read_without_a_problem(reading: FactReading) -> None:
    assert reading.problems == ()
    assert reading.uncertain == ()


def test_every_row_that_was_written_is_read(written: DemoSummary, reading: FactReading) -> None:
    kept = {table.kind: table.kept for table in reading.tables}
    assert kept == {"企业": written.enterprises, **written.rows}
    assert sum(len(dossier.facts) for dossier in reading.dossiers) == written.fact_count


def test_facts_hold_every_kind_and_nothing_but_tables(written: DemoSummary, city: City) -> None:
    files = list(written.facts.iterdir())
    assert {path.stem for path in files} == set(city.vocabulary.kinds)
    assert Counter(path.suffix for path in files) == {".csv": 8, ".xlsx": 1, ".parquet": 1}


def test_the_usual_size_has_thousands_of_facts_of_three_years(written: DemoSummary, made: DemoCity) -> None:
    assert written.enterprises == 3000
    assert 6_000 <= written.fact_count <= 9_000
    years = Counter(fact.day.year for fact in made.facts["投资项目"] if "竣工日期" in fact.row)
    assert set(years) == {FIRST_YEAR, FIRST_YEAR + 1, LAST_YEAR, LAST_YEAR + 1}


def test_every_award_of_both_documents_is_payable_somewhere(
    determinations: list[Determination], city: City
) -> None:
    rows = _rows(city)
    assert len(rows) == 61 + 15
    assert rows - _paid(determinations) == set()


@pytest.mark.parametrize("seed", range(3))
def test_every_award_is_payable_in_a_smaller_city_too(seed: int, tmp_path: Path, city: City) -> None:
    summary = write_demo_city(tmp_path, seed=seed, enterprises=COMPLETE_FROM)
    assert _rows(city) - _paid(_determined(read_facts(summary.facts, city), city)) == set()


def test_every_kind_of_no_occurs(determinations: list[Determination]) -> None:
    found = Counter(each.outcome for each in determinations)
    assert set(found) == set(Outcome) - {Outcome.UNDECIDED}
    codes = {each.reason.code for each in determinations}
    assert {"choose.count", "choose.sum", "choose.paid", "choose.beaten"} <= codes
    assert {"exclude.too-early", "exclude.too-late", "exclude.barred", "match.condition-fails"} <= codes


def test_every_measure_has_a_fact_about_it(determinations: list[Determination], city: City) -> None:
    measures = {measure.id for policy in city.policies for measure in policy.measures}
    assert measures == {each.measure_id for each in determinations} - {""}


def test_projects_of_december_2025_lie_under_both_documents(determinations: list[Determination]) -> None:
    measures: dict[str, set[str]] = {}
    for each in determinations:
        if each.outcome in {Outcome.PAYABLE, Outcome.NOT_HIGHEST} and each.fact_kind == "投资项目":
            measures.setdefault(each.fact, set()).add(each.measure_id)
    assert sum(found == {"A09", "B43"} for found in measures.values()) >= 5


def test_parks_institutes_and_associations_are_paid(
    determinations: list[Determination], made: DemoCity
) -> None:
    types = {body.code: body.subject_type for body in made.bodies}
    paid = {types[each.enterprise] for each in determinations if each.outcome is Outcome.PAYABLE}
    assert {"企业", "园区管理机构", "社会团体", "事业单位", "民办非企业"} <= paid


def test_awards_fall_in_every_county_and_in_zones(
    determinations: list[Determination], made: DemoCity
) -> None:
    areas = {body.code: body.seat.area for body in made.bodies}
    paid = {areas[each.enterprise] for each in determinations if each.outcome is Outcome.PAYABLE}
    assert {
        "东海县",
        "灌云县",
        "灌南县",
        "赣榆区",
        "海州区",
        "连云区",
        "市开发区",
        "徐圩新区",
        "赣榆经济开发区",
    } <= paid


def test_higher_titles_are_rarer_and_come_after_the_lower_ones(made: DemoCity) -> None:
    first: dict[str, dict[str, date]] = {}
    for fact in made.facts["认定"]:
        if fact.plan in {"创新型", "省专精特新", "小巨人", "单项冠军"} and "日期" in fact.row:
            first.setdefault(fact.plan, {}).setdefault(fact.body.code, fact.day)
    sizes = [len(first[key]) for key in ("创新型", "省专精特新", "小巨人", "单项冠军")]
    assert sizes == sorted(sizes, reverse=True)
    for code, day in first["单项冠军"].items():
        assert first["小巨人"][code] < day
    for code, day in first["小巨人"].items():
        assert first["省专精特新"].get(code, day) <= day


def test_numbers_are_unique_over_all_kinds(made: DemoCity) -> None:
    numbers = [fact.row["编号"] for facts in made.facts.values() for fact in facts]
    assert len(set(numbers)) == len(numbers)
    assert len(set(LETTERS.values())) == len(LETTERS)


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda each: each.key)
def test_a_title_as_lists_write_it_means_title_level_and_grade(programme: Programme, city: City) -> None:
    reader = TitleReader.of(city.vocabulary)
    found = reader.title(programme.written)
    assert found is not None
    assert (found.title, found.grade) == (programme.title, programme.grade)
    levels = city.vocabulary.titles[programme.title].levels
    only = levels[0] if len(levels) == 1 else ""
    assert (found.level or only) == (programme.level or only)


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda each: each.key)
def test_a_programme_is_given_in_words_and_to_bodies_that_exist(
    programme: Programme, city: City, made: DemoCity
) -> None:
    assert TitleReader.of(city.vocabulary).round(programme.word) in {Round.AWARDED, Round.FIRST}
    assert programme.after in {"", *(each.key for each in PROGRAMMES)}
    assert programme.after or made.pools[programme.pool]


@settings(max_examples=8)
@given(seed=st.integers(0, 10**12))
def test_any_seed_gives_tables_that_are_read_without_a_problem(
    seed: int, city: City, tmp_path_factory: pytest.TempPathFactory
) -> None:
    summary = write_demo_city(tmp_path_factory.mktemp("any"), seed=seed, enterprises=FEWEST)
    reading = read_facts(summary.facts, city)
    assert (reading.problems, reading.uncertain) == ((), ())
