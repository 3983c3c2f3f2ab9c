"""Problems and their places: values that can be shown, sorted and compared."""

from __future__ import annotations

import pytest

from duixian.errors import NOWHERE, Place, Problem, Severity, sorted_problems


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("政策.md"), "政策.md"),
        (Place("政策.md", 12), "政策.md:12"),
        (Place("政策.md", 12, 5), "政策.md:12:5"),
        (Place("政策.md", 12, 5, 13, 9), "政策.md:12:5"),
        (Place("事实.xlsx", sheet="认定"), "事实.xlsx[认定]"),
        (Place("事实.xlsx", 3, 2, sheet="认定"), "事实.xlsx[认定]:3:2"),
        (Place("政策.md", 0, 5), "政策.md"),
        (NOWHERE, ""),
    ],
)
def test_a_place_is_shown_as_editors_and_officers_know_it(place: Place, text: str) -> None:
    assert str(place) == text


def test_only_an_error_stops_what_it_touches() -> None:
    assert Problem("room.code").is_error
    assert not Problem("room.code", severity=Severity.WARNING).is_error
    assert not Problem("room.code", severity=Severity.NOTE).is_error


def test_a_problem_says_nothing_that_it_was_not_told() -> None:
    bare = Problem("room.code")
    assert (bare.place, bare.clause, bare.found, bare.expected, dict(bare.detail)) == (
        NOWHERE,
        "",
        "",
        "",
        {},
    )


def test_problems_are_shown_by_place_then_code_then_what_was_found() -> None:
    here, there, elsewhere = Place("a.md", 2), Place("a.md", 10), Place("b.md", 1)
    in_order = [
        Problem("b", here, found="1"),
        Problem("b", here, found="2"),
        Problem("c", here),
        Problem("a", there),
        Problem("a", elsewhere),
    ]
    assert sorted_problems(in_order[::-1]) == in_order


def test_sorting_leaves_the_list_as_it_was() -> None:
    given = [Problem("b"), Problem("a")]
    assert [each.code for each in sorted_problems(given)] == ["a", "b"]
    assert [each.code for each in given] == ["b", "a"]


def test_problems_of_a_workbook_stay_together_by_sheet() -> None:
    places = [
        Place("事实.xlsx", 4, sheet="认定"),
        Place("事实.xlsx", 3, sheet="企业"),
        Place("事实.xlsx", 9, sheet="企业"),
    ]
    found = sorted_problems([Problem("room.code", place=place) for place in places])
    assert [(each.place.sheet, each.place.line) for each in found] == [("企业", 3), ("企业", 9), ("认定", 4)]
