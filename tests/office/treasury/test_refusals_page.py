"""Every refusal of the room stands on the page of refusals with its status, and the page has none that the room does not make."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from duixian.office import refusal
from duixian.office.treasury.chart import OF_BUDGET
from duixian.office.treasury.models import JournalEntry
from tests.house.tree import ROOT, parsed, python_files

ANYWHERE = {"not-there", "not-allowed"}
_ROW = re.compile(r"^\| `([a-z-]+)` \| (\d{3}) \| \S", re.MULTILINE)
_CODE = re.compile(r"[a-z]+(-[a-z]+)*")


def _made() -> Iterator[tuple[str, int]]:
    for path in python_files("src/duixian/office/treasury", "src/duixian/office/api/batches.py"):
        for node in ast.walk(parsed(path)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
                continue
            kind, code = getattr(refusal, node.func.id, None), node.args[0]
            if (
                isinstance(kind, type)
                and issubclass(kind, refusal.Refusal)
                and isinstance(code, ast.Constant)
                and _CODE.fullmatch(str(code.value))
            ):
                yield str(code.value), kind.status


def test_the_page_lists_what_the_room_refuses() -> None:
    page = (ROOT / "docs" / "reference" / "refusals.md").read_text("utf-8")
    section = page.split("\n## Treasury\n", 1)[1].split("\n## ", 1)[0]
    told = {(code, int(status)) for code, status in _ROW.findall(section)}
    assert told == {each for each in _made() if each[0] not in ANYWHERE}


def test_the_page_of_the_ledger_lists_its_accounts_and_entries() -> None:
    page = (ROOT / "docs" / "reference" / "ledger.md").read_text("utf-8")
    told = {match[1] for match in re.finditer(r"^\| `(\w+)` \|", page, re.MULTILINE)}
    kinds = {str(value) for value, _ in JournalEntry._meta.get_field("kind").choices or ()}
    assert told == {*OF_BUDGET, *kinds}
