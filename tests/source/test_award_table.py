"""Award tables: which facts a row takes, what it carries, and where its quantities must stand in the text."""

from __future__ import annotations

from fractions import Fraction

import pytest

from duixian.rules.expression import TRUE, Comparator, Type
from duixian.rules.measure import AwardRow, FixedSum, RateOfBase, Selector
from duixian.rules.vocabulary import Round
from duixian.source.award_table import AwardTable, read_award_table, titles_of
from duixian.source.desk import Desk
from duixian.source.yaml_tree import Origin, ScalarNode
from tests.source.town import aid, desk, town


def _node(*lines: str) -> ScalarNode:
    """A literal block as it stands beneath ``奖励: |`` in the first line of a file."""
    text = "\n".join(lines) + "\n"
    origin = Origin("policy.md", 1, ("奖励: |", *(f"  {line}" for line in lines)))
    return ScalarNode(text, "|", origin, (0, 4), (len(lines) + 1, 0))


def _table(*lines: str, kind: str = "认定") -> tuple[AwardTable | None, Desk]:
    own = desk()
    return read_award_table(_node(*lines), town().vocabulary.kinds[kind], own), own


def _codes(own: Desk) -> list[str]:
    return [problem.code.removeprefix("source.") for problem in own.report.sorted()]


def _row(header: str, line: str, kind: str = "认定") -> AwardRow:
    table, own = _table(header, line, kind=kind)
    assert _codes(own) == []
    assert table is not None
    return table.rows[0]


def _selectors(row: AwardRow) -> dict[str, Selector]:
    return {selector.field: selector for selector in row.selectors}


def test_the_rows_of_the_small_city_are_read_whole() -> None:
    growth = aid().measures[0]
    assert [row.id for row in growth.rows] == ["X01a", "X01b", "X01c", "X01d"]
    assert [row.amount for row in growth.rows] == [FixedSum(wan * 1_000_000) for wan in (80, 15, 60, 20)]
    assert [row.round for row in growth.rows] == [Round.AWARDED, Round.RENEWED, Round.AWARDED, Round.AWARDED]
    assert growth.rows[0].selectors == (
        Selector("称号", Comparator.EQUAL, ("单项冠军",)),
        Selector("级别", Comparator.EQUAL, ("国家级",)),
    )


def test_an_alias_fills_in_the_level_that_it_fixes() -> None:
    assert _selectors(aid().measures[0].rows[2])["级别"] == Selector("级别", Comparator.EQUAL, ("国家级",))


def test_a_cell_may_agree_with_the_alias_beside_it() -> None:
    row = _row("| 编号 | 称号 | 级别 | 最高 |", "| A1 | 国家级专精特新小巨人 | 国家级 | 1万元 |")
    assert _selectors(row)["级别"].names == ("国家级",)


def test_a_cell_may_name_several() -> None:
    row = _row("| 编号 | 称号 | 等级 | 最高 |", "| A1 | 智能工厂、贯标 | 先进级、 2星级 | 1万元 |")
    assert _selectors(row)["称号"].names == ("智能工厂", "贯标")
    assert _selectors(row)["等级"].names == ("先进级", "2星级")


@pytest.mark.parametrize(
    "cell",
    [
        ">= 先进级",
        "≥先进级",
        "先进级及以上",
        "先进级以上",
        "先进级（及以上）",
        "先进级(含)以上",
        "先进（及以上）",
    ],
)
def test_a_rank_and_above(cell: str) -> None:
    row = _row("| 编号 | 称号 | 等级 | 最高 |", f"| A1 | 智能工厂 | {cell} | 1万元 |")
    assert _selectors(row)["等级"] == Selector("等级", Comparator.AT_LEAST, ("先进级",))


def test_a_blank_cell_selects_nothing() -> None:
    row = _row("| 编号 | 称号 | 级别 | 轮次 | 最高 |", "| A1 | 单项冠军 | | | 1万元 |")
    assert (list(_selectors(row)), row.round, row.condition) == (["称号"], None, TRUE)


def test_an_exact_sum_is_told_from_a_ceiling() -> None:
    assert _row("| 编号 | 定额 |", "| A1 | 50万元 |").amount == FixedSum(50_000_000, is_exact=True)
    assert _row("| 编号 | 最高 | 定额 |", "| A1 | 50万元 | |").amount == FixedSum(50_000_000)


def test_a_rate_has_a_base_and_perhaps_a_cap() -> None:
    header = "| 编号 | 品类 | 比例 | 基数 | 最高 |"
    capped = _row(header, "| A1 | 动力电池 | 0.5% | 投入额 | 200万元 |", "投资").amount
    assert isinstance(capped, RateOfBase)
    assert (capped.rate, capped.base.type, capped.cap_fen) == (
        Fraction(1, 200),
        Type.MONEY,
        20_000_000_000 // 100,
    )
    endless = _row(header, "| A1 | 动力电池 | 100% | 投入额 - 1元 | |", "投资").amount
    assert isinstance(endless, RateOfBase)
    assert (endless.rate, endless.cap_fen) == (Fraction(1), None)


def test_a_row_may_have_a_condition_of_its_own() -> None:
    row = _row("| 编号 | 称号 | 条件 | 最高 |", "| A1 | 智能工厂 | 等级 >= 先进级 且 企业.迁入 | 1万元 |")
    assert row.condition.text == "等级 >= 先进级 且 企业.迁入"


def test_cells_bind_their_quantities_in_the_order_of_the_row() -> None:
    line = "| A1 | 贯标 | 2星级 | 日期 > 2026年1月1日 | 10万元#2 | 贯标 达到 |"
    _, own = _table(
        "| 编号 | 称号 | 等级 | 条件 | 最高 | 原文 |",
        line,
        "| A2 | 智能工厂 | | | 30万元 | |",
    )
    assert [(each.row, each.written, each.occurrence) for each in own.bindings] == [
        ("A1", "2星级", None),
        ("A1", "10万元#2", 2),
        ("A1", "2026年1月1日", None),
        ("A2", "30万元", None),
    ]
    assert own.bindings[0].words == (("贯标",), ("达到",))
    assert own.bindings[-1].words == (("智能工厂", "先进级智能制造工厂"),)
    place = own.bindings[1].place
    assert (place.line, f"  {line}"[place.column - 1 : place.end_column - 1]) == (3, "10万元#2")


@pytest.mark.parametrize(
    ("header", "line", "codes"),
    [
        ("| 编号 | 最高 |", "| A 1 | 1万元 |", ["wrong-value"]),
        ("| 编号 | 最高 |", "| | 1万元 |", ["wrong-value"]),
        ("| 编号 | 最高 |", "| A1 | |", ["amount-missing"]),
        ("| 编号 | 最高 |", "| A1 | 12% |", ["unit-mismatch"]),
        ("| 编号 | 最高 |", "| A1 | 最多 |", ["unit-mismatch"]),
        ("| 编号 | 最高 | 定额 |", "| A1 | 1万元 | 1万元 |", ["amount-missing"]),
        ("| 编号 | 比例 | 最高 |", "| A1 | 12% | 1万元 |", ["amount-missing"]),
        ("| 编号 | 比例 | 基数 | 定额 |", "| A1 | 12% | 投入额 | 1万元 |", ["amount-missing"]),
        ("| 编号 | 比例 | 基数 |", "| A1 | 12万元 | 投入额 |", ["unit-mismatch"]),
        ("| 编号 | 比例 | 基数 |", "| A1 | 12% | 设备数 |", ["unit-mismatch"]),
        ("| 编号 | 条件 | 最高 |", "| A1 | 存量 | 1万元 |", ["unknown-field"]),
        ("| 编号 | 地点 | 最高 |", "| A1 | >= 东区 | 1万元 |", ["unknown-area"]),
        ("| 编号 | 最高 | 投入额 |", "| A1 | 1万元 | 1 |", ["unknown-column"]),
        ("| 编号 | 品类 |", "| A1 | 动力电池 |", ["missing-column"]),
    ],
)
def test_what_is_wrong_with_a_row(header: str, line: str, codes: list[str]) -> None:
    _, own = _table(header, line, kind="投资")
    assert _codes(own) == codes


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ("| 智能工厂 | >= 先进级、卓越级 |", ["wrong-value"]),
        ("| 智能工厂 | 2星级 |", ["unknown-grade"]),
        ("| 先进级智能制造工厂 | 卓越级 |", ["alias-contradicts"]),
        ("| 先进级智能制造工厂、贯标 | |", ["alias-contradicts"]),
        ("| 国家级专精特新小巨人 | |", []),
        ("| 智能工厂、 | |", ["unknown-title"]),
    ],
)
def test_titles_and_grades_of_a_row_must_go_together(cells: str, codes: list[str]) -> None:
    _, own = _table("| 编号 | 称号 | 等级 | 最高 |", f"| A1 {cells} 1万元 |")
    assert _codes(own) == codes


def test_a_broken_row_does_not_take_the_others_along() -> None:
    table, own = _table("| 编号 | 最高 |", "| A1 | x |", "| A2 | 1万元 |", "A3 | 1万元 |", "| A4 |", "|")
    assert table is not None
    assert [row.id for row in table.rows] == ["A2"]
    assert table.ids == ("A1", "A2")
    assert _codes(own) == ["unit-mismatch", "table-line", "ragged-row", "table-line"]


def test_a_table_without_lines_is_a_problem() -> None:
    table, own = _table("")
    assert (table, _codes(own)) == (None, ["table-empty"])


def test_titles_of_a_table_in_their_order() -> None:
    growth, factories, projects = aid().measures
    assert titles_of(growth.rows, "称号") == ("单项冠军", "专精特新")
    assert titles_of(factories.rows, "称号") == ("智能工厂", "贯标")
    assert titles_of(projects.rows, "称号") is None
