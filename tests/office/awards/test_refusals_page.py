"""Every refusal of the room stands on the page of refusals with its status, and the page has none that the room does not make."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from duixian.office import refusal
from tests.house.tree import ROOT, parsed, python_files

ANYWHERE = {"not-there", "not-allowed"}
_ROW = re.compile(r"^\| `([a-z-]+)` \| (\d{3}) \| \S", re.MULTILINE)


def _made() -> Iterator[tuple[str, int]]:
    for path in python_files("src/duixian/office/awards"):
        for node in ast.walk(parsed(path)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
                continue
            kind, code = getattr(refusal, node.func.id, None), node.args[0]
            if (
                isinstance(kind, type)
                and issubclass(kind, refusal.Refusal)
                and isinstance(code, ast.Constant)
            ):
                yield str(code.value), kind.status


def test_the_page_lists_what_the_room_refuses() -> None:
    page = (ROOT / "docs" / "reference" / "refusals.md").read_text("utf-8")
    section = page.split("\n## Awards\n", 1)[1].split("\n## ", 1)[0]
    told = {(code, int(status)) for code, status in _ROW.findall(section)}
    assert told == {each for each in _made() if each[0] not in ANYWHERE}
