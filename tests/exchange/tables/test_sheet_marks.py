"""What a sheet's XML tells beside its values, whoever wrote it."""

from __future__ import annotations

from io import BytesIO

import pytest

from duixian.exchange.tables.regular_file import NotOpened
from duixian.exchange.tables.sheet_marks import SheetMarks, holds_anything, read_marks
from duixian.exchange.tables.workbook_xml import NotPlainXml


def marks(xml: str) -> SheetMarks:
    return read_marks(BytesIO(f"<worksheet>{xml}</worksheet>".encode()), [3], {"2"})


def shown(found: SheetMarks) -> dict[tuple[int, int], str]:
    return {
        (row, column): f"{mark.code} {mark.shown}".strip()
        for row, cells in found.cells.items()
        for column, mark in cells.items()
    }


def test_cells_without_references_are_counted() -> None:
    found = marks("<row><c><v>1</v></c><c><f>A1</f></c></row><row><c/><c/><c t='e'><v>#REF!</v></c></row>")
    assert shown(found) == {(1, 2): "formula", (2, 3): "error-value #REF!"}
    assert (found.last_row, found.last_column) == (2, 3)


def test_names_with_prefixes_are_read_too() -> None:
    assert shown(marks('<x:row r="7"><x:c r="AB7"><x:f>A1</x:f></x:c></x:row>')) == {(7, 28): "formula"}


def test_an_array_formula_marks_every_cell_that_it_fills() -> None:
    found = marks('<row r="2"><c r="B2"><f t="array" ref="B2:C3">X</f></c></row>')
    assert set(shown(found)) == {(2, 2), (2, 3), (3, 2), (3, 3)}


def test_an_array_formula_with_a_strange_area_marks_its_own_cell() -> None:
    assert set(shown(marks('<row r="2"><c r="B2"><f t="array" ref="?">X</f></c></row>'))) == {(2, 2)}


def test_percentages_are_shown_as_a_person_sees_them() -> None:
    cells = "".join(f'<c s="2"><v>{value}</v></c>' for value in ("0.12", "1", "0.005", "x", "1e99999"))
    assert list(shown(marks(f"<row>{cells}</row>")).values()) == [
        "percent-cell 12%",
        "percent-cell 100%",
        "percent-cell 0.5%",
        "percent-cell",
        "percent-cell",
    ]


def test_formatted_cells_without_a_value_do_not_enlarge_the_sheet() -> None:
    found = marks('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>')
    assert (found.last_row, found.last_column) == (1, 1)


def test_hidden_rows_and_columns_and_merged_blocks_are_listed() -> None:
    found = marks(
        '<cols><col min="2" max="3" hidden="1"/><col min="5" max="5"/></cols>'
        '<row r="4" hidden="true"/><mergeCells><mergeCell ref="A1:C2"/><mergeCell ref="?"/></mergeCells>'
    )
    assert found.hidden_rows == [4]
    assert found.hidden_columns == {2, 3}
    assert [str(area) for area in found.merged] == ["A1:C2"]


@pytest.mark.parametrize("reference", ["A0", "1A", "AAAA1", "XFE1", "A1048577", "A", "a1"])
def test_a_reference_that_no_sheet_has_is_broken_xml(reference: str) -> None:
    with pytest.raises(NotPlainXml):
        marks(f'<row><c r="{reference}"><v>1</v></c></row>')


def test_more_marks_than_anybody_mends_one_by_one_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duixian.exchange.tables.sheet_marks.MOST_MARKS", 2)
    for xml in ("<row>" + "<c><f/></c>" * 3 + "</row>", '<mergeCell ref="A1:B1"/>' * 3):
        with pytest.raises(NotOpened) as caught:
            marks(xml)
        assert caught.value.code == "too-many-marks"


def test_a_sheet_is_empty_when_no_cell_holds_anything() -> None:
    assert not holds_anything(BytesIO(b'<worksheet><row><c r="A1" s="1"/></row></worksheet>'))
    assert holds_anything(BytesIO(b"<worksheet><row><c><v>1</v></c></row></worksheet>"))
    assert holds_anything(BytesIO(b"<worksheet>"))
