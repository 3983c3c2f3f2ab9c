"""Every docket at which engines once differed is decided by every engine as it is written down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engines.difference import breakdowns, differences
from tests.engines.engines import others
from tests.engines.golden_case import golden_files, read_case
from tests.engines.soundness import faults

FILES = tuple(golden_files())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_law_says_what_is_written(path: Path, golden: Callable[[str | Path, str], None]) -> None:
    golden(path, read_case(path).text())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_engine_differs_any_more(path: Path) -> None:
    case = read_case(path)
    assert not list(faults(case.docket.city))
    for engine in others(case.law):
        for found in differences(case.law, engine, case.docket):
            pytest.fail(str(found), pytrace=False)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_law_breaks_down_nowhere(path: Path) -> None:
    case = read_case(path)
    said = breakdowns(case.law.decide(case.docket))
    assert not said
