"""A Word template is filled: rows repeated, headers too, names with any sign, and a wrong template is told."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document

from duixian.office.documents.fill_docx import fill_docx
from duixian.office.documents.template import DEFAULTS, Template, WrongTemplate
from tests.office.documents.sample import NOTICE

FILE = DEFAULTS / Template.NOTICE


def template(folder: Path, *paragraphs: str) -> Path:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(folder / "a.docx"))
    return folder / "a.docx"


def test_every_line_has_its_row_below_a_header_that_is_repeated() -> None:
    document = Document(BytesIO(fill_docx(FILE, NOTICE)))
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["序号", "企业名称", "所属地区", "事项", "拟兑付金额（元）"]
    assert rows[1:] == [
        [str(number), "某某<科技>&有限公司", "东海县", "专精特新", "400,000.00"] for number in (1, 2)
    ]
    assert "w:tblHeader" in document.tables[0].rows[0]._tr.xml


def test_the_paper_is_of_official_form() -> None:
    document = Document(BytesIO(fill_docx(FILE, NOTICE)))
    section = document.sections[0]
    sizes = [section.page_width, section.page_height, section.top_margin, section.left_margin]
    assert [round(each.mm) for each in sizes if each is not None] == [210, 297, 37, 28]
    texts = [each.text for each in document.paragraphs]
    assert texts[0] == NOTICE["标题"]
    assert texts.index("市工信局") + 1 == texts.index("2026年3月2日")
    assert not [text for text in texts if "{" in text]


def test_the_same_things_give_the_same_bytes_without_a_time() -> None:
    content = fill_docx(FILE, NOTICE)
    assert content == fill_docx(FILE, NOTICE)
    with ZipFile(BytesIO(content)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_field_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(WrongTemplate, match="银行账号") as caught:
        fill_docx(template(tmp_path, "{{ 银行账号 }}"), NOTICE)
    assert (caught.value.code, caught.value.facts["template"]) == ("template-unknown-field", "a.docx")


@pytest.mark.parametrize(
    "text", ["{{ 标题", "{% for 行 in 明细 %}", "{{ 标题 | 大写 }}", "{% import 'a' as b %}"]
)
def test_wrong_syntax_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(WrongTemplate) as caught:
        fill_docx(template(tmp_path, "第一段", text), NOTICE)
    assert caught.value.code == "template-wrong"


@pytest.mark.parametrize(
    "attack", ["{{ ''.__class__.__mro__ }}", "{{ 明细.append(1) }}", "{{ range(9) }}", "{{ cycler }}"]
)
def test_a_template_reaches_nothing_beyond_its_fields(tmp_path: Path, attack: str) -> None:
    with pytest.raises(WrongTemplate):
        fill_docx(template(tmp_path, attack), NOTICE)


def test_a_file_that_is_no_document_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"no document")
    with pytest.raises(WrongTemplate, match="不是可读的"):
        fill_docx(tmp_path / "a.docx", NOTICE)
