"""The schemas for editors follow from the reader's description, and accept what the reader accepts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from duixian.source.blocks import read_pieces
from duixian.source.json_schema import block_schema, json_schemas
from duixian.source.report import Report
from tests.conftest import ROOT, Golden
from tests.source.town import POLICY, TOWN

REFERENCE = ROOT / "docs" / "reference"
REAL = ROOT / "policies" / "lianyungang"
POLICIES = [POLICY, *sorted(REAL.glob("*/policy.md"))]


@pytest.mark.parametrize("name", sorted(json_schemas()))
def test_the_published_schema_is_that_of_the_reader(name: str, golden: Golden) -> None:
    schema = json_schemas()[name]
    Draft202012Validator.check_schema(schema)
    golden(REFERENCE / name, json.dumps(schema, ensure_ascii=False, indent=1) + "\n")


def _blocks(path: Path) -> list[Any]:
    pieces = read_pieces(path.read_text("utf-8"), path.name, Report())
    return [yaml.load(block.text, yaml.BaseLoader) for piece in pieces for block in piece.blocks]


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.parent.name)
def test_every_block_of_a_policy_fits(path: Path) -> None:
    validator = Draft202012Validator(block_schema())
    unfit = [block for block in _blocks(path) if not validator.is_valid(block)]
    assert unfit == []


@pytest.mark.parametrize(
    "block",
    [
        {"事项": "甲"},
        {"定意": "甲"},
        {"条款": "（一）", "名称": "甲", "类型": ["奖厉"]},
        {"条款": "（一）", "名称": "甲", "类型": []},
        {"条款": "（一）", "名称": "甲", "类型": ["奖励"], "备注": "乙"},
        {"有效期": "甲", "自": {"不追溯": "2026年1月1日"}, "至": "2026年1月1日"},
    ],
)
def test_an_editor_marks_what_the_reader_refuses(block: dict[str, object]) -> None:
    assert not Draft202012Validator(block_schema()).is_valid(block)


FILES = {
    "city.schema.json": "city.yaml",
    "vocabulary.schema.json": "vocabulary.yaml",
    "interpretations.schema.json": "*/interpretations.yaml",
    "cases.schema.json": "*/cases/*.yaml",
}


@pytest.mark.parametrize("city", [TOWN, REAL], ids=lambda path: path.name)
@pytest.mark.parametrize("name", sorted(FILES))
def test_every_file_of_a_city_fits(name: str, city: Path) -> None:
    validator = Draft202012Validator(json_schemas()[name])
    paths = sorted(city.glob(FILES[name]))
    assert paths
    for path in paths:
        errors = [
            error.message[:80]
            for error in validator.iter_errors(yaml.load(path.read_text("utf-8"), yaml.BaseLoader))
        ]
        assert not errors, f"{path}: {errors}"
