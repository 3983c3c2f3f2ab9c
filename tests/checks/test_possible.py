"""What can hold together: names, levels of titles, amounts, decisions; and nothing is impossible without a reason."""

from __future__ import annotations

import pytest

from duixian.checks.possible import Possibility
from duixian.checks.selection import any_answer, holding_answer
from duixian.rules.expression import Expr
from tests.checks.expressions import condition
from tests.checks.town import town


def _can_hold(kind: str, *texts: str, but_not: tuple[str, ...] = (), now: bool = False) -> bool:
    city = town()
    answers = holding_answer(city) if now else any_answer(city)
    possibility = Possibility(city.vocabulary, city.vocabulary.kinds[kind], answers)
    parts: list[Expr] = [condition(kind, text) for text in texts]
    return possibility.can_hold(parts, [condition(kind, text) for text in but_not])


@pytest.mark.parametrize(
    "text",
    [
        "投入额 >= 200万元 且 投入额 < 100万元",
        "投入额 > 200万元 且 投入额 <= 200万元",
        "投入额 = 200万元 且 投入额 != 200万元",
        "200万元 > 投入额 且 投入额 > 300万元",
        "非 (投入额 >= 200万元) 且 投入额 >= 200万元",
        "竣工日期 < 2025年1月1日 且 竣工日期 >= 2026年1月1日",
        "年度 = 2025年 且 年度 = 2026年",
        "存量企业 且 非 存量企业",
        "类别 含 技改 且 非 (类别 含 (技改、上云))",
        "企业.规上类别 = 规上工业 且 企业.规上类别 != 规上工业",
        "企业.规上类别 属于 (规上工业、非规上) 且 非 (企业.规上类别 属于 (规上工业、非规上))",
        "口径 基数 = 超出部分 且 口径 基数 = 全部投入",
        "若 存量企业 则 非 存量企业 否则 存量企业",
        "有 认定(称号 = 绿色园区 且 级别 = 市级)",
        "有 认定(称号 = 绿色工厂) 且 非 (有 认定(称号 = 绿色工厂))",
        "企业.注册地 = 东区 且 非 (企业.注册地 = 东区)",
        "竣工日期 + 3个月 < 竣工日期 且 竣工日期 + 3个月 >= 竣工日期",
        "竣工日期 + 3个月 < 竣工日期 且 非 (竣工日期 + 3个月 < 竣工日期)",
    ],
)
def test_contradictions_about_an_investment_are_impossible(text: str) -> None:
    assert not _can_hold("投资", text)


@pytest.mark.parametrize(
    "text",
    [
        "投入额 >= 200万元 且 投入额 <= 200万元",
        "类别 含 技改 且 类别 含 上云",
        "类别 含 (技改、上云) 且 非 (类别 含 技改)",
        "企业.规上类别 = 规上工业 或 企业.规上类别 != 规上工业",
        "口径 基数 = 超出部分 且 非 (口径 基数 = 全部投入)",
        "企业.注册地 = 东区 且 非 (企业.注册地 = 西县)",
        "有 认定(称号 = 绿色工厂 且 级别 = 市级) 且 非 (有 认定(称号 = 绿色园区))",
        "若 存量企业 则 投入额 >= 200万元 否则 投入额 >= 300万元",
        "竣工日期 < 竣工日期 + 3个月 或 存量企业",
    ],
)
def test_what_an_investment_can_be_is_possible(text: str) -> None:
    assert _can_hold("投资", text)


@pytest.mark.parametrize(
    "text",
    [
        "称号 = 绿色园区 且 级别 = 市级",
        "称号 = 绿色园区 且 级别 < 省级",
        "称号 = 贯标 且 级别 = 省级",
        "称号 属于 (贯标、精品) 且 等级 > 3星级",
        "称号 = 智能工厂 且 等级 > 卓越级",
        "称号 = 智能工厂 且 等级 < 先进级 且 等级 != 基础级",
        "称号 = 贯标 且 非 (等级 = 1星级) 且 等级 <= 1星级",
        "级别 > 国家级",
        "轮次 = 首次 且 轮次 = 复评",
        "非 (级别 >= 市级)",
    ],
)
def test_a_title_has_its_levels_and_grades_and_no_others(text: str) -> None:
    assert not _can_hold("认定", text)


@pytest.mark.parametrize(
    "text",
    [
        "级别 = 市级",
        "称号 = 智能工厂 且 等级 >= 先进级 且 等级 <= 先进级",
        "称号 = 贯标",
        "非 (称号 = 绿色园区) 且 级别 = 市级",
        "称号 = 智能工厂 且 (级别 = 市级 或 等级 != 基础级)",
        "称号 属于 (绿色园区、绿色工厂) 且 级别 = 市级",
        "轮次 != 复评",
    ],
)
def test_some_title_has_that_level(text: str) -> None:
    assert _can_hold("认定", text)


def test_a_decision_that_holds_leaves_the_other_options_out() -> None:
    assert _can_hold("投资", "口径 基数 = 超出部分")
    assert not _can_hold("投资", "口径 基数 = 超出部分", now=True)


def test_what_must_not_hold_is_searched_too() -> None:
    assert _can_hold("投资", "投入额 >= 200万元", but_not=("投入额 >= 300万元",))
    assert not _can_hold("投资", "投入额 >= 300万元", but_not=("投入额 >= 200万元",))
