"""Conditions in the town's language, for the tests that look at expressions alone."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from duixian.rules.expression import Expr
from tests.checks.town import GREEN, copy_of_town, edit, read

# Under which block of the town's policy a condition about a kind can stand.
BLOCKS = {
    "投资": "编号: N2\n触发: 投资\n范围: 类别 含 技改\n条件: 企业.制造业 且 投入额 >= 200万元",
    "认定": "编号: N4\n触发: 认定",
}


@cache
def condition(kind: str, text: str) -> Expr:
    """The tree of a condition about a fact of a kind; its reader finds no fault with it."""
    block = BLOCKS[kind]
    with TemporaryDirectory() as folder:
        copy = copy_of_town(Path(folder))
        edit(copy / GREEN / "policy.md", block, f"{block.split('条件')[0].rstrip()}\n条件: {text}")
        measures = read(copy).policy("镇政规〔2025〕2号").measures
    return next(each for each in measures if each.id == block[4:6]).condition.root
