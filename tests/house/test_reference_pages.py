"""Pages under docs/reference that follow from the code: `make docs` writes them, these tests keep them in step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.house.problem_words import problem_page, problem_words
from tests.house.tree import ROOT


def test_the_page_of_problems_is_in_step_with_the_wording(golden: Callable[[str | Path, str], None]) -> None:
    assert problem_words(), "src/duixian/wording/problems/ holds no words yet"
    golden(ROOT / "docs" / "reference" / "problems.md", problem_page())
