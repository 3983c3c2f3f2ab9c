"""Expressions: typed, checked word by word, with canonical names, and every quantity bound to the text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.rules.expression import (
    All,
    Any,
    Comparator,
    Compare,
    Contains,
    DecidedAs,
    Exists,
    Expr,
    FieldRef,
    IfElse,
    Literal,
    Not,
    Scope,
    Shift,
    Sum,
    Type,
    YearEnd,
    YearOf,
)
from duixian.source.desk import Row
from duixian.source.expression import read_expression
from duixian.source.reference import Frame
from tests.source.town import desk, excerpt, read, town


def _root(text: str, kind: str = "投资", expected: Type = Type.FLAG) -> Expr:
    found = read(text, kind, expected)
    assert found.codes == []
    assert found.expression is not None
    assert found.expression.type is expected
    return found.expression.root


def _own(field: str, type_: Type) -> FieldRef:
    return FieldRef(Scope.TRIGGER, field, type_)


MONEY = _own("投入额", Type.MONEY)


def test_money_is_compared_in_fen() -> None:
    assert _root("投入额 >= 200万元") == Compare(
        Comparator.AT_LEAST, MONEY, Literal(2_000_000_00, Type.MONEY)
    )


@pytest.mark.parametrize(
    ("sign", "meant"), [("≥", ">="), ("≤", "<="), ("≠", "!="), ("＝", "="), ("＞", ">"), ("＜", "<")]
)
def test_signs_may_be_full_width(sign: str, meant: str) -> None:
    assert _root(f"投入额{sign}200万元") == _root(f"投入额 {meant} 200万元")


def test_a_literal_may_stand_on_the_left() -> None:
    root = _root("2026年 <= 年度")
    assert root == Compare(Comparator.AT_MOST, Literal(2026, Type.YEAR), _own("年度", Type.YEAR))


def test_a_bare_number_is_a_count_or_a_year_by_what_is_due() -> None:
    assert _root("设备数 > 3") == Compare(
        Comparator.ABOVE, _own("设备数", Type.COUNT), Literal(3, Type.COUNT)
    )
    assert _root("年度 = 2026") == Compare(
        Comparator.EQUAL, _own("年度", Type.YEAR), Literal(2026, Type.YEAR)
    )
    assert _root("设备数 > 3台") == _root("设备数 > 3")


def test_and_binds_tighter_than_or_and_not_tightest() -> None:
    existing = _own("存量企业", Type.FLAG)
    rich = Compare(Comparator.ABOVE, MONEY, Literal(100, Type.MONEY))
    assert _root("非 存量企业 且 投入额 > 1元 或 存量企业") == Any((All((Not(existing), rich)), existing))
    assert _root("非(存量企业 或 投入额 > 1元)") == Not(Any((existing, rich)))
    assert _root("（存量企业 且 (存量企业 且 存量企业)）") == All((existing, existing, existing))


def test_a_field_of_several_names_contains_one() -> None:
    field = _own("类别", Type.OPTIONS)
    assert _root("类别 含 技改") == Contains(field, ("技改",))
    assert _root("类别 含 (技改、上云)") == Contains(field, ("技改", "上云"))


def test_a_named_field_is_one_of_several_names() -> None:
    assert _root("品类 属于 (动力电池、储能电池)") == Contains(
        _own("品类", Type.OPTION), ("动力电池", "储能电池")
    )


def test_names_become_canonical() -> None:
    place = Compare(Comparator.EQUAL, _own("地点", Type.AREA), Literal("港口园", Type.AREA))
    assert _root("地点 = 港园") == place
    title = Compare(Comparator.EQUAL, _own("称号", Type.TITLE), Literal("单项冠军", Type.TITLE))
    assert _root("称号 = 制造业单项冠军", "认定") == title
    assert _root("轮次 = 复核", "认定") == _root("轮次 = 复评", "认定")
    assert _root("级别 >= 江南省", "认定") == _root("级别 >= 省级", "认定")


def test_a_name_with_brackets_stands_in_quotes() -> None:
    for quoted in ("“备案（试点）证”", '"备案(试点)证"', "「备案（试点）证」"):
        root = _root(f"称号 = {quoted}", "认定")
        assert isinstance(root, Compare)
        assert root.right == Literal("备案（试点）证", Type.TITLE)


def test_an_alias_that_fixes_the_level_asks_for_it() -> None:
    level = Compare(Comparator.EQUAL, _own("级别", Type.LEVEL), Literal("国家级", Type.LEVEL))
    title = Compare(Comparator.EQUAL, _own("称号", Type.TITLE), Literal("专精特新", Type.TITLE))
    assert _root("称号 = 国家级专精特新“小巨人”", "认定") == All((title, level))


def test_a_grade_is_checked_against_the_titles_beside_it() -> None:
    assert read("称号 = 智能工厂 且 等级 >= 先进", "认定").codes == []
    assert read("称号 = 智能工厂 且 等级 >= 3星级", "认定").codes == ["unknown-grade"]
    assert read("称号 属于 (智能工厂、贯标) 且 等级 >= 3星级", "认定").codes == []
    assert read("称号 != 智能工厂 且 等级 >= 3星级", "认定").codes == []
    assert read("等级 >= 3星级", "认定").codes == []


def test_inside_exists_a_word_is_a_field_of_the_fact_looked_at() -> None:
    root = _root("有 认定(称号 = 贯标 且 日期 <= 本.竣工日期 且 企业.迁入)")
    assert isinstance(root, Exists)
    assert isinstance(root.condition, All)
    _, before, moved = root.condition.parts
    candidate = FieldRef(Scope.CANDIDATE, "日期", Type.DATE)
    assert before == Compare(Comparator.AT_MOST, candidate, _own("竣工日期", Type.DATE))
    assert moved == FieldRef(Scope.ENTERPRISE, "迁入", Type.FLAG)


def test_a_named_field_may_equal_the_trigger_facts_own() -> None:
    root = _root("有 投资(地点 = 本.地点 且 编号 != 本.编号)")
    assert isinstance(root, Exists)
    assert isinstance(root.condition, All)
    same = root.condition.parts[0]
    assert same == Compare(
        Comparator.EQUAL, FieldRef(Scope.CANDIDATE, "地点", Type.AREA), _own("地点", Type.AREA)
    )


def test_text_compares_with_quoted_text_and_with_ids() -> None:
    assert _root("对象 = “一号工厂”", "认定") == Compare(
        Comparator.EQUAL, _own("对象", Type.TEXT), Literal("一号工厂", Type.TEXT)
    )
    assert read("对象 = 编号", "认定").codes == []


def test_a_question_may_decide() -> None:
    excess = Sum(MONEY, Literal(2_000_000_00, Type.MONEY), -1)
    root = _root("若 口径 基数 = 超出部分 则 投入额 - 200万元 否则 投入额", expected=Type.MONEY)
    assert root == IfElse(DecidedAs("基数", "超出部分"), excess, MONEY)
    assert _root("口径 基数 != 全额") == Not(DecidedAs("基数", "全额"))


def test_amounts_add_and_subtract_from_the_left() -> None:
    one = Literal(100, Type.MONEY)
    assert _root("投入额 - 1元 + 1元", expected=Type.MONEY) == Sum(Sum(MONEY, one, -1), one, 1)


def test_dates_shift_by_months_and_days() -> None:
    day = _own("竣工日期", Type.DATE)
    assert _root("竣工日期 + 3个月", expected=Type.DATE) == Shift(day, 3, 0)
    assert _root("竣工日期 - 10日", expected=Type.DATE) == Shift(day, 0, -10)
    assert _root("竣工日期 + 2年", expected=Type.DATE) == Shift(day, 24, 0)
    assert _root("竣工日期 >= 2026年3月1日") == Compare(
        Comparator.AT_LEAST, day, Literal(date(2026, 3, 1), Type.DATE)
    )
    assert _root("竣工日期 >= 2026-03-01") == _root("竣工日期 >= 2026年3月1日")


def test_years_and_dates_turn_into_each_other() -> None:
    assert _root("年末(年度)", expected=Type.DATE) == YearEnd(_own("年度", Type.YEAR))
    assert _root("年份(竣工日期)", expected=Type.YEAR) == YearOf(_own("竣工日期", Type.DATE))


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        ("投入额 >= 200个", "unit-mismatch", "200个"),
        ("投入额 >= 12%", "unknown-field", "12%"),
        ("设备数 >= 200万元", "unit-mismatch", "200万元"),
        ("设备数 + 1台 > 2台", "unit-mismatch", "设备数"),
        ("投入额 + 设备数 > 1元", "unit-mismatch", "设备数"),
        ("竣工日期 + 设备数 > 2026年1月1日", "unit-mismatch", "设备数"),
        ("竣工日期 + 3万元 > 2026年1月1日", "unit-mismatch", "3万元"),
        ("竣工日期 + 1.5个月 > 2026年1月1日", "unit-mismatch", "1.5个月"),
        ("竣工日期 + 5个工作日 > 2026年1月1日", "unit-mismatch", "5个工作日"),
        ("投入额", "unit-mismatch", "投入额"),
        ("年末(投入额) > 竣工日期", "unit-mismatch", "投入额"),
        ("若 存量企业 则 投入额 否则 设备数", "unit-mismatch", "设备数"),
        ("存量企业 且 投入额", "unit-mismatch", "投入额"),
        ("设备数 >= 1.5台", "unknown-field", "1.5台"),
        ("存量 且 设备数 > 1", "unknown-field", "存量"),
        ("存量 > 1", "unknown-field", "存量"),
        ("本.存量 = 1", "unknown-field", "本.存量"),
        ("企业.规模 = 大", "unknown-field", "企业.规模"),
        ("存量 含 技改", "unknown-field", "存量"),
        ("(存量企业 且 存量企业) 含 技改", "name-expected", "存量企业 且 存量企业"),
        ("年份(竣工日期) 属于 (技改)", "name-expected", "年份(竣工日期)"),
        ("地点 = (投入额 + 1元)", "name-expected", "投入额 + 1元"),
        ("品类 含 动力电池", "wrong-comparison", "品类"),
        ("类别 属于 (技改)", "wrong-comparison", "类别"),
        ("类别 = 技改", "wrong-comparison", "="),
        ("存量企业 含 技改", "wrong-comparison", "存量企业"),
        ("存量企业 = 是", "wrong-comparison", "="),
        ("地点 >= 东区", "wrong-comparison", ">="),
        ("口径 基数 >= 全额", "wrong-comparison", ">="),
        ("口径 基数 = 半额", "unknown-answer", "半额"),
        ("口径 基線 = 全额", "unknown-question", "基線"),
        ("有 认證(级别 = 省级)", "unknown-kind", "认證"),
        ("有 企业(迁入)", "unknown-kind", "企业"),
        ("已知(投入额)", "unknown-function", "已知"),
        ("年末(年终)", "unknown-field", "年终"),
        ("地点 = 北京", "unknown-area", "北京"),
        ("品类 属于 (动力电池、氢能)", "unknown-option", "氢能"),
        ("存量企业 且", "expression-syntax", "且"),
        ("", "expression-syntax", ""),
        ("存量企业 或者 迁入", "expression-syntax", "或者"),
        ("投入额 => 3万元", "expression-syntax", ">"),
        ("投入额 >= 3万元)", "expression-syntax", ")"),
        ("地点 = “东区", "expression-syntax", "“"),
        ("若 存量企业 则 1元", "expression-syntax", "元"),
    ],
)
def test_what_is_wrong_is_told_at_its_word(text: str, code: str, word: str) -> None:
    found = read(text)
    assert found.codes == [code]
    assert found.expression is None
    place = found.problems[0].place
    assert text[place.column - 1 : place.end_column - 1] == word or not word


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("称号 属于 (智能工厂、国家级专精特新小巨人)", ["alias-fixes-more"]),
        ("称号 != 国家级专精特新小巨人", ["alias-fixes-more"]),
        (
            "称号 = 星际工厂 且 级别 >= 宇宙级 且 轮次 = 三评",
            ["unknown-title", "unknown-level", "unknown-round"],
        ),
        ("轮次 > 获评", ["wrong-comparison"]),
        ("称号 > 智能工厂", ["wrong-comparison"]),
    ],
)
def test_all_wrong_names_of_a_condition_are_told(text: str, codes: list[str]) -> None:
    assert read(text, "认定").codes == codes


def test_an_endless_expression_is_refused_before_parsing() -> None:
    assert read("非 " * 2_000 + "存量企业").codes == ["expression-syntax"]


def test_deep_brackets_are_read() -> None:
    assert read("(" * 50 + "存量企业" + ")" * 50).codes == []


def test_a_field_must_be_the_same_in_all_kinds_that_may_trigger() -> None:
    kinds = town().vocabulary.kinds
    own = desk()
    frame = Frame((kinds["认定"], kinds["投资"]))
    assert read_expression(excerpt("有 上级支持(事实编号 = 本.编号)"), Type.FLAG, frame, own) is not None
    assert read_expression(excerpt("级别 >= 省级"), Type.FLAG, frame, own) is None
    assert read_expression(excerpt("编号 = 编号"), Type.FLAG, Frame(()), own) is None
    assert [problem.code for problem in own.report.problems] == ["source.unknown-field"] * 2


def test_every_quantity_is_bound_with_its_row() -> None:
    own = desk()
    frame = Frame((town().vocabulary.kinds["认定"],))
    row = Row("X9", (("贯标",),))
    read_expression(
        excerpt("称号 = 贯标 且 等级 >= 2星级 且 日期 > 2026年1月1日#2"), Type.FLAG, frame, own, row
    )
    read_expression(excerpt("日期 + 3个月"), Type.DATE, frame, own)
    assert [(each.kind, each.written, each.occurrence, each.row) for each in own.bindings] == [
        ("级星", "2星级", None, "X9"),
        ("日期", "2026年1月1日#2", 2, "X9"),
        ("期限", "3个月", None, ""),
    ]
    assert own.bindings[0].words == (("贯标",),)
    assert own.bindings[0].place.column == 17


def test_quantities_under_a_question_need_not_stand_in_the_text() -> None:
    found = read("若 口径 基数 = 全额 则 投入额 > 1万元 否则 投入额 > 2万元")
    assert [each.is_open for each in found.bindings] == [True, True]
    assert [each.is_open for each in read("投入额 > 1万元").bindings] == [False]


_WORDS = st.sampled_from(
    "存量企业 投入额 设备数 类别 品类 地点 竣工日期 年度 技改 动力电池 东区 200万元 3个月 3台 2026年 ( ) 、 且 或 非 含 属于 = >= "
    "!= + - 若 则 否则 口径 基数 全额 有 认定 称号 智能工厂 等级 先进级 本.编号 企业.迁入 年末 年份 “一”".split()
)


@given(st.lists(_WORDS, max_size=12), st.sampled_from(list(Type)))
def test_any_row_of_words_is_read_or_refused(words: list[str], expected: Type) -> None:
    found = read(" ".join(words), expected=expected)
    assert (found.expression is None) == bool(found.problems)


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("口径 基数 = 全额 且 投入额 >= 1万元", [True]),
        ("投入额 >= 1万元 且 非 口径 基数 = 全额", [True]),
        ("投入额 >= 1万元 或 口径 基数 = 全额", [True]),
        ("投入额 >= 1万元 且 非 (口径 基数 = 全额 且 投入额 >= 2万元)", [False, True]),
        ("投入额 >= 1万元 且 (口径 基数 = 全额 或 投入额 >= 2万元)", [False, True]),
        ("口径 基数 = 全额 且 投入额 >= 1万元 或 投入额 >= 2万元", [True, False]),
        ("口径 基数 = 全额 且 (投入额 >= 1万元 或 非 投入额 >= 2万元)", [True, True]),
        ("口径 基数 = 全额 且 有 投资(投入额 >= 1万元)", [True]),
        ("若 投入额 > 1万元 则 口径 基数 = 全额 否则 投入额 > 2万元", [False, False]),
        ("若 口径 基数 = 全额 且 投入额 > 1万元 则 投入额 > 2万元 否则 企业.迁入", [True, True]),
        ("投入额 > 1万元 且 (若 口径 基数 = 全额 则 投入额 > 2万元 否则 企业.迁入)", [False, True]),
    ],
)
def test_only_what_hangs_on_a_question_need_not_stand_in_the_text(text: str, open_: list[bool]) -> None:
    found = read(text)
    assert found.codes == []
    assert [each.is_open for each in found.bindings] == open_
