"""A paper names a policy by its title and issuer, and by its number where the city has it no more."""

from __future__ import annotations

from duixian.office.documents.policy_words import issuer_of, title_of


def test_a_policy_is_named_by_title_and_issuer() -> None:
    assert title_of("连政办规〔2025〕6号") == "加快建设制造强市若干政策措施"
    assert issuer_of("连政办规〔2025〕6号") == "连云港市人民政府办公室"


def test_a_policy_that_is_gone_is_named_by_its_number() -> None:
    assert title_of("某文〔1999〕1号") == "某文〔1999〕1号"
    assert issuer_of("某文〔1999〕1号") == "连云港市"
