"""Rows are the same whichever engine decided them, and their text gives them back."""

from __future__ import annotations

from datetime import date

import pytest

from duixian.exchange.columns.typed import typed_tables
from duixian.office.city import city
from duixian.office.runs.decide import EngineName, Law, decide
from duixian.office.runs.rows import COLUMNS, joined, rows_of_determinations, rows_of_text, text_of
from tests.office.runs.conftest import DAY, demo_dossiers


@pytest.mark.parametrize("is_strict", [False, True])
@pytest.mark.parametrize("rulings", [{}, {"专精特新晋级": "补差"}])
def test_both_engines_give_the_same_bytes(rulings: dict[str, str], is_strict: bool) -> None:
    tables = typed_tables(demo_dossiers(), city())
    law = Law(city(), rulings, DAY, is_strict)
    texts = {name: text_of(decide(tables, law, name).rows) for name in EngineName}
    assert texts[EngineName.KERNEL] == texts[EngineName.REFERENCE]
    assert texts[EngineName.KERNEL].count(b"\n") > 500


@pytest.mark.parametrize("day", [date(2024, 6, 30), DAY])
def test_rows_come_back_from_their_text(day: date) -> None:
    rows = decide(typed_tables(demo_dossiers(), city()), Law(city(), {}, day, False)).rows
    again = rows_of_text(text_of(rows))
    assert again.equals(rows)
    assert text_of(again) == text_of(rows)


def test_rows_of_different_enterprises_are_put_in_order() -> None:
    law = Law(city(), {}, DAY, False)
    engine = law.engine
    decided = [(each, engine.determine(each, DAY)) for each in demo_dossiers()]
    odd, even = rows_of_determinations(decided[1::2]), rows_of_determinations(decided[::2])
    assert text_of(joined(odd, even)) == text_of(rows_of_determinations(decided))


def test_what_is_unknown_is_nothing_and_no_text_is_empty_quotes() -> None:
    first = text_of(rows_of_determinations([])).decode()
    assert first == ",".join(f'"{name}"' for name in COLUMNS) + "\n"
    rows = rows_of_determinations(
        (each, Law(city(), {}, DAY, False).engine.determine(each, DAY)) for each in demo_dossiers()
    )
    unknown = next(place for place, fen in enumerate(rows["amount_fen"].to_pylist()) if fen is None)
    line = text_of(rows.slice(unknown, 1)).decode().splitlines()[1]
    assert ",," in line
    assert '""' in line


def test_the_choices_that_the_kernel_leaves_open_are_made_by_the_book(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tables = typed_tables(demo_dossiers(), city())
    law = Law(city(), {}, DAY, False)
    some = [each.code for each in demo_dossiers() if each.facts][:7]
    from duixian.kernel.kernel import Kernel

    whole = Kernel.determine
    monkeypatch.setattr(
        Kernel, "determine", lambda *args, **named: whole(*args, **named)._replace(entangled=tuple(some))
    )
    assert text_of(decide(tables, law, EngineName.KERNEL).rows) == text_of(
        decide(tables, law, EngineName.REFERENCE).rows
    )
