"""Makes the office's own templates (默认模板): run ``python -m duixian.office.documents.make_templates`` after a change, and commit both.

The layout follows GB/T 9704—2012 (党政机关公文格式): A4, margins 37/35/28/26 mm, title 二号小标宋, text 三号仿宋 with 28 pt between lines,
page numbers as "— 1 —". A machine without these typefaces takes 宋体 and 仿宋 of its own.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from lxml.etree import tostring  # type: ignore[import-untyped]

from duixian.office.documents.make_payment_template import payment_table
from duixian.office.documents.steady_zip import steady
from duixian.office.documents.template import DEFAULTS, Template

TITLE, HEADING, BODY, NUMBER = "方正小标宋简体", "黑体", "仿宋_GB2312", "宋体"
_FALLBACKS = {TITLE: "宋体", BODY: "仿宋"}
_LEFT, _CENTRE = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
_RIGHT, _BOTH = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY
_BODY_SIZE, _TITLE_SIZE, _TABLE_SIZE, _LINE = Pt(16), Pt(22), Pt(12), Pt(28)


class _Paper:
    """A page of official form, being written."""

    def __init__(self) -> None:
        self.document = Document()
        self._set_page()
        self._set_fonts()

    def _set_page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.footer_distance = Mm(25)
        footer = section.footer.paragraphs[0]
        footer.alignment = _CENTRE
        _write(footer, "— ", NUMBER, Pt(14))
        _page_number(footer)
        _write(footer, " —", NUMBER, Pt(14))

    def _set_fonts(self) -> None:
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = BODY, _BODY_SIZE
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
        for each in self.document.styles.element.iter(qn("w:lang")):
            each.set(qn("w:eastAsia"), "zh-CN")
        table = next(
            part
            for part in self.document.part.package.iter_parts()
            if part.partname.endswith("fontTable.xml")
        )
        fonts = parse_xml(table.blob)
        for name, other in _FALLBACKS.items():
            fonts.append(parse_xml(
                f'<w:font {nsdecls("w")} w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
                '<w:family w:val="roman"/><w:pitch w:val="auto"/></w:font>'
            ))  # fmt: skip
        table._blob = _xml(fonts)

    def title(self, text: str) -> None:
        """The title, in the middle."""
        paragraph = self._paragraph(_CENTRE, indent=False, line=Pt(35))
        paragraph.paragraph_format.space_after = Pt(16)
        _write(paragraph, text, TITLE, _TITLE_SIZE)

    def text(self, text: str, *, indent: bool = True, align: Any = None, font: str = BODY) -> None:
        """A paragraph."""
        _write(self._paragraph(align, indent=indent), text, font, _BODY_SIZE)

    def command(self, text: str) -> None:
        """A paragraph that holds a command of the template alone, and vanishes."""
        _write(self._paragraph(None, indent=False), text, BODY, _BODY_SIZE)

    def signature(self, *lines: str) -> None:
        """Who signs, and when: to the right, apart from the text."""
        for number, line in enumerate(lines):
            paragraph = self._paragraph(_RIGHT, indent=False)
            paragraph.paragraph_format.right_indent = Pt(64)
            paragraph.paragraph_format.keep_together = True
            if not number:
                paragraph.paragraph_format.space_before = Pt(56)
            paragraph.paragraph_format.keep_with_next = number < len(lines) - 1
            _write(paragraph, line, BODY, _BODY_SIZE)

    def _paragraph(self, align: Any, *, indent: bool, line: Pt = _LINE) -> Paragraph:
        paragraph = self.document.add_paragraph()
        form = paragraph.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, line
        if indent:
            form.first_line_indent = Pt(32)
        paragraph.alignment = _BOTH if align is None else align
        return paragraph

    def table(self, loop: str, columns: list[tuple[str, str, int, Any]]) -> None:
        """A table whose header is repeated on every page; columns are header, field, width in mm, alignment."""
        table = self.document.add_table(rows=4, cols=len(columns), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        head, begin, row, end = table.rows
        head._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        for each in (head, row):
            each._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        _cell(begin.cells[0], f"{{%tr for 行 in {loop} %}}", BODY, None)
        _cell(end.cells[0], "{%tr endfor %}", BODY, None)
        for place, (header, field, width, align) in enumerate(columns):
            table.columns[place].width = Mm(width)
            for each in table.rows:
                each.cells[place].width = Mm(width)
            _cell(head.cells[place], header, HEADING, _CENTRE)
            _cell(row.cells[place], field, BODY, align)

    def content(self) -> bytes:
        """The file."""
        self.document.core_properties.author = "兑现"
        self.document.core_properties.title = ""
        self.document.core_properties.comments = ""
        packed = BytesIO()
        self.document.save(packed)
        return steady(packed.getvalue())


def _write(paragraph: Paragraph, text: str, font: str, size: Pt) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, size
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _cell(cell: Any, text: str, font: str, align: Any) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = paragraph.paragraph_format.space_before = Pt(2)
    if align is not None:
        paragraph.alignment = align
    _write(paragraph, text, font, _TABLE_SIZE)
    cell.vertical_alignment = 1


def _page_number(paragraph: Paragraph) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        run.font.name, run.font.size = NUMBER, Pt(14)
        if kind:
            run._element.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'))
        else:
            run._element.append(
                parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve">{text}</w:instrText>')
            )


def _xml(element: Any) -> bytes:
    written: bytes = tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def notice() -> bytes:
    """公示."""
    paper = _Paper()
    paper.title("{{ 标题 }}")
    paper.text(
        "根据《{{ 文件名称 }}》（{{ 文号 }}）有关规定，经审核，现将{{ 企业数 }}家企业共{{ 件数 }}项拟兑付事项予以公示。"
    )
    paper.text(
        "公示期为{{ 开始 }}至{{ 截止 }}，共{{ 工作日 }}个工作日。公示期内，任何单位和个人对公示内容有异议的，"
        "可以书面形式向我单位反映，并写明理由和联系方式；以单位名义反映的应加盖公章，以个人名义反映的应署真实姓名。逾期不再受理。"
    )
    paper.text("联系方式：{{ 联系方式 }}")
    paper.text("附：拟兑付事项明细", indent=True)
    paper.signature("{{ 发布单位 }}", "{{ 发布日期 }}")
    paper.document.add_page_break()  # type: ignore[no-untyped-call]
    paper.text("附", indent=False, font=HEADING)
    paper.title("拟兑付事项明细")
    paper.table("明细", [
        ("序号", "{{ 行.序号 }}", 12, _CENTRE),
        ("企业名称", "{{ 行.企业名称 }}", 50, _LEFT),
        ("所属地区", "{{ 行.地区 }}", 22, _CENTRE),
        ("事项", "{{ 行.事项 }}", 34, _LEFT),
        ("拟兑付金额（元）", "{{ 行.金额 }}", 38, _RIGHT),
    ])  # fmt: skip
    paper.text("合计：人民币{{ 合计 }}元（大写：{{ 合计大写 }}）。", indent=False)
    return paper.content()


def determination_letter() -> bytes:
    """认定结果告知书."""
    paper = _Paper()
    paper.title("认定结果告知书")
    paper.text("{{ 企业名称 }}（{{ 信用代码 }}）：", indent=False, align=_LEFT)
    paper.text(
        "依据《{{ 文件名称 }}》（{{ 文号 }}）{{ 条款 }}，对你单位截至{{ 认定日期 }}的{{ 事实 }}认定如下。"
    )
    paper.text("一、认定结果", font=HEADING)
    paper.text("事项：{{ 事项 }}{% if 条目 %}（条目{{ 条目 }}）{% endif %}。结论：{{ 结论 }}。")
    paper.command("{%p if 可兑付上限 %}")
    paper.text(
        "可兑付上限：人民币{{ 可兑付上限 }}元（大写：{{ 大写 }}）。上限不是兑付承诺，实际兑付金额以审核、公示和资金安排为准。"
    )
    paper.command("{%p endif %}")
    paper.text("条款最高金额：{{ 最高金额 }}；计算基数：{{ 基数 }}；比例：{{ 比例 }}。", align=_LEFT)
    shares = (
        "市级承担：{{ 市级承担 }}；县区承担：{{ 县区承担 }}{% if 分担依据 %}（{{ 分担依据 }}）{% endif %}。"
    )
    paper.text(shares, align=_LEFT)
    paper.command("{%p if 缺失 %}")
    paper.text("尚缺以下资料，补齐后再定：{{ 缺失 }}。")
    paper.command("{%p endif %}")
    paper.text("二、条款原文", font=HEADING)
    paper.text("{{ 条款原文 }}")
    paper.text("三、计算过程", font=HEADING)
    paper.table("步骤", [
        ("步骤", "{{ 行.步骤 }}", 18, _CENTRE),
        ("说明", "{{ 行.说明 }}", 110, _LEFT),
        ("依据", "{{ 行.依据 }}", 28, _CENTRE),
    ])  # fmt: skip
    paper.command("{%p if 口径 %}")
    paper.text("四、尚未定论的口径", font=HEADING)
    paper.command("{%p for 项 in 口径 %}")
    paper.text("{{ 项 }}。")
    paper.command("{%p endfor %}")
    paper.command("{%p endif %}")
    paper.text("对认定结果有异议的，可自收到本告知书之日起向我单位提出，并附相关证明材料。")
    paper.signature("{{ 单位 }}", "{{ 日期 }}")
    return paper.content()


def all_templates() -> dict[Template, bytes]:
    """Every template with its bytes."""
    return {
        Template.NOTICE: notice(),
        Template.LETTER: determination_letter(),
        Template.PAYMENT_TABLE: payment_table(),
    }


def main(folder: Path = DEFAULTS) -> None:
    """Write them."""
    for template, content in all_templates().items():
        (folder / template).write_bytes(content)


if __name__ == "__main__":
    main()
