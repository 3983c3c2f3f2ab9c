"""Files are kept once, by what they are, and never run in anybody's browser."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from docx import Document
from openpyxl import Workbook

from duixian.office.evidence.download import attachment
from duixian.office.evidence.file_names import safe_name
from duixian.office.evidence.file_types import PARQUET
from duixian.office.evidence.models import StoredFile
from duixian.office.evidence.packages import EXCEL, OFD, WORD
from duixian.office.evidence.store import is_whole, keep, keep_own, open_file, path_of
from duixian.office.refusal import NotThere, Refusal
from tests.office.evidence.conftest import PDF

pytestmark = pytest.mark.django_db


def saved(thing: object) -> bytes:
    target = io.BytesIO()
    thing.save(target)  # type: ignore[attr-defined]
    return target.getvalue()


def packed(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def test_the_same_content_is_kept_once() -> None:
    first, second = keep(PDF, "甲.pdf"), keep(PDF, "乙.PDF")
    assert first == second
    assert StoredFile.objects.count() == 1
    path = path_of(first.digest)
    assert path == Path(settings.FILES) / first.digest[:2] / first.digest[2:4] / first.digest
    assert path.stat().st_mode & 0o777 == 0o440
    with open_file(first.digest) as stream:
        assert stream.read() == PDF
    assert is_whole(first.digest)
    assert not list((Path(settings.FILES) / ".waiting").iterdir())


def test_a_file_cut_short_is_written_again() -> None:
    digest = keep(PDF + b"cut", "甲.pdf").digest
    path = path_of(digest)
    path.chmod(0o640)
    path.write_bytes(b"%PDF")
    assert not is_whole(digest)
    keep(PDF + b"cut", "甲.pdf")
    assert is_whole(digest)


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        (PDF, "a.pdf", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a.png", "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "a.JPG", "image/jpeg"),
        ("企业名称,称号\n甲,乙\n".encode("gb18030"), "a.csv", "text/csv"),
        ("说明\n".encode(), "a.txt", "text/plain"),
        (saved(Workbook()), "a.xlsx", EXCEL),
        (saved(Document()), "a.docx", WORD),
        (packed({"OFD.xml": b"<ofd/>"}), "a.ofd", OFD),
    ],
)
def test_a_type_is_told_by_its_content(content: bytes, name: str, found: str) -> None:
    assert keep(content, name).media_type == found


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "file-empty"),
        (b"<html><script>alert(1)</script>", "a.txt", "file-type-refused"),
        (b"<?xml version='1.0'?><svg onload='x'/>", "a.txt", "file-type-refused"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "a.pdf", "file-type-refused"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "a.xls", "file-type-refused"),
        (PDF, "a.txt", "file-type-differs"),
        (PDF, "没有扩展名", "file-type-differs"),
        (saved(Workbook()), "a.docx", "file-type-differs"),
        (packed({"a.txt": b"x"}), "a.zip", "file-type-refused"),
        (packed({"xl/workbook.xml": b"<x/>", "xl/vbaProject.bin": b"x"}), "a.xlsx", "file-holds-programs"),
        (saved(Workbook())[:200], "a.xlsx", "file-damaged"),
    ],
)
def test_what_is_not_taken_is_refused(content: bytes, name: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        keep(content, name)
    assert refused.value.code == code
    assert not StoredFile.objects.exists()


def test_a_package_that_swells_is_refused() -> None:
    swelling = packed({"xl/workbook.xml": b"<x/>", "xl/a.xml": bytes(200 << 20), "xl/b.xml": bytes(80 << 20)})
    assert len(swelling) < 1 << 20
    with pytest.raises(Refusal, match="解压后过大"):
        keep(swelling, "a.xlsx")


def test_a_package_that_lies_about_its_size_is_refused() -> None:
    honest = packed({"xl/workbook.xml": b"<x/>", "xl/a.xml": b"0" * 10_000})
    lying = honest.replace((10_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(Refusal) as refused:
        keep(lying, "a.xlsx")
    assert refused.value.code == "file-damaged"


def test_a_file_over_the_limit_is_refused() -> None:
    with override_settings(MOST_FILE_BYTES=100), pytest.raises(Refusal, match="文件过大"):
        keep(PDF + b" " * 100, "a.pdf")


def test_the_office_keeps_what_it_made_itself() -> None:
    assert keep_own(b"PAR1....PAR1", PARQUET).media_type == PARQUET


@pytest.mark.parametrize("digest", ["0" * 64, "../../etc/passwd", ""])
def test_what_is_not_there_is_not_opened(digest: str) -> None:
    with pytest.raises(NotThere):
        open_file(digest)


def test_a_download_is_never_shown_within_a_page() -> None:
    answer = attachment(keep(PDF, "a.pdf"), "../发票\r\nX: y.pdf")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "\r" not in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer.content == PDF


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("C:\\资料\\发票.pdf", "发票.pdf"), ("a/../../b.pdf", "b.pdf"), ("\u202egnp.exe", "gnp.exe"), ("a\x00b.pdf", "ab.pdf"),
        (".htaccess", "htaccess"), ("", "未命名"), ("NUL.txt", "_NUL.txt"), ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ],
)  # fmt: skip
def test_names_are_made_harmless(given: str, safe: str) -> None:
    assert safe_name(given) == safe
