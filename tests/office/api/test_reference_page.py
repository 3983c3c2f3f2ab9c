"""The pages of refusals and of the API say what is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from duixian.office.api.refusal_words import EDGE

REFERENCE = Path(__file__).resolve().parents[3] / "docs" / "reference"
_ROW = re.compile(r"^\| `([a-z-]+)` \| ([0-9]{3}) \|", re.MULTILINE)
_JSON = re.compile(r"^```json\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks() -> list[Any]:
    return [json.loads(each) for each in _JSON.findall((REFERENCE / "api.md").read_text("utf-8"))]


def test_every_refusal_of_the_edge_is_listed_with_its_status() -> None:
    listed = {
        code: int(status) for code, status in _ROW.findall((REFERENCE / "refusals.md").read_text("utf-8"))
    }
    assert {code: edge.status for code, edge in EDGE.items()}.items() <= listed.items()


@pytest.mark.django_db
@pytest.mark.urls("tests.office.api.probe")
def test_the_refusal_of_the_page_is_what_the_api_answers(client_of: Any) -> None:
    answer = client_of("city_officer").put("/probe/things/1", headers={"if-match": "three"})
    assert answer.json() == blocks()[0]


@pytest.mark.django_db
def test_the_calculation_of_the_page_gives_what_the_page_says(nobody: Client) -> None:
    _, question, told = blocks()
    (found,) = nobody.post("/api/v1/public/calculator", question, content_type="application/json").json()[
        "determinations"
    ]
    assert {name: found[name] for name in told} == told
