"""Everybody reads the policies, the notices that stand, and may reckon; without an account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from duixian.office.accounts.models import Role, User
from duixian.office.awards.models import PublicNotice
from duixian.office.city import city

pytestmark = pytest.mark.django_db
NUMBER = "连政办规〔2025〕6号"
DOSSIER: dict[str, Any] = {
    "values": {"所属地区": "东海县"},
    "facts": [
        {
            "kind": "认定",
            "id": "R1",
            "values": {"称号": "国家级专精特新“小巨人”", "轮次": "获评", "日期": "2025-12-10"},
        }
    ],
}


def get(client: Client, path: str) -> Any:
    answer = client.get(f"/api/v1/public/{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def reckon(client: Client, dossier: dict[str, Any], **named: Any) -> Any:
    body = {"as_of": "2026-03-01", "dossier": dossier, **named}
    return client.post("/api/v1/public/calculator", body, content_type="application/json")


def test_the_city_tells_its_documents_with_the_days_of_their_validity(nobody: Client) -> None:
    told = get(nobody, "city")
    assert told["name"] == city().name
    days = {each["number"]: (each["first_day"], each["last_day"]) for each in told["documents"]}
    assert days[NUMBER] == ("2025-12-01", "2028-12-01")


def test_a_document_is_told_clause_by_clause_with_its_measures(nobody: Client) -> None:
    told = get(nobody, f"documents/{NUMBER}")
    policy = city().policy(NUMBER)
    assert [each["id"] for each in told["text"]] == [each.id for each in policy.clauses]
    assert [each["text"] for each in told["text"]] == [each.text.strip("\n") for each in policy.clauses]
    assert [measure["id"] for each in told["text"] for measure in each["measures"]] == [
        each.id for each in policy.measures
    ]
    assert {each["document"] for each in told["questions"]} == {NUMBER}


def test_a_document_or_measure_that_is_not_there_is_told(nobody: Client) -> None:
    assert nobody.get("/api/v1/public/documents/某文").json()["code"] == "no-such-document"
    assert nobody.get(f"/api/v1/public/documents/{NUMBER}/measures/Z9").json()["code"] == "no-such-measure"


def test_a_measure_tells_its_rows_with_ceilings_in_fen_and_exact_rates(nobody: Client) -> None:
    (row,) = get(nobody, f"documents/{NUMBER}/measures/A09")["rows"]
    assert row["amount"] == {
        "kind": "rate",
        "ceiling_fen": 500_000_000,
        "rate": "3/25",
        "base": row["amount"]["base"],
        "is_exact": False,
    }
    first = get(nobody, f"documents/{NUMBER}/measures/A03")["rows"][0]
    assert (first["amount"]["kind"], first["amount"]["ceiling_fen"], first["round"]) == (
        "sum",
        80_000_000,
        "获评",
    )


def test_measures_are_found_by_document_delivery_and_words(nobody: Client) -> None:
    assert get(nobody, "measures?size=200")["total"] == len(city().measures)
    assert {each["id"] for each in get(nobody, "measures?text=小巨人")["items"]} == {"A03"}
    found = get(nobody, f"measures?document={NUMBER}&delivery=遴选")
    assert [each["id"] for each in found["items"]] == ["A13-2"]


def test_the_vocabulary_says_what_a_dossier_may_hold(nobody: Client) -> None:
    kinds = {each["name"]: each for each in get(nobody, "vocabulary")}
    assert kinds["企业"]["is_subject"]
    assert {each["name"] for each in kinds["认定"]["fields"]} >= {"称号", "级别", "轮次", "日期"}


def test_a_notice_is_public_until_its_last_day_has_passed(
    nobody: Client, make_user: Callable[..., User]
) -> None:
    PublicNotice.objects.create(
        title="公示", document=NUMBER, opens_on=date(2026, 3, 3), closes_on=date(2026, 3, 9), working_days=5, contact="0518",
        published_by=make_user(Role.CITY_OFFICER),
    )  # fmt: skip
    with time_machine.travel("2026-03-09 23:00:00+08:00", tick=False):
        assert [each["title"] for each in get(nobody, "notices")["items"]] == ["公示"]
    with time_machine.travel("2026-03-10 00:00:00+08:00", tick=False):
        assert get(nobody, "notices")["total"] == 0


def test_the_calculator_tells_ceiling_amount_and_share_apart_with_every_step(nobody: Client) -> None:
    told = reckon(nobody, DOSSIER).json()
    (each,) = told["determinations"]
    assert (each["measure_id"], each["row"], each["outcome"]) == ("A03", "A03c", "可兑付")
    assert (each["ceiling_fen"], each["base_fen"], each["rate"], each["amount_fen"]) == (
        60_000_000,
        None,
        None,
        60_000_000,
    )
    assert each["share"]["city_fen"] is None
    assert {"匹配", "计算", "就高"} <= {line["step"] for line in each["trace"]}
    assert (told["total_fen"], told["open"], told["problems"]) == (60_000_000, 0, [])


def test_an_open_question_that_touches_is_marked_with_what_it_would_give(nobody: Client) -> None:
    earlier = {
        "kind": "认定",
        "id": "R0",
        "values": {"称号": "专精特新中小企业", "级别": "省级", "轮次": "获评", "日期": "2025-12-02"},
    }
    told = reckon(nobody, {**DOSSIER, "facts": [*DOSSIER["facts"], earlier]}).json()
    marks = {mark["question"] for each in told["determinations"] for mark in each["marks"]}
    assert "专精特新晋级" in marks
    assert told["rulings"]["专精特新晋级"] == city().decisions["专精特新晋级"]


def test_what_is_missing_is_told_and_never_nought(nobody: Client) -> None:
    told = reckon(
        nobody, {"facts": [{"kind": "投资项目", "id": "P1", "values": {"有效投入额": 3_000_000_000}}]}
    ).json()
    unknown = [each for each in told["determinations"] if each["outcome"] == "待核"]
    assert unknown
    assert all(each["amount_fen"] is None and each["missing"] for each in unknown)
    assert told["open"] == len(unknown)


def test_whole_numbers_are_fen_and_words_are_as_officers_write(nobody: Client) -> None:
    bases = []
    for money in (3_000_000_000, "3000万元", "30,000,000.00"):
        fact = {"kind": "投资项目", "id": "P1", "values": {"有效投入额": money}}
        bases.append(
            {each["base_fen"] for each in reckon(nobody, {"facts": [fact]}).json()["determinations"]} - {None}
        )
    assert bases[0] == bases[1] == bases[2] == {3_000_000_000}


def test_everything_wrong_with_a_dossier_is_told_at_once_with_its_place(nobody: Client) -> None:
    facts = [
        {"kind": "认定", "id": "R1", "values": {"称号": "没有的称号", "日期": "去年"}},
        {"kind": "投资项目", "id": "P1", "values": {"有效投入额": "很多"}},
    ]
    answer = reckon(nobody, {"values": {"所属地区": "上海市"}, "facts": facts})
    assert (answer.status_code, answer.json()["code"]) == (422, "unreadable-dossier")
    problems = {
        each["where"]: each["code"]
        for each in answer.json()["facts"]["problems"]
        if each["severity"] == "error"
    }
    assert problems == {
        "values.所属地区": "exchange.unknown-area",
        "facts.0.values.称号": "exchange.unknown-title",
        "facts.0.values.日期": "exchange.bad-date",
        "facts.1.values.有效投入额": "exchange.bad-money",
    }


def test_a_kind_that_the_city_does_not_know_is_told(nobody: Client) -> None:
    answer = reckon(nobody, {"facts": [{"kind": "获奖", "id": "1"}]})
    assert answer.json()["code"] == "unknown-fact-kind"
    assert answer.json()["facts"]["where"] == ["facts.0.kind"]


def test_a_field_that_the_city_does_not_know_is_a_warning(nobody: Client) -> None:
    dossier = {"facts": [{**DOSSIER["facts"][0], "values": {**DOSSIER["facts"][0]["values"], "心情": "好"}}]}
    told = reckon(nobody, dossier).json()
    assert [(each["code"], each["where"]) for each in told["problems"]] == [
        ("exchange.unknown-column", "facts.0.values.心情")
    ]
    assert len(told["determinations"]) == 1


@pytest.mark.parametrize(
    "dossier",
    [
        {},
        {"facts": [{"kind": "认定", "id": "1"}] * 501},
        {"facts": [{"kind": "认定", "id": ""}]},
        {"facts": [{"kind": "认定", "id": "1", "values": {"称号": {"a": 1}}}]},
        {"facts": [{"kind": "认定", "id": "1", "values": {"称号": "x" * 401}}]},
        {"facts": [{"kind": "认定", "id": "1", "values": {f"f{number}": 1 for number in range(101)}}]},
    ],
)
def test_a_dossier_beyond_its_bounds_is_refused(nobody: Client, dossier: dict[str, Any]) -> None:
    assert reckon(nobody, dossier).json()["code"] == "invalid-request"


def test_the_public_takes_no_rulings(nobody: Client) -> None:
    told = reckon(nobody, DOSSIER, rulings={"专精特新晋级": "补差"}).json()
    assert "专精特新晋级" not in told["rulings"]


def test_the_calculator_has_a_limit_of_its_own(nobody: Client, settings: Any) -> None:
    settings.PUBLIC_CALCULATIONS_PER_MINUTE = 1
    with time_machine.travel("2026-03-02 10:00:05+08:00", tick=False):
        assert [reckon(nobody, DOSSIER).status_code for _ in range(2)] == [200, 429]
        assert nobody.get("/api/v1/public/city").status_code == 200
