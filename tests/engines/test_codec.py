"""A docket is written as JSON and read back as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from duixian.rules.expression import TRUE
from duixian.rules.vocabulary import Round
from tests.engines.codec import decode, encode, written
from tests.engines.decides import Reference
from tests.engines.dockets import draw_dockets
from tests.engines.fact_tables import dossiers_of, fact_tables
from tests.evaluate import build


def test_a_docket_is_read_back_as_it_was() -> None:
    for docket in draw_dockets("codec", 60, 5):
        back = decode(json.loads(written(encode(docket))))
        assert back == docket
        assert Reference(has_marks=True).decide(back) == Reference(has_marks=True).decide(docket)


def test_what_a_measure_leaves_open_is_still_left_open() -> None:
    measure = build.measure("01", (build.row("01a", 10),))
    back = decode(encode(measure))
    assert back.scope is TRUE
    assert back.rows[0].condition is TRUE
    assert back.event_date.text == "日期"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 3, 1), "@2026-03-01"),
        (Fraction(1, 3), "@1/3"),
        (Round.FIRST, "@Round.FIRST"),
        ("@2026-03-01", "@@2026-03-01"),
        (True, True),
        (10**17, 10**17),
        (frozenset({"乙", "甲"}), {"@": "set", "of": ["乙", "甲"]}),
    ],
)
def test_a_value_keeps_its_type(value: object, text: object) -> None:
    assert encode(value) == text
    assert decode(text) == value
    assert type(decode(text)) is type(value)


def test_what_is_short_stands_on_one_line() -> None:
    long = ["甲" * 60, "乙" * 60]
    assert written({"a": [1, 2], "b": long}) == (
        '{\n  "a": [1, 2],\n  "b": [\n' + f'    "{long[0]}",\n    "{long[1]}"\n  ]\n' + "}\n"
    )


def test_dossiers_come_out_of_their_tables_as_they_went_in() -> None:
    for docket in draw_dockets("tables", 60, 20):
        back = dossiers_of(docket.city, fact_tables(docket.city, docket.dossiers), docket.dossiers)
        for one, two in zip(docket.dossiers, back, strict=True):
            facts = {(each.kind, each.id): each for each in one.facts}
            assert {(each.kind, each.id): each for each in two.facts} == facts
            assert replace(two, facts=()) == replace(one, facts=())
