"""Worked cases: facts read like real ones, results that say only what they say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from duixian.rules.case import Case, Pending
from duixian.rules.determination import Outcome
from duixian.source.cases import DEFAULT_AS_OF, CaseReading, read_cases
from duixian.source.city import read_city
from tests.source.town import copy_of_town, town


def _case() -> Case:
    reading = read_cases(town())
    assert reading.problems == ()
    return reading.cases[0]


def test_a_case_is_a_dossier_with_expectations() -> None:
    case = _case()
    assert (case.name, case.document, case.as_of) == (
        "小巨人六十万元",
        "镇政办发〔2026〕3号",
        date(2026, 12, 31),
    )
    assert case.decisions == {"晋级": "全额"}
    assert case.dossier.subject == {"所属地区": "港口园", "规上类别": "规上工业", "迁入": False}


def test_facts_are_typed_and_titles_fill_in_what_they_fix() -> None:
    first, second, third = _case().dossier.facts
    assert (first.kind, first.id) == ("认定", "F1")
    assert first.values == {
        "编号": "F1",
        "称号": "专精特新",
        "级别": "国家级",
        "轮次": "获评",
        "日期": date(2026, 3, 1),
    }
    assert second.values["类别"] == ("技改", "上云")
    assert (second.values["投入额"], second.values["设备数"]) == (400_000_000, 3)
    assert (second.values["年度"], second.values["存量企业"]) == (2026, True)
    assert (third.values["级别"], third.values["等级"]) == ("省级", "卓越级")


def test_a_result_compares_only_what_it_says() -> None:
    first, second, third = _case().results
    assert (first.outcome, first.amount_fen, first.marks) == (Outcome.PAYABLE, 60_000_000, ("认定日期",))
    assert (first.city_fen, first.county_fen) == (Pending.PENDING, Pending.PENDING)
    assert (second.outcome, second.amount_fen, second.missing) == (Outcome.UNKNOWN, None, ("地点",))
    assert (third.row, third.outcome, third.is_unmarked, third.city_fen) == ("X02", None, True, 0)


def _read(tmp_path: Path, text: str) -> CaseReading:
    folder = copy_of_town(tmp_path)
    (folder / "aid-2026" / "cases" / "01.yaml").write_text(text, "utf-8")
    city = read_city(folder).city
    assert city is not None
    return read_cases(city)


def _text(facts: str, results: str = "{事实: F1, 行: X02}", more: str = "") -> str:
    return f"文件: 镇政办发〔2026〕3号\n案例:\n  - 名称: 甲\n    事实:\n      - {facts}\n    结果:\n      - {results}\n{more}"


def test_the_day_of_a_case_has_a_default(tmp_path: Path) -> None:
    reading = _read(tmp_path, _text("认定: {编号: F1, 称号: 贯标, 等级: 二星级, 轮次: 首次}"))
    assert reading.problems == ()
    assert reading.cases[0].as_of == DEFAULT_AS_OF
    assert reading.cases[0].dossier.facts[0].values["等级"] == "2星级"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (_text("认定: {称号: 贯标}"), ["missing-key", "unknown-fact"]),
        (_text("认证: {编号: F1}"), ["unknown-kind", "unknown-fact"]),
        (_text("企业: {所属地区: 东区}"), ["unknown-kind", "unknown-fact"]),
        (_text("认定: {编号: F1, 称谓: 贯标}"), ["unknown-field"]),
        (_text("认定: {编号: F1, 称号: 贯彻标准}"), ["wrong-cell"]),
        (_text("认定: {编号: F1, 称号: 贯标, 等级: 先进级}"), ["wrong-cell"]),
        (_text("认定: {编号: F1, 级别: 宇宙级, 轮次: 三评, 等级: 九级}"), ["wrong-cell"] * 3),
        (_text("认定: {编号: F1, 称号: 国家级专精特新小巨人, 级别: 省级}"), ["alias-contradicts"]),
        (_text("认定: {编号: F1, 日期: 2026-02-30}"), ["wrong-cell"]),
        (_text("投资: {编号: F1, 类别: [技改, 上天], 年度: 二六年, 设备数: 三}"), ["wrong-cell"] * 3),
        (_text("投资: {编号: F1, 存量企业: 也许, 地点: 北京, 投入额: 十万}"), ["wrong-cell"] * 3),
        (_text("认定: {编号: F1}", "{事实: F1, 行: X02, 最高: 很多}"), ["wrong-value"]),
        (_text("认定: {编号: F1}", "{事实: F1, 行: Y09, 标记: [没有]}"), ["unknown-row", "unknown-question"]),
        (_text("认定: {编号: F1}", "{事实: F1, 行: X02, 文件: 别的}"), ["unknown-document", "unknown-row"]),
        (
            _text("认定: {编号: F1}", more="    口径: {没有: 甲, 晋级: 全部}\n"),
            ["unknown-question", "unknown-answer"],
        ),
    ],
)
def test_what_is_wrong_with_a_case(text: str, codes: list[str], tmp_path: Path) -> None:
    reading = _read(tmp_path, text)
    assert reading.cases == ()
    assert sorted(problem.code.removeprefix("source.") for problem in reading.problems) == sorted(codes)


def test_a_broken_case_does_not_take_the_others_along(tmp_path: Path) -> None:
    good = _text("认定: {编号: F1}")
    bad = _text("认定: {编号: F1, 日期: 昨天}").split("案例:\n")[1].replace("甲", "乙")
    reading = _read(tmp_path, good + bad)
    assert [case.name for case in reading.cases] == ["甲"]
    assert [problem.code for problem in reading.problems] == ["source.wrong-cell"]
