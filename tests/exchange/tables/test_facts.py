"""Fact tables in: folders, workbooks and single tables become dossiers, in whatever order their rows come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.exchange.tables import table_parquet
from duixian.exchange.tables.facts import FactReading, TableCount, read_facts
from duixian.exchange.tables.findings import TOLD_ONE_BY_ONE
from duixian.exchange.tables.folder import MOST_ENTRIES
from duixian.rules.fact import Dossier, Fact
from tests.exchange.small_city import CITY, EAST, EAST_NAME, TRADER, WEST, WEST_NAME
from tests.exchange.written import (
    ENTERPRISE_HEADER,
    ENTERPRISES,
    PROJECT_HEADER,
    RECOGNITION_HEADER,
    Cells,
    csv_text,
    project,
    recognition,
    write_csv,
    write_enterprises,
    write_xlsx,
)


def codes(reading: FactReading) -> list[str]:
    return [f"{problem.code.removeprefix('exchange.')} {problem.place}" for problem in reading.problems]


def facts(reading: FactReading) -> dict[str, Fact]:
    return {fact.id: fact for dossier in reading.dossiers for fact in dossier.facts}


def placeless(reading: FactReading) -> tuple[Dossier, ...]:
    return tuple(
        replace(dossier, facts=tuple(replace(fact, place=fact.place.__class__("")) for fact in dossier.facts))
        for dossier in reading.dossiers
    )


def test_a_folder_of_tables_becomes_dossiers(tmp_path: Path) -> None:
    write_enterprises(tmp_path)
    write_csv(tmp_path / "认定.csv", RECOGNITION_HEADER, recognition("F2"), recognition("F1"))
    write_csv(tmp_path / "投资项目.csv", PROJECT_HEADER, project("P1", code=WEST), encoding="utf-8-sig")
    reading = read_facts(tmp_path, CITY)
    assert codes(reading) == []
    east, west = reading.dossiers
    assert (east.code, east.name, east.subject["所属地区"]) == (EAST, EAST_NAME, "海州区")
    assert [fact.id for fact in east.facts] == ["F1", "F2"]
    assert west.facts[0].values == {
        "编号": "P1",
        "统一社会信用代码": WEST,
        "有效投入额": 2_000_000_00,
        "竣工日期": date(2026, 6, 30),
    }
    assert str(west.facts[0].place) == "投资项目.csv:2"
    assert reading.tables[0] == TableCount("企业", "企业.csv", "", 2, 2)


def test_one_workbook_may_hold_a_sheet_for_each_kind(tmp_path: Path) -> None:
    sheets: dict[str, list[Cells]] = {
        "企业": [ENTERPRISE_HEADER, *ENTERPRISES],
        "投资项目": [
            ["市级项目汇总表"],
            [None, None, "单位：万元"],
            PROJECT_HEADER,
            project("P1", 200, date(2026, 6, 30)),
            project("P2", "200万元", datetime(2026, 6, 30, 8)),
        ],
    }
    write_xlsx(tmp_path / "2026年汇总.xlsx", sheets)
    reading = read_facts(tmp_path / "2026年汇总.xlsx", CITY)
    assert codes(reading) == ["table-unit 2026年汇总.xlsx[投资项目]:2:3"]
    assert [facts(reading)[number].values["有效投入额"] for number in ("P1", "P2")] == [2_000_000_00] * 2
    assert str(facts(reading)["P1"].place) == "2026年汇总.xlsx[投资项目]:4"


def test_a_header_may_carry_a_unit_a_star_and_another_name(tmp_path: Path) -> None:
    header = ("*编号", "信用代码", "设备投入（万元）", "竣工日期（必填）", "存量企业")
    write_csv(tmp_path / "投资项目.csv", header, ("P1", EAST, "200", "2026-06-30", "否"))
    values = facts(read_facts(tmp_path, CITY))["P1"].values
    assert values["有效投入额"] == 2_000_000_00
    assert values["存量企业"] is False


def test_the_fields_own_name_goes_before_its_other_headers(tmp_path: Path) -> None:
    header = ("序号", "编号", "信用代码", "称号", "企业名称", "企业")
    write_csv(tmp_path / "认定.csv", header, ("1", "F1", EAST, "CMMI3", EAST_NAME, "别的"))
    write_enterprises(tmp_path)
    reading = read_facts(tmp_path, CITY)
    assert codes(reading) == ["second-header 认定.csv:1:1", "second-header 认定.csv:1:6"]
    assert facts(reading)["F1"].values["企业名称"] == EAST_NAME


def test_ordinals_are_numbers_of_their_own_table_only(tmp_path: Path) -> None:
    for name in ("认定_2025", "认定_2026"):
        write_csv(tmp_path / f"{name}.csv", ("序号", "信用代码", "称号"), ("1", EAST, "CMMI3"))
    reading = read_facts(tmp_path, CITY)
    assert sorted(facts(reading)) == ["认定_2025-1", "认定_2026-1"]
    assert codes(reading)[1:] == ["ordinal-numbers 认定_2025.csv:1:1", "ordinal-numbers 认定_2026.csv:1:1"]


def test_a_title_brings_its_level_and_grade(tmp_path: Path) -> None:
    header = ("编号", "统一社会信用代码", "称号", "级别", "等级")
    rows = [
        ("F1", EAST, "先进级智能工厂", "", ""),
        ("F2", EAST, "国家级专精特新“小巨人”", "国家级", ""),
        ("F3", EAST, "专精特新小巨人", "", ""),
        ("F4", EAST, "智能工厂", "国家", "卓越级"),
        ("F5", EAST, "CMMI", "", "三级"),
        ("F6", EAST, "企业技术中心", "省", "优秀"),
    ]
    write_csv(tmp_path / "认定.csv", header, *rows)
    reading = read_facts(tmp_path, CITY)
    found = {
        number: tuple(fact.values.get(name, "") for name in ("称号", "级别", "等级"))
        for number, fact in facts(reading).items()
    }
    assert found == {
        "F1": ("智能工厂", "省级", "先进级"),
        "F2": ("专精特新小巨人", "国家级", ""),
        "F3": ("专精特新小巨人", "国家级", ""),
        "F4": ("智能工厂", "国家级", "卓越级"),
        "F5": ("CMMI", "", "3级"),
        "F6": ("企业技术中心", "省级", ""),
    }
    assert codes(reading)[1:] == ["needless-grade 认定.csv:7:5"]


def test_a_list_without_codes_is_matched_by_name_and_never_guessed(tmp_path: Path) -> None:
    header = (*ENTERPRISE_HEADER, "曾用名")
    write_csv(tmp_path / "企业.csv", header, (*ENTERPRISES[0], "连云港老名称有限公司"), (*ENTERPRISES[1], ""))
    rows = [
        ("F1", f" {EAST_NAME} ", "CMMI3"),
        ("F2", "连云港老名称有限公司", "CMMI3"),
        ("F3", "西海样例电气", "CMMI3"),
        ("F4", "无锡市毫不相干有限公司", "CMMI3"),
    ]
    write_csv(tmp_path / "认定.csv", ("编号", "企业名称", "称号"), *rows)
    reading = read_facts(tmp_path, CITY)
    assert {number: fact.enterprise for number, fact in facts(reading).items()} == {"F1": EAST, "F2": EAST}
    assert facts(reading)["F1"].values["统一社会信用代码"] == EAST
    assert codes(reading) == [
        "name-matched 认定.csv:3",
        "uncertain-name 认定.csv:4",
        "unknown-name 认定.csv:5",
    ]
    third, fourth = reading.uncertain
    assert (third.kind, third.fact, third.name) == ("认定", "F3", "西海样例电气")
    assert [candidate.code for candidate in third.match.candidates] == [WEST]
    assert fourth.match.candidates == ()
    assert reading.tables[1] == TableCount("认定", "认定.csv", "", 4, 2)
    assert reading.tables[1].left_aside == 2


def test_a_row_may_lack_code_or_name_but_not_both(tmp_path: Path) -> None:
    write_enterprises(tmp_path)
    header = ("编号", "统一社会信用代码", "企业名称", "称号")
    write_csv(
        tmp_path / "认定.csv",
        header,
        ("F1", EAST, "", "CMMI3"),
        ("F2", "", WEST_NAME, "CMMI3"),
        ("F3", "", "", "CMMI3"),
    )
    reading = read_facts(tmp_path, CITY)
    assert sorted(facts(reading)) == ["F1", "F2"]
    assert codes(reading) == ["missing-value 认定.csv:4:2"]


def test_a_name_of_another_enterprise_beside_a_code_is_told(tmp_path: Path) -> None:
    write_enterprises(tmp_path)
    header = ("编号", "统一社会信用代码", "企业名称", "称号")
    rows = [
        ("F1", EAST, EAST_NAME.replace("有限公司", "有限责任公司"), "CMMI3"),
        ("F2", EAST, WEST_NAME, "CMMI3"),
    ]
    write_csv(tmp_path / "认定.csv", header, *rows)
    reading = read_facts(tmp_path, CITY)
    assert codes(reading) == ["name-differs 认定.csv:3"]
    assert sorted(facts(reading)) == ["F1", "F2"]


def test_an_enterprise_that_is_not_listed_still_has_a_dossier(tmp_path: Path) -> None:
    write_enterprises(tmp_path)
    header = ("编号", "统一社会信用代码", "企业名称", "称号")
    write_csv(tmp_path / "认定.csv", header, ("F1", TRADER, "海州区样例修理店", "CMMI3"))
    reading = read_facts(tmp_path, CITY)
    assert reading.dossiers[-1].name == "海州区样例修理店"
    assert reading.dossiers[-1].subject == {}
    assert codes(reading) == ["enterprise-not-listed 认定.csv:2"]
    assert TRADER not in reading.problems[0].found


def test_a_reference_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    write_enterprises(tmp_path)
    write_csv(tmp_path / "认定.csv", RECOGNITION_HEADER, recognition("F1"), recognition("X1"))
    write_csv(tmp_path / "投资项目.csv", PROJECT_HEADER, project("X1"), project("P2", code=WEST))
    header = ("编号", "统一社会信用代码", "事实编号", "金额")
    payments = [
        ("D1", EAST, "F1", "1"),
        ("D2", EAST, "F9", "1"),
        ("D3", EAST, "P2", "1"),
        ("D4", EAST, "X1", "1"),
    ]
    write_csv(tmp_path / "已兑付.csv", header, *payments)
    assert codes(read_facts(tmp_path, CITY)) == [
        "dangling-reference 已兑付.csv:3",
        "dangling-reference 已兑付.csv:4",
        "ambiguous-reference 已兑付.csv:5",
    ]


def test_parquet_columns_are_read_by_their_types(tmp_path: Path) -> None:
    columns = {
        "编号": ["P1", "P2"],
        "统一社会信用代码": pa.array([EAST, WEST]).dictionary_encode(),
        "类别": [["基本建设", "技改升级"], None],
        "年度": pa.array([2026, None], pa.int16()),
        "有效投入额": pa.array([Decimal("2000000.10"), None], pa.decimal128(20, 2)),
        "竣工日期": pa.array([datetime(2026, 6, 30), None], pa.timestamp("ns")),
        "存量企业": [True, False],
        "设备台数": [3.0, None],
    }
    pq.write_table(pa.table(columns), tmp_path / "投资项目.parquet")
    reading = read_facts(tmp_path / "投资项目.parquet", CITY)
    assert facts(reading)["P1"].values == {
        "编号": "P1",
        "统一社会信用代码": EAST,
        "类别": ("基本建设", "技改升级"),
        "年度": 2026,
        "有效投入额": 2_000_000_10,
        "竣工日期": date(2026, 6, 30),
        "存量企业": True,
        "设备台数": 3,
    }
    assert facts(reading)["P2"].values.keys() == {"编号", "统一社会信用代码", "存量企业"}
    assert codes(reading) == ["no-enterprise-table 投资项目.parquet"]


@pytest.mark.parametrize(
    "name", ["认定_2026.csv", "认定-补充.csv", "认定（第二批）.csv", "认定 2.csv", "认定2.tsv"]
)
def test_a_file_is_known_by_the_kind_that_begins_its_name(tmp_path: Path, name: str) -> None:
    write_csv(tmp_path / name, RECOGNITION_HEADER, recognition("F1"))
    assert list(facts(read_facts(tmp_path, CITY))) == ["F1"]


def test_a_workbook_named_by_its_kind_may_call_its_sheet_anything(tmp_path: Path) -> None:
    rows = [RECOGNITION_HEADER, recognition("F1", date="2026/3/1")]
    write_xlsx(tmp_path / "认定.xlsx", {"Sheet1": rows, "Sheet2": [], "说明": [["填表说明"]]})
    reading = read_facts(tmp_path, CITY)
    assert list(facts(reading)) == ["F1"]
    assert codes(reading)[1:] == ["unknown-sheet 认定.xlsx[说明]"]


def test_merged_cells_and_formulas_do_no_harm_where_nothing_is_read(tmp_path: Path) -> None:
    path = tmp_path / "认定.xlsx"
    rows = [
        ["汇总表"],
        (*RECOGNITION_HEADER, "备注"),
        (*recognition("F1"), "=1+1"),
        (*recognition("F2"), None),
    ]
    write_xlsx(
        path, {"认定": rows}, lambda sheet: (sheet.merge_cells("A1:D1"), sheet.merge_cells("E3:E4"))[0]
    )
    reading = read_facts(path, CITY)
    assert sorted(facts(reading)) == ["F1", "F2"]
    assert [each for each in codes(reading) if "merged" in each or "formula" in each] == []


def test_cells_of_several_lines_count_as_one_row(tmp_path: Path) -> None:
    header = (*RECOGNITION_HEADER, "对象")
    write_csv(
        tmp_path / "认定.csv", header, (*recognition("F1"), "第一行\n第二行"), (*recognition("F2"), "x\0")
    )
    reading = read_facts(tmp_path, CITY)
    assert facts(reading)["F1"].values["对象"] == "第一行 第二行"
    assert codes(reading)[1:] == ["control-characters 认定.csv:3:5"]


def test_blank_rows_and_repeated_headers_are_no_data(tmp_path: Path) -> None:
    text = csv_text(
        RECOGNITION_HEADER,
        [recognition("F1"), ("", "", "", ""), (), RECOGNITION_HEADER, recognition("F2"), ("小计",)],
    )
    (tmp_path / "认定.csv").write_text(text, "utf-8")
    reading = read_facts(tmp_path, CITY)
    assert sorted(facts(reading)) == ["F1", "F2"]
    assert codes(reading)[1:] == ["repeated-header 认定.csv:5", "total-row 认定.csv:7"]
    assert reading.tables[0].rows == 2


def test_a_flood_of_one_problem_is_told_with_its_number(tmp_path: Path) -> None:
    rows = [recognition(f"F{n}", date="昨天") for n in range(TOLD_ONE_BY_ONE + 20)]
    write_csv(tmp_path / "认定.csv", RECOGNITION_HEADER, *rows)
    told = [problem for problem in read_facts(tmp_path, CITY).problems if problem.place.line]
    assert len(told) == TOLD_ONE_BY_ONE + 1
    assert (told[-1].code, told[-1].found) == ("exchange.more-of-the-same", "20")
    assert (told[-1].detail["first"], told[-1].detail["last"]) == ("102", "121")


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("nowhere", "no-such-path nowhere"),
        ("认定.csv", "no-such-path 认定.csv"),
        ("empty", "no-tables empty"),
    ],
)
def test_a_path_without_tables_is_told(tmp_path: Path, name: str, problem: str) -> None:
    (tmp_path / "empty").mkdir()
    assert codes(read_facts(tmp_path / name, CITY)) == [problem]


def test_a_single_table_has_to_say_its_kind(tmp_path: Path) -> None:
    write_csv(tmp_path / "名单.csv", RECOGNITION_HEADER, recognition("F1"))
    (tmp_path / "认定.docx").touch()
    assert codes(read_facts(tmp_path / "名单.csv", CITY)) == ["unknown-single-table 名单.csv"]
    assert codes(read_facts(tmp_path / "认定.docx", CITY)) == ["unsupported-format 认定.docx"]


def test_a_path_that_no_system_can_open_is_told(tmp_path: Path) -> None:
    name = "认" * 200
    assert codes(read_facts(tmp_path / name, CITY)) == [f"cannot-open {name}"]


def test_a_folder_of_a_thousand_files_is_another_folder(tmp_path: Path) -> None:
    for number in range(MOST_ENTRIES + 1):
        (tmp_path / f"{number}.txt").touch()
    assert codes(read_facts(tmp_path, CITY)) == [f"too-many-files {tmp_path.name}"]


def test_a_table_is_read_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duixian.exchange.tables.rows.MOST_ROWS", 3)
    write_enterprises(tmp_path)
    write_csv(tmp_path / "认定.csv", RECOGNITION_HEADER, *(recognition(f"F{n}") for n in range(4)))
    write_csv(tmp_path / "认定_2.csv", RECOGNITION_HEADER, *(recognition(f"G{n}") for n in range(3)))
    reading = read_facts(tmp_path, CITY)
    assert codes(reading) == ["too-many-rows 认定.csv"]
    assert sorted(facts(reading)) == ["G0", "G1", "G2"]


def test_parquet_files_have_limits_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_enterprises(tmp_path)
    pq.write_table(
        pa.table({"编号": ["F1", "F2"], "称号": ["x" * 5000, "y" * 5000]}), tmp_path / "认定.parquet"
    )
    pq.write_table(pa.table({f"列{n}": [1] for n in range(600)}), tmp_path / "认定_2.parquet")
    monkeypatch.setattr(table_parquet, "MOST_ROWS", 1)
    assert codes(read_facts(tmp_path, CITY)) == [
        "too-many-rows 认定.parquet",
        "too-many-columns 认定_2.parquet",
    ]
    monkeypatch.setattr(table_parquet, "MOST_ROWS", 10)
    monkeypatch.setattr(table_parquet, "MOST_INFLATED", 100)
    assert "file-too-large 认定.parquet" in codes(read_facts(tmp_path, CITY))


def test_a_broken_line_above_the_header_is_told(tmp_path: Path) -> None:
    text = csv_text(RECOGNITION_HEADER, [recognition("F1")])
    (tmp_path / "认定.csv").write_text(f'"汇总"表\n{text}', "utf-8")
    reading = read_facts(tmp_path, CITY)
    assert codes(reading)[1:] == ["bad-quotes 认定.csv:1"]
    assert list(facts(reading)) == ["F1"]


def test_progress_is_told_table_by_table(tmp_path: Path) -> None:
    write_enterprises(tmp_path)
    write_csv(tmp_path / "认定.csv", RECOGNITION_HEADER, *(recognition(f"F{n}") for n in range(1500)))
    told: list[tuple[str, int]] = []
    read_facts(tmp_path, CITY, progress=lambda table, rows: told.append((table, rows)))
    assert told == [("企业.csv", 2), ("认定.csv", 1000), ("认定.csv", 1500)]


ROWS = [
    recognition(f"F{n}", code, title)
    for n, (code, title) in enumerate(
        [(EAST, "CMMI3"), (WEST, "CMMI3"), (EAST, "先进级智能工厂"), (TRADER, "企业技术中心")]
    )
]


@given(rows=st.permutations(ROWS), split=st.integers(0, len(ROWS)))
def test_the_order_of_rows_and_files_is_of_no_effect(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], split: int
) -> None:
    dossiers = []
    for order in (ROWS, rows):
        folder = tmp_path_factory.mktemp("facts")
        write_enterprises(folder)
        write_csv(folder / "认定.csv", RECOGNITION_HEADER, *order[split:])
        write_csv(folder / "认定_2.csv", RECOGNITION_HEADER, *order[:split])
        dossiers.append(placeless(read_facts(folder, CITY)))
    assert dossiers[0] == dossiers[1]
