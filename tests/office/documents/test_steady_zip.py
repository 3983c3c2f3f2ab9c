"""An office file has the same bytes whenever it was written."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile, ZipInfo

from duixian.office.documents.steady_zip import steady


def packed(year: int, names: tuple[str, ...]) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for name in names:
            text = (
                f'<dcterms:modified xsi:type="x">{year}-01-01T00:00:00Z</dcterms:modified>'
                if "core" in name
                else name
            )
            archive.writestr(ZipInfo(name, (year, 1, 1, 0, 0, 0)), text)
    return content.getvalue()


def test_neither_time_nor_order_of_writing_stays() -> None:
    names = ("docProps/core.xml", "a.xml", "[Content_Types].xml")
    assert steady(packed(1999, names)) == steady(packed(2026, names[::-1]))


def test_the_list_of_types_stands_first_and_every_part_is_kept() -> None:
    with ZipFile(BytesIO(steady(packed(2026, ("b.xml", "[Content_Types].xml", "a.xml"))))) as archive:
        assert archive.namelist() == ["[Content_Types].xml", "a.xml", "b.xml"]
        assert archive.read("b.xml") == b"b.xml"
