"""CSV files with something wrong in their encoding, their quotes or their columns."""

from __future__ import annotations

from pathlib import Path

from tests.exchange.small_city import EAST, WEST
from tests.exchange.tables.malformed.case import malformed
from tests.exchange.written import (
    PROJECT_HEADER,
    RECOGNITION_HEADER,
    csv_text,
    project,
    recognition,
    write_csv,
)

HEAD = ",".join(RECOGNITION_HEADER)
GOOD_1, GOOD_2, GOOD_3 = (f"F{n},{EAST},企业技术中心,2026-03-01" for n in (1, 2, 3))


def _write(folder: Path, *lines: str, name: str = "认定.csv") -> None:
    (folder / name).write_bytes(("\n".join(lines) + "\n").encode())


@malformed("F1 F2", "exchange.other-encoding 认定.csv")
def the_encoding_of_excel_on_chinese_windows(folder: Path) -> None:
    write_csv(
        folder / "认定.csv", RECOGNITION_HEADER, recognition("F1"), recognition("F2"), encoding="gb18030"
    )


@malformed("F1", "exchange.other-delimiter 认定.csv", "exchange.other-encoding 认定.csv")
def the_unicode_text_of_excel(folder: Path) -> None:
    text = csv_text(RECOGNITION_HEADER, [recognition("F1")]).replace(",", "\t")
    (folder / "认定.csv").write_bytes(text.encode("utf-16"))


@malformed("F1 F3", "exchange.broken-characters 认定.csv:3:3")
def one_broken_character_in_utf8(folder: Path) -> None:
    lines = "\n".join((HEAD, GOOD_1, GOOD_2, GOOD_3)).encode()
    place = lines.index("技术".encode(), lines.index(b"F2"))
    (folder / "认定.csv").write_bytes(lines[:place] + b"\xe6\x8a" + lines[place + 3 :])


@malformed("F1 F3", "exchange.control-characters 认定.csv:3:3")
def a_nul_byte_in_a_cell(folder: Path) -> None:
    _write(folder, HEAD, GOOD_1, GOOD_2.replace("企业", "企\0业"), GOOD_3)


@malformed("F1 F3", "exchange.control-characters 认定.csv:3:1")
def a_mark_that_turns_the_direction_of_writing(folder: Path) -> None:
    _write(folder, HEAD, GOOD_1, GOOD_2.replace("F2", "F\u202e2"), GOOD_3)


@malformed("F1 F3", "exchange.bad-quotes 认定.csv:3")
def a_quote_that_is_never_closed(folder: Path) -> None:
    _write(folder, HEAD, GOOD_1, GOOD_2.replace("企业", '"企业'), GOOD_3)


@malformed("F1 F3", "exchange.bad-quotes 认定.csv:3")
def text_after_a_closing_quote(folder: Path) -> None:
    _write(folder, HEAD, GOOD_1, GOOD_2.replace("企业技术中心", '"企业"技术中心'), GOOD_3)


@malformed("F1 F3", "exchange.ragged-row 认定.csv:3", "exchange.ragged-row 认定.csv:5")
def rows_with_a_cell_too_many_or_too_few(folder: Path) -> None:
    _write(folder, HEAD, GOOD_1, GOOD_2 + ",多出", GOOD_3, f"F4,{EAST},企业技术中心")


@malformed("F1 F2", "exchange.line-too-long 认定.csv:3")
def a_line_of_a_million_characters(folder: Path) -> None:
    _write(folder, HEAD, GOOD_1, "x" * 3_000_000, GOOD_2)


@malformed("F1 F3", "exchange.cell-too-long 认定.csv:3:3")
def a_cell_longer_than_excel_can_hold(folder: Path) -> None:
    _write(folder, HEAD, GOOD_1, GOOD_2.replace("企业", "企" * 40_000), GOOD_3)


@malformed("F1", "exchange.other-delimiter 认定.csv")
def semicolons_between_columns(folder: Path) -> None:
    _write(folder, HEAD.replace(",", ";"), GOOD_1.replace(",", ";"))


@malformed("", "exchange.duplicate-header 认定.csv:1:5")
def two_columns_for_one_field(folder: Path) -> None:
    _write(folder, "编号,信用代码,荣誉名称,日期,荣誉名称", GOOD_1 + ",CMMI")


@malformed("P1", "exchange.missing-column 认定.csv:1")
def a_required_column_is_missing(folder: Path) -> None:
    _write(folder, "编号,统一社会信用代码,日期", f"F1,{EAST},2026-03-01")
    write_csv(folder / "投资项目.csv", PROJECT_HEADER, project("P1"))


@malformed("P1", "exchange.too-many-columns 认定.csv:1")
def six_hundred_columns(folder: Path) -> None:
    _write(folder, HEAD + "," + ",".join(f"{n}" for n in range(600)))
    write_csv(folder / "投资项目.csv", PROJECT_HEADER, project("P1"))


@malformed(
    "F1",
    "exchange.unnamed-column 认定.csv:1",
    "exchange.unknown-column 认定.csv:1:5",
)
def columns_that_nobody_knows(folder: Path) -> None:
    _write(folder, HEAD + ",联系电话,", GOOD_1 + ",13900000000,x")


@malformed(
    "F1 F4",
    "exchange.duplicate-id 认定.csv:3",
    "exchange.repeated-row 认定.csv:5",
    "exchange.duplicate-id 认定_2.csv:2",
)
def one_number_for_two_facts(folder: Path) -> None:
    _write(folder, HEAD, GOOD_1, GOOD_2, GOOD_1.replace("F1", "F4"), GOOD_1)
    _write(folder, HEAD, GOOD_2.replace("2026", "2025"), name="认定_2.csv")


@malformed(
    "F1",
    "exchange.enterprise-twice 企业.csv:2",
    "exchange.enterprise-twice 企业.csv:4",
    "exchange.enterprise-not-listed 认定.csv:2",
)
def two_rows_for_one_enterprise(folder: Path) -> None:
    header = "统一社会信用代码,企业名称,所属地区"
    _write(
        folder,
        header,
        f"{EAST},东海公司,海州区",
        f"{WEST},西海公司,海州区",
        f"{EAST},东海公司,赣榆区",
        name="企业.csv",
    )
    _write(folder, HEAD, GOOD_1)


TEXTS = tuple(each for each in list(globals().values()) if type(each).__name__ == "Malformed")
