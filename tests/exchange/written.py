"""Tables written for a test, as an office program or a careless hand would write them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.exchange.small_city import EAST, EAST_NAME, WEST, WEST_NAME

ENTERPRISE_HEADER = ("统一社会信用代码", "企业名称", "所属地区")
ENTERPRISES = ((EAST, EAST_NAME, "海州区"), (WEST, WEST_NAME, "赣榆区"))
RECOGNITION_HEADER = ("编号", "统一社会信用代码", "称号", "日期")
PROJECT_HEADER = ("编号", "统一社会信用代码", "有效投入额", "竣工日期")

Cells = Sequence[object]
Change = Callable[[Worksheet], None]


def csv_text(header: Cells, rows: Sequence[Cells]) -> str:
    """A table as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([header, *rows])
    return text.getvalue()


def write_csv(path: Path, header: Cells, *rows: Cells, encoding: str = "utf-8") -> None:
    """A table as a CSV file."""
    path.write_bytes(csv_text(header, rows).encode(encoding))


def write_enterprises(folder: Path) -> None:
    """The table of the two enterprises."""
    write_csv(folder / "企业.csv", ENTERPRISE_HEADER, *ENTERPRISES)


def recognition(
    number: str, code: str = EAST, title: str = "企业技术中心", date: str = "2026-03-01"
) -> Cells:
    """A good row of 认定."""
    return (number, code, title, date)


def project(number: str, amount: object = "200万元", date: object = "2026-06-30", code: str = EAST) -> Cells:
    """A good row of 投资项目, unless the amount or date says otherwise."""
    return (number, code, amount, date)


def write_xlsx(
    target: Path | BinaryIO,
    sheets: Mapping[str, Sequence[Cells]],
    change: Change | None = None,
) -> None:
    """A workbook with these rows in its sheets; ``change`` may then do to each sheet what it likes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if change:
            change(sheet)
    book.save(target)


def rewrite_parts(path: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """Change the parts inside a workbook; a part that becomes None is left out."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            changed = change(name, data)
            if changed is not None:
                new.writestr(name, changed)
