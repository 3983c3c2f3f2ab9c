"""determinations.jsonl: everything about each determination, exact, with its trace."""

from __future__ import annotations

import json
from typing import Any

from duixian.exchange.results.determinations_jsonl import determinations_jsonl
from duixian.exchange.results.receipt import dossier_fingerprint, receipt_of
from duixian.exchange.results.results import Results
from tests.exchange.results.harbour import EAST, results


def _objects(found: Results | None = None) -> list[dict[str, Any]]:
    found = found or results()
    return [json.loads(line) for line in determinations_jsonl(found, receipt_of(found)).splitlines()]


def _object(fact: str) -> dict[str, Any]:
    return next(each for each in _objects() if each["fact"] == fact)


def test_the_four_numbers_stay_apart() -> None:
    award = _object("T01")
    assert award["ceiling_fen"] == 99_999_996
    assert award["base_fen"] == 833_333_300
    assert award["rate"] == "3/25"
    assert award["amount_fen"] == 99_999_996
    assert award["is_exact"] is False


def test_what_is_unknown_is_null() -> None:
    award = _object("R05")
    assert award["amount_fen"] is None
    assert award["missing"] == ["认定.级别"]
    assert award["share"] is None


def test_every_step_has_its_code_its_clause_its_values_and_its_words() -> None:
    trace = _object("T01")["trace"]
    rate = next(line for line in trace if line["code"] == "entitle.rate")
    assert rate == {
        "step": "计算",
        "code": "entitle.rate",
        "clause": "（二）",
        "values": [833_333_300, "3/25", 99_999_996],
        "words": "833.3333万元 × 12% = 99.999996万元（舍去不足一分的部分）",
    }


def test_the_reason_is_a_line_of_the_trace() -> None:
    assert all(each["reason"] in each["trace"] for each in _objects())


def test_a_mark_says_what_another_answer_would_give() -> None:
    assert _object("R02")["marks"] == [
        {
            "interpretation": "绿色晋级",
            "option": "补差",
            "outcome": "可兑付",
            "amount_fen": 30_000_000,
            "city_fen": None,
        }
    ]


def test_the_parts_of_a_share_add_up() -> None:
    share = _object("T01")["share"]
    assert share["city_fen"] + share["county_fen"] == _object("T01")["amount_fen"]
    assert share["basis"] == "（三）：市县 3:7"


def test_each_line_names_its_facts_and_its_run() -> None:
    found = results()
    award = _object("T01")
    assert award["dossier"] == dossier_fingerprint(found.dossiers[EAST])
    assert award["receipt"] == receipt_of(found).fingerprint
