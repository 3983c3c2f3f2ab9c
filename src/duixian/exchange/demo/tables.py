"""The tables of the demo city on disk (虚构表): most as CSV, one workbook and one Parquet file; the same city, the same bytes.

Amounts and days are written in the different ways that officers write them.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from duixian.dates import format_chinese
from duixian.exchange.demo.facts import CODE, NAME, NUMBER, Row
from duixian.money import format_wan, format_yuan
from duixian.rules.fact import Value

Columns = Mapping[str, str]
"""The fields of a table in their order, each with its header."""
Write = Callable[[Path, Columns, Sequence[Row]], None]

_SUBJECT = "企业"
_FEN_PER_WAN = 1_000_000
_SAVED_ON = datetime(2026, 1, 1)
"""The day that the workbook says it was made on: the clock would change the bytes."""
_BROAD = {NAME: 34, CODE: 22, "项目名称": 36, "类别": 30}
_USUAL_WIDTH = 14


def write_tables(folder: Path, subjects: Sequence[Row], facts: Mapping[str, Sequence[Row]]) -> list[Path]:
    """Write a table for every kind into a folder that exists; the paths in the order of the kinds."""
    paths = []
    for kind, rows in {_SUBJECT: subjects, **facts}.items():
        suffix, write, names = _TABLES[kind]
        fields = names.split() if kind == _SUBJECT else [NUMBER, CODE, NAME, *names.split()]
        paths.append(folder / f"{kind}{suffix}")
        write(paths[-1], {name: _HEADERS.get((kind, name), name) for name in fields}, rows)
    return paths


def _write_csv(
    money: Callable[[int], str], day: Callable[[date], str], path: Path, columns: Columns, rows: Sequence[Row]
) -> None:
    """A table as text, with the mark by which Excel knows UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(columns.values())
        writer.writerows([_text(row.get(name), name, money, day) for name in columns] for row in rows)


def _text(value: Value | None, name: str, money: Callable[[int], str], day: Callable[[date], str]) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return money(value) if name in _MONEY else str(value)
    if isinstance(value, date):
        return day(value)
    return "；".join(value) if isinstance(value, tuple) else value


def _write_workbook(path: Path, columns: Columns, rows: Sequence[Row]) -> None:
    """A table as a workbook: amounts as numbers in 万元, days as days."""
    # Imported here, as is Arrow: a command that writes no such file starts without them.
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    with Workbook(path, {"in_memory": True}) as book:
        book.set_properties({"title": "虚构数据", "created": _SAVED_ON})
        sheet = book.add_worksheet(path.stem)
        head, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 0)
        for place, (name, header) in enumerate(columns.items()):
            sheet.set_column(place, place, _BROAD.get(name, _USUAL_WIDTH))
            sheet.write_string(0, place, header, head)
            for line, row in enumerate(rows, start=1):
                value = row.get(name)
                if isinstance(value, date):
                    sheet.write_datetime(line, place, value, day)
                elif isinstance(value, int) and not isinstance(value, bool):
                    sheet.write_number(
                        line, place, Decimal(value) / _FEN_PER_WAN if name in _MONEY else value
                    )
                elif value is not None:
                    sheet.write_string(line, place, _text(value, name, format_yuan, date.isoformat))


def _write_parquet(path: Path, columns: Columns, rows: Sequence[Row]) -> None:
    """A table as columns: amounts as decimals in yuan, days as days."""
    import pyarrow as pa  # type: ignore[import-untyped]
    from pyarrow.parquet import write_table  # type: ignore[import-untyped]

    def column(name: str) -> pa.Array[Any]:
        cells = [row.get(name) for row in rows]
        if name in _MONEY:
            return pa.array([_yuan(each) for each in cells], pa.decimal128(18, 2))
        return pa.array(cells, pa.date32() if name == "日期" else pa.string())

    write_table(pa.table({header: column(name) for name, header in columns.items()}), path)


def _yuan(fen: Value | None) -> Decimal | None:
    return Decimal(fen).scaleb(-2) if isinstance(fen, int) else None


_csv = partial(_write_csv, format_yuan, date.isoformat)
_csv_for_people = partial(_write_csv, format_wan, format_chinese)

_MONEY = {"有效投入额", "拨付资金", "协议成交额", "金额"}
_TABLES: Mapping[str, tuple[str, Write, str]] = {
    _SUBJECT: (
        ".csv",
        _csv,
        f"{CODE} {NAME} 曾用名 所属地区 主体类型 成立日期 迁入日期 规上类别 行业代码 制造业 装备制造业 装备方向 民口企业",
    ),
    "认定": (".csv", _csv, "称号 级别 等级 轮次 对象 日期 文号 国家评定机构 装备领域 获评地 备案角色"),
    "投资项目": (".xlsx", _write_workbook, "项目名称 类别 年度 有效投入额 含税 竣工日期 存量企业 建设地"),
    "攻关项目": (".csv", _csv_for_people, "项目名称 级别 类别 拨付资金 协议成交额 日期 文号"),
    "产品交付": (".csv", _csv_for_people, "品类 对象 金额 含税 交付日期 运行起始日期 新建造"),
    "标准": (".csv", _csv, "类别 级别 名称 标准号 角色 制修订 日期"),
    "上级支持": (".csv", _csv_for_people, "事实编号 级别 金额 日期 名称"),
    "已兑付": (".parquet", _write_parquet, "文号 条款 事项 事实编号 金额 日期"),
    "企业变更": (".csv", _csv, "事由 日期 说明"),
    "负面记录": (".csv", _csv, "类型 日期 已解除 文号"),
}
"""The table of each kind: suffix, writer, and the fields after number, code and name."""
_HEADERS = {
    ("投资项目", "有效投入额"): "有效投入额（万元）",
    ("认定", "日期"): "认定日期",
    ("标准", "日期"): "发布日期",
}
"""Headers that are not the field's own name, as tables of offices have them."""
