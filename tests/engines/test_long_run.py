"""The long run counts what it compares, goes on where it was left, and keeps its page in step."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests.engines.engines import LAW
from tests.engines.erring import Erring
from tests.engines.long_run import Unit, run, run_unit
from tests.engines.run_record import (
    BEGIN,
    END,
    NOTHING_YET,
    PAGE,
    Run,
    UnitResult,
    Units,
    paged,
    read_runs,
    table,
    write_runs,
)

SIZE = Units(2, 10)
RESULT = UnitResult(3, ("kernel",), 20, 55, 1, 0, 2, ("abc.json",))


def test_the_page_is_in_step_with_the_record() -> None:
    page = PAGE.read_text("utf-8")
    assert paged(page, read_runs()) == page


def test_a_unit_counts_what_it_compares(tmp_path: Path) -> None:
    result = run_unit(Unit("unit", 0, tmp_path, 2, 10), [LAW])
    assert (result.dossiers, result.differing, result.cases) == (20, 0, ())
    assert result.determinations > 20


def test_a_difference_is_counted_and_kept(tmp_path: Path) -> None:
    engine = Erring("forgetful", after=lambda rows: rows[1:])
    result = run_unit(Unit("unit", 0, tmp_path, 2, 10), [engine])
    assert result.differing > 10
    assert sorted(result.cases) == sorted(path.name for path in tmp_path.iterdir())


def by_law(unit: Unit) -> UnitResult:
    return run_unit(unit, [LAW])


@pytest.mark.parametrize("workers", [0, 1])
def test_a_run_goes_on_where_it_was_left(tmp_path: Path, workers: int) -> None:
    record, folder = tmp_path / "run.json", tmp_path / "golden"
    go_on = partial(run, "x", workers=workers, record=record, folder=folder, size=SIZE, decide=by_law)
    first = go_on(40)
    assert (first.dossiers, sorted(first.done)) == (40, [0, 1])
    second = go_on(60)
    assert (second.dossiers, sorted(second.done)) == (60, [0, 1, 2])
    assert read_runs(record) == {"x": second}


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    one = Run("甲", SIZE).with_unit(RESULT, 7)
    two = Run("乙", SIZE, frozenset({0, 1, 2, 5, 6}))
    write_runs({"甲": one, "乙": two}, tmp_path / "run.json")
    assert read_runs(tmp_path / "run.json") == {"甲": one, "乙": two}
    assert one.differing == 1
    assert one.cities == 2


def test_the_table_stands_between_its_marks() -> None:
    page = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    run_of_one = Run("first", SIZE).with_unit(RESULT, 3720)
    assert paged(page, {}) == f"before\n{BEGIN}\n{NOTHING_YET}\n{END}\nafter\n"
    assert "| first | 1 | 2 | 20 | 55 | 2 | 1 | 1:02 |" in paged(page, {"first": run_of_one})
    assert table({}) == NOTHING_YET
    with pytest.raises(ValueError, match="substring not found"):
        paged("a page without a place for it", {})
