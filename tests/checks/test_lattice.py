"""Levels, grades and renewals that a scheme has and the policy does not pay."""

from __future__ import annotations

from duixian.checks.lattice import check_lattice, paid_titles
from duixian.rules.vocabulary import Round
from tests.checks.town import lianyungang, town


def _told(code: str) -> set[tuple[str, str]]:
    return {
        (problem.detail["title"], problem.found)
        for problem in check_lattice(lianyungang())
        if problem.code == f"checks.{code}"
    }


def test_the_lowest_grade_of_factories_is_not_paid() -> None:
    assert ("智能工厂", "基础级") in _told("grade-unpaid")


def test_supply_chains_are_paid_by_the_nation_only() -> None:
    """Parks and factories of the same table are paid at 省级 as well: 连政办规〔2025〕6号 第（十六）条."""
    assert ("绿色供应链", "省级") in _told("level-unpaid")


def test_levels_below_the_lowest_paid_one_are_not_told() -> None:
    """企业技术中心 exists at 市级 too; that the city pays from 省级 on is no gap."""
    assert ("企业技术中心", "市级") not in _told("level-unpaid")


def test_a_level_above_those_paid_is_told() -> None:
    """首台套 at 国家级: 连政办发〔2023〕36号 pays 省 and 市."""
    assert ("首台套重大装备", "国家级") in _told("level-unpaid")


def test_documents_that_pay_some_renewals_say_which_they_do_not() -> None:
    (problem,) = (each for each in check_lattice(lianyungang()) if each.code == "checks.renewal-unpaid")
    assert problem.expected == "A03 专精特新、A05 企业技术中心和工业设计中心"
    assert "A16-1 绿色制造示范" in problem.found


def test_a_table_that_renews_some_titles_names_the_others() -> None:
    gaps = {each.found for each in check_lattice(town()) if each.code == "checks.renewal-gap"}
    assert gaps == {"绿色园区", "绿色供应链"}


def test_what_is_paid_is_read_from_all_rows_of_a_title() -> None:
    measure = next(each for each in town().measures if each.id == "N1")
    factory = paid_titles(measure, town())[0]
    assert factory.levels == {"省级", "国家级"}
    assert factory.rounds == {Round.AWARDED, Round.RENEWED}
    assert factory.grades == frozenset()


def test_kinds_without_titles_have_no_lattice() -> None:
    measure = next(each for each in town().measures if each.id == "N2")
    assert paid_titles(measure, town()) == ()
