"""Each amount beside its own title, in the order of the text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from duixian.checks.pairing import amount_anchors, check_pairing, forms_of
from duixian.rules.measure import Measure
from duixian.rules.policy import City, Policy
from tests.checks.town import (
    GREEN,
    MANUFACTURING,
    changed,
    changed_lianyungang,
    codes,
    copy_of_town,
    edit,
    lianyungang,
    publish,
    read,
    town,
)


def _with(city: City, policy: Policy, measure: Measure) -> City:
    """The city with a measure in place of the one of the same id."""
    measures = tuple(measure if each.id == measure.id else each for each in policy.measures)
    changed_policy = replace(policy, measures=measures)
    return replace(city, policies=tuple(changed_policy if each is policy else each for each in city.policies))


def test_the_real_documents_are_paired() -> None:
    assert check_pairing(lianyungang()) == []


def test_every_sum_of_the_real_tables_has_one_place_in_the_text() -> None:
    for policy in lianyungang().policies:
        for measure in policy.measures:
            placed = amount_anchors(measure, policy.clause(measure.clause), "金额")
            assert [row.id for row, _, _ in placed] == [row.id for row in measure.rows]


def test_names_that_changed_places_are_found_in_every_table_of_two_levels() -> None:
    """国家级、省级…分别给予50万元、20万元: with the levels exchanged, words and figures are all there, and crossed."""
    city, crossed = lianyungang(), {}
    for policy in city.policies:
        for measure in policy.measures:
            if len(measure.rows) != 2 or measure.rows[0].amount == measure.rows[1].amount:
                continue
            one, two = measure.rows
            rows = (replace(one, selectors=two.selectors), replace(two, selectors=one.selectors))
            problems = check_pairing(_with(city, policy, replace(measure, rows=rows)))
            crossed[measure.id] = codes(problems)
    # The rows of A12 stand in two sentences: names_in_sentence finds them.
    assert crossed.pop("A12") == []
    assert set(crossed) == {"B41-2", "B42", "B45-1", "A04", "A06", "A20"}
    assert set(map(tuple, crossed.values())) == {("order-crossed",)}


def test_grades_in_a_list_keep_the_order_of_their_sums(tmp_path: Path) -> None:
    """省级三、四、五级…分别给予10万元、20万元、30万元: grades are figures, and written nowhere in full."""
    third, fourth = "| A19b | 公共服务平台 | 省级   | 三级 |", "| A19c | 公共服务平台 | 省级   | 四级 |"
    edits = (third, third.replace("三级", "四级")), (fourth, fourth.replace("四级", "三级"))
    city = changed_lianyungang(tmp_path, MANUFACTURING, *edits)
    assert set(codes(check_pairing(city))) == {"order-crossed"}


def test_a_name_inside_a_longer_one_is_no_mention(tmp_path: Path) -> None:
    """绿色园区 inside 新绿色园区 does not count as its own mention, which would stand behind the longer one."""
    folder = copy_of_town(tmp_path)
    known = "  - 名称: 绿色供应链\n"
    edit(folder / "vocabulary.yaml", known, f"  - 名称: 新绿色园区\n    级别: [国家级]\n{known}")
    policy = folder / GREEN / "policy.md"
    edit(
        policy,
        "绿色园区、绿色供应链的给予最高不超过40 万元",
        "绿色园区、新绿色园区的分别给予最高不超过40 万元、30万元",
    )
    edit(
        policy,
        "| N1f  | 绿色供应链 | 国家级 | 获评 | 40万元#2 |",
        "| N1f  | 新绿色园区 | 国家级 | 获评 | 30万元   |",
    )
    publish(folder)
    assert check_pairing(read(folder)) == []


def test_rows_that_differ_in_two_names_are_not_compared() -> None:
    """企业技术中心 and 工业设计中心 stand in another order than their levels, and rightly so."""
    city = lianyungang()
    policy = next(each for each in city.policies if each.number == "连政办规〔2025〕6号")
    measure = next(each for each in policy.measures if each.id == "A05")
    assert [row.id for row in measure.rows[:3]] == ["A05a", "A05c", "A05b"]
    assert check_pairing(replace(city, policies=(policy,))) == []


def test_a_sum_away_from_its_title_is_told_once_per_row(tmp_path: Path) -> None:
    city = changed(tmp_path, GREEN, ("| N3a  | 贯标 | 2星级 |", "| N3a  | 智能工厂 | 先进级 |"))
    assert codes(check_pairing(city)) == ["words-apart"]


def test_forms_of_a_name_are_its_aliases() -> None:
    assert forms_of("国家级", town().vocabulary) == {"国家级", "国家"}
    assert forms_of("首台套", town().vocabulary) == {"首台套", "首台（套）装备"}
    assert "复评通过" in forms_of("复评", town().vocabulary)
