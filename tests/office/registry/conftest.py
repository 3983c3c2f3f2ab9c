"""What tests of the registry share: an officer, a source, enterprises with names, and lists as they are published."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from duixian.credit_code import make_code
from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import Role
from duixian.office.registry.models import Source
from duixian.office.registry.record import record_enterprise
from duixian.office.registry.sources import record_source

NAMES = (
    "连云港海晶机械有限公司",
    "连云港望山纺织有限公司",
    "东海晶粹石英制品有限公司",
    "灌云临风食品有限公司",
)
CODES = tuple(make_code("91", "320722", serial) for serial in range(len(NAMES)))
TODAY = date(2026, 3, 10)


@pytest.fixture
def officer(make_actor: Callable[..., Actor]) -> Actor:
    """A city officer."""
    return make_actor(Role.CITY_OFFICER, "市局甲")


@pytest.fixture
def source(officer: Actor) -> Source:
    """A register."""
    return record_source(officer, "企业登记簿", issuer="市场监管局")


@pytest.fixture
def enterprises(officer: Actor, source: Source) -> tuple[str, ...]:
    """Four enterprises of 东海县; the second was called otherwise before 2024."""
    for code, name in zip(CODES, NAMES, strict=True):
        since = date(2024, 1, 1) if name == NAMES[1] else None
        record_enterprise(officer, source, code, {"企业名称": name}, valid_from=since)
        record_enterprise(officer, source, code, {"所属地区": "东海县"})
    record_enterprise(
        officer, source, CODES[1], {"企业名称": "连云港旧山纺织有限公司"}, valid_to=date(2023, 12, 31)
    )
    return CODES


@pytest.fixture
def make_workbook() -> Callable[..., bytes]:
    """Make an xlsx from rows, with merged blocks such as ``"A2:A3"``."""

    def make(rows: Sequence[Sequence[object]], merged: Sequence[str] = ()) -> bytes:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for row in rows:
            sheet.append(list(row))
        for block in merged:
            sheet.merge_cells(block)
        target = BytesIO()
        book.save(target)
        return target.getvalue()

    return make
