"""A list over the API: uploaded as published, looked at, decided, taken over, undone; and every refusal in its form."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from duixian.credit_code import make_code
from duixian.office.accounts.models import Role

pytestmark = pytest.mark.django_db
CODE, NAME = make_code("91", "320722", 7), "连云港海晶机械有限公司"
LIST = f"序号,企业名称,称号,级别\n1,{NAME},企业技术中心,省级\n2,连云港海晶机诫有限公司,企业技术中心,省级\n".encode()


@pytest.fixture
def city(client_of: Callable[..., Client]) -> Client:
    """A city officer, with one enterprise in the registry."""
    client = client_of(Role.CITY_OFFICER)
    source = post(client, "/sources", {"title": "登记簿"}, 201)["id"]
    told = {"source": source, "values": {"企业名称": NAME, "所属地区": "东海"}}
    assert post(client, f"/enterprises/{CODE}/attributes", told) == {
        "code": CODE,
        "name": NAME,
        "area": "东海县",
    }
    return client


def post(client: Client, path: str, body: object, status: int = 200) -> Any:
    answer = client.post(f"/api/v1{path}", body, content_type="application/json")
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def send(client: Client, content: bytes = LIST, status: int = 201, **named: str) -> Any:
    form = {"kind": "认定", "title": "名单", "issuer": "省厅", "document_number": "某文〔2026〕1号", **named}
    answer = client.post("/api/v1/rosters", {**form, "file": SimpleUploadedFile("名单.csv", content)})
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def test_a_list_goes_all_its_way(city: Client) -> None:
    roster = send(city, constants=json.dumps({"日期": "2026-01-05"}))
    assert roster["columns"]["fields"] == {"2": "企业名称", "3": "称号", "4": "级别"}
    path = f"/rosters/{roster['id']}"
    assert post(city, f"{path}/preview", {})["counts"]["open"] == 1
    waiting = city.get(f"/api/v1{path}/rows?is_open=true").json()
    assert waiting["total"] == 1
    row = waiting["items"][0]
    assert (row["verdict_name"], row["candidates"][0]["code"]) == ("待确认", CODE)
    assert post(city, f"{path}/commit", {}, 409)["code"] == "roster-waits"
    assert post(city, f"/roster-rows/{row['id']}/decide", {"enterprise": CODE})["verdict"] == "known"
    done = post(city, f"{path}/commit", {})
    assert (done["state_name"], done["counts"]["recorded"]) == ("已入库", 1)
    facts = city.get(f"/api/v1/enterprises/{CODE}/facts").json()["items"]
    assert (facts[0]["values"]["日期"], facts[0]["source"]["title"]) == ("2026-01-05", "名单")
    assert post(city, f"{path}/undo", {"reason": "作废"})["state"] == "undone"
    assert city.get(f"/api/v1/enterprises/{CODE}/facts").json()["total"] == 0
    assert city.get(f"/api/v1/enterprises/{CODE}/facts?all_versions=true").json()["total"] == 2


def test_the_same_file_again_is_the_same_list(city: Client) -> None:
    assert send(city)["id"] == send(city, title="又一次")["id"]


@pytest.mark.parametrize(
    ("named", "content", "code"),
    [({"constants": "[]"}, LIST, "constants-malformed"), ({"kind": "企业"}, LIST, "roster-kind"), ({}, b"<html>", "file-type-refused"),
     ({"constants": '{"日期": "某日"}'}, LIST, "constant-unfit")],
)  # fmt: skip
def test_what_cannot_be_uploaded_is_refused(
    city: Client, named: dict[str, str], content: bytes, code: str
) -> None:
    assert send(city, content, 422, **named)["code"] == code


def test_an_enterprise_is_found_and_its_history_told(city: Client, client_of: Callable[..., Client]) -> None:
    assert [each["code"] for each in city.get("/api/v1/enterprises?text=海晶").json()["items"]] == [CODE]
    assert city.get("/api/v1/enterprises?text=望山").json()["total"] == 0
    source = post(city, "/sources", {"title": "变更公告"}, 201)["id"]
    told = {"source": source, "name": "企业名称", "value": "连云港新名有限公司", "since": "2026-02-01"}
    post(city, f"/enterprises/{CODE}/changes", told)
    assert city.get(f"/api/v1/enterprises/{CODE}?on=2026-01-31").json()["name"] == NAME
    assert city.get(f"/api/v1/enterprises/{CODE}?on=2026-02-01").json()["name"] == "连云港新名有限公司"
    rows = city.get(f"/api/v1/enterprises/{CODE}/attributes?name=企业名称").json()["items"]
    assert [(each["valid_to"], each["superseded_by"] is not None) for each in rows] == [
        (None, True), ("2026-01-31", False), (None, False),
    ]  # fmt: skip
    county = client_of(Role.COUNTY_OFFICER, area="灌云县")
    assert county.get("/api/v1/enterprises").json()["total"] == 0
    assert county.get(f"/api/v1/enterprises/{CODE}").status_code == 404
    own = client_of(Role.COUNTY_OFFICER, "东海", area="东海县")
    assert own.get("/api/v1/enterprises").json()["total"] == 1


def test_a_table_is_imported_with_all_its_problems(city: Client) -> None:
    table = f"编号,企业名称,称号,级别\nR1,{NAME},企业技术中心,省级\nR2,{NAME},没有的称号,省级\n".encode()
    form = {"title": "年度数据", "file": SimpleUploadedFile("认定.csv", table)}
    answer = city.post("/api/v1/tables", form).json()
    assert answer["counts"]["new"] == 1
    assert [(each["code"], each["line"]) for each in answer["problems"] if each["severity"] == "error"] == [
        ("exchange.unknown-title", 3)
    ]
