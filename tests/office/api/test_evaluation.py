"""Programs of the city reckon under other answers to open questions; nothing of it is stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from duixian.credit_code import make_code
from duixian.office.accounts.models import Role
from duixian.office.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
FACTS = [
    {
        "kind": "认定",
        "id": "R0",
        "values": {"称号": "专精特新中小企业", "级别": "省级", "轮次": "获评", "日期": "2025-12-02"},
    },
    {"kind": "认定", "id": "R1", "values": {"称号": "专精特新小巨人", "轮次": "获评", "日期": "2025-12-10"}},
]


def evaluate(client: Client, **named: Any) -> Any:
    dossier = {
        "code": make_code("91", "320722", 1),
        "name": "某公司",
        "values": {"所属地区": "东海县"},
        "facts": FACTS,
    }
    body = {"as_of": "2026-03-01", "dossier": dossier, **named}
    return client.post("/api/v1/evaluations", body, content_type="application/json")


def test_another_answer_gives_another_sum(client_of: Callable[..., Client]) -> None:
    client = client_of(Role.CITY_OFFICER)
    plain, less = evaluate(client).json(), evaluate(client, rulings={"专精特新晋级": "补差"}).json()
    assert (plain["total_fen"], less["total_fen"]) == (80_000_000, 60_000_000)
    assert less["rulings"]["专精特新晋级"] == "补差"


def test_strict_leaves_open_what_a_question_touches(client_of: Callable[..., Client]) -> None:
    told = evaluate(client_of(Role.CITY_OFFICER), is_strict=True).json()
    assert {each["outcome"] for each in told["determinations"]} == {"待定"}
    assert told["open"] == 2


@pytest.mark.parametrize("rulings", [{"没有的口径": "是"}, {"专精特新晋级": "没有的选项"}])
def test_an_answer_that_is_none_is_refused(client_of: Callable[..., Client], rulings: dict[str, str]) -> None:
    assert evaluate(client_of(Role.CITY_OFFICER), rulings=rulings).json()["code"] == "unknown-question"


def test_a_wrong_credit_code_is_told_at_its_place(client_of: Callable[..., Client]) -> None:
    body = {"as_of": "2026-03-01", "dossier": {"code": "123", "facts": FACTS}}
    answer = client_of(Role.CITY_OFFICER).post("/api/v1/evaluations", body, content_type="application/json")
    assert answer.json()["code"] == "unreadable-dossier"
    assert "exchange.bad-credit-code" in {each["code"] for each in answer.json()["facts"]["problems"]}


def test_nothing_is_stored(client_of: Callable[..., Client]) -> None:
    client = client_of(Role.CITY_OFFICER)
    before = AuditEvent.objects.count()
    evaluate(client)
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("role", list(Role))
def test_who_administers_does_not_reckon_and_everybody_else_does(
    client_of: Callable[..., Client], role: str
) -> None:
    assert evaluate(client_of(role)).status_code == (403 if role == Role.ADMINISTRATOR else 200)
