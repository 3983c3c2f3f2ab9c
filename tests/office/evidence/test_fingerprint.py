"""One invoice, contract or machine has one fingerprint, whatever way it is written."""

from __future__ import annotations

import pytest

from duixian.office.evidence.fingerprint import fingerprint
from duixian.office.refusal import Refusal


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("invoice", {"发票代码": "3200 1821 30", "发票号码": "00123456"}, {"发票代码": "３２００１８２１３０", "发票号码": " 123456 "}),
        ("invoice", {"发票号码": "24322000000012345678"}, {"发票代码": "3200182130", "发票号码": "2432-2000-0000-1234-5678"}),
        ("contract", {"甲方": "连云港甲有限公司", "乙方": "乙厂", "合同编号": "HT-2026/001"},
         {"甲方": "乙厂", "乙方": "连云港 甲 有限责任公司", "合同编号": "ｈｔ２０２６００１"}),
        ("equipment", {"制造商": "某（中国）机床", "出厂编号": "sn 001-x"}, {"制造商": "某(中国)机床", "出厂编号": "SN001X"}),
    ],
)  # fmt: skip
def test_writings_of_one_thing_have_one_fingerprint(
    kind: str, one: dict[str, str], other: dict[str, str]
) -> None:
    assert fingerprint(kind, one) == fingerprint(kind, other)
    assert len(fingerprint(kind, one)) == 64


def test_different_things_have_different_fingerprints() -> None:
    marks = {
        fingerprint("invoice", {"发票代码": "3200182130", "发票号码": "00123456"}),
        fingerprint("invoice", {"发票代码": "3200182131", "发票号码": "00123456"}),
        fingerprint("contract", {"甲方": "甲", "乙方": "乙", "合同编号": "1"}),
        fingerprint("contract", {"甲方": "甲", "乙方": "丙", "合同编号": "1"}),
        fingerprint("equipment", {"制造商": "甲", "出厂编号": "1"}),
    }
    assert len(marks) == 5
    assert fingerprint("other", {}) == ""


@pytest.mark.parametrize(
    ("kind", "identity", "code"),
    [
        ("invoice", {"发票号码": "00123456"}, "identity-incomplete"),
        ("invoice", {"发票代码": "320018213", "发票号码": "00123456"}, "identity-malformed"),
        ("invoice", {"发票代码": "3200182130", "发票号码": "12A"}, "identity-malformed"),
        ("contract", {"甲方": "甲", "乙方": " ", "合同编号": "1"}, "identity-incomplete"),
        ("contract", {"甲方": "甲", "乙方": "乙", "合同编号": "-"}, "identity-incomplete"),
        ("equipment", {"制造商": "甲" * 201, "出厂编号": "1"}, "identity-malformed"),
        ("other", {"备注": "x"}, "identity-unknown"),
    ],
)
def test_what_cannot_be_compared_is_refused(kind: str, identity: dict[str, str], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        fingerprint(kind, identity)
    assert refused.value.code == code
