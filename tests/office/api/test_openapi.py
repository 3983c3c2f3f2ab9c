"""The document tells every route, its action, and every refusal."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from ninja import Router, Schema

from duixian.office.accounts.permissions import all_actions
from duixian.office.api.acts import PUBLIC, routes
from duixian.office.api.root import api, build


@pytest.fixture
def document(client: Client) -> Any:
    return client.get("/api/v1/openapi.json", headers={"host": "localhost"}).json()


def operations(document: Any) -> list[tuple[str, str, Any]]:
    return [
        (method, path, each)
        for path, methods in document["paths"].items()
        for method, each in methods.items()
    ]


def test_every_route_names_an_action_of_the_table_or_is_open_to_all() -> None:
    unnamed = [each for each in routes(api) if each.action != PUBLIC and each.action not in all_actions()]
    assert unnamed == []


def test_every_operation_tells_its_action_and_has_a_name_of_its_own(document: Any) -> None:
    found = operations(document)
    assert all(each["x-action"] for _, _, each in found)
    names = [each["operationId"] for _, _, each in found]
    assert sorted(names) == sorted(set(names))


def test_only_public_routes_need_no_account(document: Any) -> None:
    for _, path, each in operations(document):
        assert bool(each.get("security")) == (each["x-action"] != PUBLIC), path


def test_every_refusal_is_told_in_one_form(document: Any) -> None:
    (told,) = document["components"]["responses"]["Refused"]["content"].values()
    assert told["schema"]["$ref"] == "#/components/schemas/Refusal"
    for method, path, each in operations(document):
        refusals = {status: answer for status, answer in each["responses"].items() if int(status) >= 400}
        assert {"400", "401", "403", "404", "409", "422", "500", "503"} <= set(refusals), path
        assert method == "get" or {"412", "413"} <= set(refusals), path
        assert set(map(str, refusals.values())) == {"{'$ref': '#/components/responses/Refused'}"}, path


def test_every_write_takes_a_key_and_a_version(document: Any) -> None:
    for method, path, each in operations(document):
        if method != "get" and each.get("security"):
            headers = {parameter["name"] for parameter in each["parameters"] if parameter["in"] == "header"}
            assert headers >= {"Idempotency-Key", "If-Match"}, path


def test_the_document_is_only_read(client: Client) -> None:
    answer = client.post("/api/v1/openapi.json", headers={"host": "localhost"})
    assert (answer.status_code, answer.json()["code"]) == (405, "method-not-allowed")


def test_two_schemas_of_one_name_are_a_bug() -> None:
    first = type("Thing", (Schema,), {"__annotations__": {"a": int}})
    second = type("Thing", (Schema,), {"__annotations__": {"b": int}})
    router = Router()
    router.get("/one", response=list[first])(lambda request: [])  # type: ignore[valid-type]
    router.get("/two", response=list[second])(lambda request: [])  # type: ignore[valid-type]
    with pytest.raises(ValueError, match="Thing"):
        build([router]).get_openapi_schema(path_prefix="")
