"""An enterprise is found by a part of its name, in large letters or small, on either database."""

from __future__ import annotations

import pytest

from duixian.credit_code import make_code
from duixian.office.accounts.actor import Actor
from duixian.office.registry.find import find_enterprises
from duixian.office.registry.models import Source
from duixian.office.registry.record import record_enterprise


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "is_found"),
    [("abc", True), ("ABC", True), ("Abc智能", True), ("abd", False), ("a%c", False), ("a_c", False)],
)
def test_letters_are_the_same_large_and_small(
    officer: Actor, source: Source, text: str, *, is_found: bool
) -> None:
    record_enterprise(
        officer, source, make_code("91", "320722", 9), {"企业名称": "连云港ABC智能科技有限公司"}
    )
    assert find_enterprises(officer, text).total == int(is_found)
