"""Files that are no tables, or that somebody should not read."""

from __future__ import annotations

import os
import random
from pathlib import Path

from tests.exchange.tables.malformed.case import malformed
from tests.exchange.written import RECOGNITION_HEADER, csv_text, recognition, write_csv, write_xlsx

GOOD = csv_text(RECOGNITION_HEADER, [recognition("F1")])


@malformed("F1", "exchange.empty-file 认定_2.csv")
def a_file_of_no_bytes(folder: Path) -> None:
    (folder / "认定.csv").write_text(GOOD, "utf-8")
    (folder / "认定_2.csv").touch()


@malformed("F1", "exchange.no-rows 认定_2.csv")
def a_header_without_rows(folder: Path) -> None:
    (folder / "认定.csv").write_text(GOOD, "utf-8")
    write_csv(folder / "认定_2.csv", RECOGNITION_HEADER)


@malformed("F1", "exchange.symlink 认定_2.csv")
def a_symbolic_link(folder: Path) -> None:
    (folder / "认定.csv").write_text(GOOD, "utf-8")
    (folder / "认定_2.csv").symlink_to(folder / "认定.csv")


@malformed("F1", "exchange.symlink 认定_2.csv")
def a_symbolic_link_to_nothing(folder: Path) -> None:
    (folder / "认定.csv").write_text(GOOD, "utf-8")
    (folder / "认定_2.csv").symlink_to(folder / "nowhere")


@malformed("F1", "exchange.not-a-file 认定_2.csv")
def a_pipe_that_nobody_writes_to(folder: Path) -> None:
    (folder / "认定.csv").write_text(GOOD, "utf-8")
    os.mkfifo(folder / "认定_2.csv")


@malformed("F1", "exchange.not-a-file 认定_2.csv")
def a_folder_with_the_name_of_a_table(folder: Path) -> None:
    (folder / "认定.csv").write_text(GOOD, "utf-8")
    (folder / "认定_2.csv").mkdir()


@malformed("F1", "exchange.file-too-large 认定_2.csv")
def a_hundred_megabytes_of_nothing(folder: Path) -> None:
    (folder / "认定.csv").write_text(GOOD, "utf-8")
    with (folder / "认定_2.csv").open("wb") as file:
        file.truncate(100 << 20)


@malformed("F1", "exchange.unknown-encoding 认定_2.csv")
def megabytes_of_random_bytes(folder: Path) -> None:
    (folder / "认定.csv").write_text(GOOD, "utf-8")
    (folder / "认定_2.csv").write_bytes(random.Random(20251201).randbytes(8 << 20))


@malformed("F1", "exchange.no-header 认定_2.csv")
def megabytes_of_rows_without_a_header(folder: Path) -> None:
    (folder / "认定.csv").write_text(GOOD, "utf-8")
    (folder / "认定_2.csv").write_bytes(b"a,b,c\n" * (1 << 20))


@malformed("F1", "exchange.no-header 认定_2.csv")
def megabytes_without_a_line_end(folder: Path) -> None:
    (folder / "认定.csv").write_text(GOOD, "utf-8")
    (folder / "认定_2.csv").write_bytes(b"x" * (8 << 20))


@malformed("F1", "exchange.wrong-format 认定_2.csv")
def a_workbook_named_csv(folder: Path) -> None:
    (folder / "认定.csv").write_text(GOOD, "utf-8")
    write_xlsx(folder / "认定.xlsx", {"认定": [RECOGNITION_HEADER, recognition("F2")]})
    (folder / "认定.xlsx").rename(folder / "认定_2.csv")


@malformed("F1", "exchange.unknown-table 名单.csv", "exchange.other-file 说明.docx")
def tables_of_no_kind_and_other_files(folder: Path) -> None:
    (folder / "认定.csv").write_text(GOOD, "utf-8")
    (folder / "名单.csv").write_text(GOOD, "utf-8")
    (folder / "说明.docx").write_bytes(b"PK")


@malformed("F1", "exchange.open-elsewhere ~$认定.xlsx", "exchange.unsupported-format 认定_2.xls")
def an_old_format_and_an_open_workbook(folder: Path) -> None:
    (folder / "认定.csv").write_text(GOOD, "utf-8")
    (folder / "认定_2.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (folder / "~$认定.xlsx").write_bytes(b"\x05user")


FILES = tuple(each for each in list(globals().values()) if type(each).__name__ == "Malformed")
