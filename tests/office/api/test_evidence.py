"""Evidence over the API: sent with its file, saved as an attachment, stopped and ruled upon."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from duixian.office.accounts.models import User
from duixian.office.accounts.tokens import issue
from tests.office.evidence.conftest import PDF, Claims
from tests.office.evidence.conftest import claims as claims

pytestmark = pytest.mark.django_db
INVOICE = json.dumps({"发票代码": "3200182130", "发票号码": "00123456"})


@pytest.fixture
def client_named() -> Callable[[str], Client]:
    """A client of an account that is there already."""

    def make(name: str) -> Client:
        from duixian.office.accounts.actor import actor_of

        text = issue(actor_of(User.objects.get(username=name)), "test").text
        return Client(headers={"authorization": f"Bearer {text}", "host": "localhost"})

    return make


def send(client: Client, award: int, content: bytes = PDF, status: int = 201, name: str = "发票.pdf") -> Any:
    form = {"kind": "invoice", "identity": INVOICE, "file": SimpleUploadedFile(name, content)}
    answer = client.post(f"/api/v1/awards/{award}/evidence", form)
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def test_evidence_is_sent_listed_and_saved(claims: Claims, client_named: Callable[[str], Client]) -> None:
    own = client_named("企业甲")
    piece = send(own, claims.first.pk)
    assert (piece["kind_name"], piece["media_type"], piece["size"]) == ("发票", "application/pdf", len(PDF))
    assert send(own, claims.first.pk)["id"] == piece["id"]
    assert own.get(f"/api/v1/awards/{claims.first.pk}/evidence").json()["total"] == 1
    answer = own.get(f"/api/v1/evidence/{piece['id']}/file")
    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E5%8F%91")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert client_named("企业乙").get(f"/api/v1/evidence/{piece['id']}/file").status_code == 404


def test_a_stop_is_seen_by_both_counties_and_ruled_by_the_city(
    claims: Claims, client_named: Callable[[str], Client]
) -> None:
    send(client_named("企业甲"), claims.first.pk)
    send(client_named("企业乙"), claims.second.pk)
    for name in ("甲县", "乙县"):
        stops = client_named(name).get("/api/v1/evidence-stops?is_open=true").json()["items"]
        assert [(each["first"]["award"], each["second"]["award"]) for each in stops] == [
            (claims.first.pk, claims.second.pk)
        ]
    body = {"ruling": "allowed", "reason": "分批付款"}
    answer = client_named("审核").post(
        f"/api/v1/evidence-stops/{stops[0]['id']}/rule", body, content_type="application/json"
    )
    assert answer.json()["ruling"] == "allowed"
    assert client_named("甲县").get("/api/v1/evidence-stops?is_open=true").json()["total"] == 0


def test_a_file_that_is_not_taken_leaves_nothing(
    claims: Claims, client_named: Callable[[str], Client]
) -> None:
    own = client_named("企业甲")
    assert send(own, claims.first.pk, b"MZ\x90\x00", 422, "发票.pdf")["code"] == "file-type-refused"
    assert own.get(f"/api/v1/awards/{claims.first.pk}/evidence").json()["total"] == 0
