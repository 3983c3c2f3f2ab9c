"""Every class of refusal has one form: problem+json with a stable code, why, one fix, and no inside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from duixian.office.accounts.models import Role
from duixian.office.api.refusal_words import EDGE, TITLES

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.office.api.probe")]
KEYS = {"type", "title", "status", "code", "detail", "why", "fix", "facts"}


@pytest.fixture
def officer(client_of: Callable[..., Client]) -> Client:
    return client_of(Role.CITY_OFFICER)


def told(answer: Any, status: int, code: str) -> dict[str, Any]:
    """The refusal, after looking at its form."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert set(body) == KEYS
    assert (body["status"], body["code"], body["type"]) == (status, code, f"urn:duixian:refusal:{code}")
    return body


def test_a_rooms_refusal_keeps_its_words_and_facts(officer: Client) -> None:
    body = told(officer.post("/probe/half"), 409, "half-way")
    assert (body["detail"], body["why"], body["fix"]) == ("不能办理", "中途发现", "请重来")
    assert body["facts"] == {"day": "2090-01-01"}
    assert body["title"] == "状态冲突"


def test_an_unknown_address_is_told(officer: Client) -> None:
    told(officer.get("/probe/nowhere/at/all"), 404, "no-such-address")
    told(officer.get("/probe/"), 404, "no-such-address")


def test_a_method_that_is_not_taken_says_which_are(officer: Client) -> None:
    answer = officer.delete("/probe/days")
    told(answer, 405, "method-not-allowed")
    assert set(answer["Allow"].replace(" ", "").split(",")) == {"GET", "POST"}


def test_who_is_not_signed_in_learns_how(nobody: Client) -> None:
    answer = nobody.get("/probe/days")
    told(answer, 401, "not-signed-in")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_bad_token_is_told_even_where_nobody_need_sign_in(nobody: Client) -> None:
    told(nobody.get("/probe/days", headers={"authorization": "Bearer nothing"}), 401, "token-invalid")
    told(nobody.get("/probe/days", headers={"authorization": "Basic YTpi"}), 401, "token-invalid")


def test_what_does_not_fit_the_schema_is_told_field_by_field_and_never_echoed(officer: Client) -> None:
    answer = officer.post(
        "/probe/days", {"note": {"secret": "91320722MA1XXXXX0T"}}, content_type="application/json"
    )
    problems = told(answer, 422, "invalid-request")["facts"]["problems"]
    assert problems == [{"where": "body.note", "code": "string_type", "what": "应为文字"}]
    assert "91320722" not in answer.content.decode()


def test_a_number_out_of_range_is_told_with_its_bound(officer: Client) -> None:
    problems = told(officer.get("/probe/days?size=201"), 422, "invalid-request")["facts"]["problems"]
    assert problems == [{"where": "query.size", "code": "less_than_equal", "what": "应不大于 200"}]


@pytest.mark.parametrize(
    "body", [b"{", b"\xff", b'{"note": NaN}', b'{"note": 1.5}', b'{"note": "a", "note": "b"}', b'"\\ud800"',
             b'{"note": "\\u0000"}', b'["\\u0000"]', b'{"note": 1e400}', b"[" * 100_000]
)  # fmt: skip
def test_a_body_that_cannot_be_read_is_refused_at_the_door(officer: Client, body: bytes) -> None:
    told(officer.post("/probe/days", body, content_type="application/json"), 400, "unreadable-request")


def test_a_query_or_path_that_no_database_can_hold_is_refused(officer: Client) -> None:
    told(officer.get("/probe/open?text=%00"), 400, "unreadable-request")
    told(officer.get("/probe/things/%00"), 400, "unreadable-request")


def test_a_body_beyond_the_limit_is_refused(officer: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    told(officer.post("/probe/days", {"note": "a" * 20}, content_type="application/json"), 413, "too-large")


def test_a_bug_is_logged_and_its_inside_never_told(officer: Client, caplog: pytest.LogCaptureFixture) -> None:
    officer.raise_request_exception = False
    answer = officer.get("/probe/bug")
    told(answer, 500, "internal-error")
    assert "nobody may read this" not in answer.content.decode()
    assert "nobody may read this" in caplog.text


def test_what_breaks_before_any_handler_is_told_in_the_same_form(nobody: Client, settings: Any) -> None:
    nobody.raise_request_exception = False
    del settings.PROBES_PER_MINUTE
    told(nobody.get("/probe/open"), 500, "internal-error")


def test_waiting_too_long_is_no_bug(officer: Client) -> None:
    answer = officer.get("/probe/locked")
    told(answer, 503, "busy")
    assert answer["Retry-After"] == "1"


def test_too_many_requests_are_told_when_to_come_again(nobody: Client) -> None:
    for _ in range(3):
        assert nobody.get("/probe/open").status_code == 200
    answer = nobody.get("/probe/open")
    told(answer, 429, "too-many-requests")
    assert 1 <= int(answer["Retry-After"]) <= 60


def test_who_asks_in_english_is_told_in_english(officer: Client) -> None:
    body = officer.get("/probe/nowhere", headers={"accept-language": "en-GB,en;q=0.9,zh;q=0.1"}).json()
    assert (body["title"], body["detail"]) == ("Not found", "There is no such address")
    body = officer.get("/probe/nowhere", headers={"accept-language": "zh-CN,en;q=0.5"}).json()
    assert body["detail"] == "没有这个地址"


def test_every_refusal_of_the_edge_has_words_in_both_languages_and_a_title() -> None:
    for edge in EDGE.values():
        assert edge.status in TITLES
        assert all((*edge.chinese, *edge.english))
