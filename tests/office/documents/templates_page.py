"""The page of templates (模板说明), as tests compare it with the fields that the office fills in."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "templates.md"


def listed_fields(template: str) -> tuple[set[str], set[str]]:
    """The fields of a template as the page lists them: those of the paper, those of its repeated row."""
    section = PAGE.read_text("utf-8").split(f"## {template} ")[1].split("\n## ")[0]
    names = set(re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE))
    rows = {name.removeprefix("行.") for name in names if name.startswith("行.")}
    return {name for name in names if not name.startswith("行.")}, rows
