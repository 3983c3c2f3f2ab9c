"""Makes the template of the payment table (拨付表模板): A4 across, one row that is repeated, totals and signatures below."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from duixian.office.documents.steady_zip import steady

_COLUMNS = (
    ("序号", "{{ 行.序号 }}", 5), ("企业名称", "{{ 行.企业名称 }}", 26), ("统一社会信用代码", "{{ 行.信用代码 }}", 20.5),
    ("事项", "{{ 行.事项 }}", 18), ("条款", "{{ 行.条款 }}", 8), ("核定金额（元）", "{{ 行.核定金额 }}", 15),
    ("应付金额（元）", "{{ 行.应付金额 }}", 15), ("市级承担（元）", "{{ 行.市级承担 }}", 15), ("县区承担（元）", "{{ 行.县区承担 }}", 15),
    ("户名", "{{ 行.户名 }}", 24), ("开户行", "{{ 行.开户行 }}", 24), ("账号", "{{ 行.账号 }}", 21),
)  # fmt: skip
_TOTALS = {6: "{{ 核定合计 }}", 7: "{{ 应付合计 }}", 8: "{{ 市级合计 }}", 9: "{{ 县区合计 }}"}
_AMOUNTS = frozenset(_TOTALS)
_CENTRED = frozenset({1, 3, 5, 12})
_LINE = Side(style="thin")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def payment_table() -> bytes:
    """拨付表."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "拨付表"
    _head(sheet)
    _rows(sheet)
    _foot(sheet)
    _page(sheet)
    book.properties.creator = "兑现"
    packed = BytesIO()
    book.save(packed)
    return steady(packed.getvalue())


def _head(sheet: Worksheet) -> None:
    last = len(_COLUMNS)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=last)
    _put(sheet, 1, 1, "{{ 标题 }}", Font(name="方正小标宋简体", size=20), "center")
    sheet.row_dimensions[1].height = 40
    sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=last)
    text = "依据：《{{ 文件名称 }}》（{{ 文号 }}）　年度：{{ 年度 }}　兑付系数：{{ 系数 }}　制表日期：{{ 制表日期 }}　单位：元"
    _put(sheet, 2, 1, text, Font(name="宋体", size=11), "left")
    sheet.row_dimensions[2].height = 22


def _rows(sheet: Worksheet) -> None:
    for column, (header, field, width) in enumerate(_COLUMNS, start=1):
        sheet.column_dimensions[chr(ord("A") + column - 1)].width = width
        cell = _put(sheet, 3, column, header, Font(name="黑体", size=11), "center")
        cell.border = _BOX
        side = "right" if column in _AMOUNTS else "center" if column in _CENTRED else "left"
        cell = _put(sheet, 4, column, field, Font(name="仿宋_GB2312", size=11), side)
        cell.border = _BOX
        cell.number_format = "#,##0.00" if column in _AMOUNTS else "@"
        total = _put(sheet, 5, column, _TOTALS.get(column), Font(name="黑体", size=11), "right")
        total.border = _BOX
        total.number_format = "#,##0.00"
    sheet["A4"].number_format = "0"
    sheet.row_dimensions[3].height = 32
    sheet.row_dimensions[4].height = 32
    sheet.row_dimensions[5].height = 26
    sheet.merge_cells(start_row=5, start_column=1, end_row=5, end_column=5)
    _put(sheet, 5, 1, "合计", Font(name="黑体", size=11), "center")


def _foot(sheet: Worksheet) -> None:
    last = len(_COLUMNS)
    for row, text, height in (
        (6, "应付金额合计（大写）：人民币{{ 应付大写 }}", 26),
        (
            8,
            "制表：{{ 制表单位 }}　　　　　　　　复核：　　　　　　　　　　　　负责人：　　　　　　　　　　　　（盖章）",
            26,
        ),
    ):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
        _put(sheet, row, 1, text, Font(name="宋体", size=11), "left")
        sheet.row_dimensions[row].height = height


def _page(sheet: Worksheet) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.6, 0.6
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = "1:3"
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("第 &P 页 共 &N 页"))
    sheet.freeze_panes = "A4"


def _put(sheet: Worksheet, row: int, column: int, text: str | None, font: Font, side: str) -> Cell:
    cell = sheet.cell(row, column, text)
    assert isinstance(cell, Cell)
    cell.font = font
    cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
    return cell
