"""Cells that do not hold what their column asks for: the row is left aside, the rows around it are kept."""

from __future__ import annotations

from pathlib import Path

from tests.exchange.small_city import EAST
from tests.exchange.tables.malformed.case import Malformed, malformed
from tests.exchange.written import write_csv

RECOGNITIONS = ("编号", "统一社会信用代码", "企业名称", "称号", "级别", "等级", "轮次", "对象", "日期")
GOOD_FACT = dict(
    zip(RECOGNITIONS, ("F1", EAST, "", "智能工厂", "省级", "先进级", "获评", "", "2026-03-01"), strict=True)
)
PROJECTS = ("编号", "统一社会信用代码", "类别", "年度", "有效投入额", "竣工日期", "存量企业", "设备台数")
GOOD_PROJECT = dict(
    zip(PROJECTS, ("P1", EAST, "技改升级", "2026", "200万元", "2026-06-30", "是", "3"), strict=True)
)


def _fact(problem: str, column: str, cell: str, blamed: str = "") -> Malformed:
    """A bad cell in the second of three rows of 认定; ``blamed`` is the column that is told, if it is another."""
    return _bad("认定", RECOGNITIONS, GOOD_FACT, problem, column, cell, blamed)


def _project(problem: str, column: str, cell: str) -> Malformed:
    """A bad cell in the second of three rows of 投资项目."""
    return _bad("投资项目", PROJECTS, GOOD_PROJECT, problem, column, cell)


def _bad(
    kind: str,
    columns: tuple[str, ...],
    good: dict[str, str],
    problem: str,
    column: str,
    cell: str,
    blamed: str = "",
) -> Malformed:
    numbers = [good["编号"].replace("1", str(n)) for n in (1, 2, 3)]
    rows = [good | {"编号": number} for number in numbers]
    rows[1] |= {column: cell}

    def make(folder: Path) -> None:
        write_csv(folder / f"{kind}.csv", columns, *([row[name] for name in columns] for row in rows))

    place = f"exchange.{problem} {kind}.csv:3:{columns.index(blamed or column) + 1}"
    case = malformed(f"{numbers[0]} {numbers[2]}", place)(make)
    shown = "".join(char if char.isprintable() else f"U+{ord(char):04X}" for char in cell)
    return Malformed(f"{column} is {shown or 'empty'}", make, case.problems, case.kept)


CELLS = (
    _fact("bad-credit-code", "统一社会信用代码", EAST[:-1] + "0"),
    _fact("bad-credit-code", "统一社会信用代码", EAST[:-1]),
    _fact("bad-credit-code", "统一社会信用代码", EAST.replace("X", "O", 1)),
    _fact("code-became-number", "统一社会信用代码", "9.13207E+17"),
    _fact("identity-number", "统一社会信用代码", "11010519491231002X"),
    _fact("missing-value", "统一社会信用代码", ""),
    _fact("misspelt-title", "称号", "智能工场"),
    _fact("unknown-title", "称号", "诺贝尔奖"),
    _fact("title-contradiction", "称号", "国家级智能工厂", blamed="级别"),
    _fact("unknown-level", "级别", "部级"),
    _fact("no-such-level", "级别", "市级"),
    _fact("unknown-grade", "等级", "领航级"),
    _fact("unknown-round", "轮次", "第一次"),
    _fact("formula-text", "对象", "=HYPERLINK(1)"),
    _fact("formula-text", "对象", "@SUM(1+1)"),
    _fact("bad-date", "日期", "2026-02-30"),
    _fact("bad-date", "日期", "2026年"),
    _fact("bad-date", "日期", "26.3.1"),
    _fact("bad-date", "日期", "3026-03-01"),
    _fact("number-as-date", "日期", "46082"),
    _fact("digits-lost", "编号", "1.23457E+17"),
    _project("bad-money", "有效投入额", "1e309"),
    _project("bad-money", "有效投入额", "约200万元"),
    _project("bad-money", "有效投入额", "200美元"),
    _project("bad-money", "有效投入额", "0.001"),
    _project("bad-money", "有效投入额", "nan"),
    _project("bad-money", "有效投入额", "1,00"),
    _project("bad-money", "有效投入额", "9" * 30),
    _project("bad-money", "有效投入额", "#REF!"),
    _project("negative-money", "有效投入额", "-200万元"),
    _project("bad-year", "年度", "26"),
    _project("bad-year", "年度", "2026-27"),
    _project("bad-flag", "存量企业", "大概"),
    _project("bad-count", "设备台数", "-3"),
    _project("bad-count", "设备台数", "3.5"),
    _project("unknown-option", "类别", "技改升级；绿化"),
)
