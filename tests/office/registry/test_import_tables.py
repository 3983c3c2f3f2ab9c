"""A city's fact tables come into the registry whole: good rows are kept, every problem is told, the same again changes nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]
import pytest

from duixian.exchange.demo.write import write_demo_city
from duixian.exchange.tables.facts import read_facts
from duixian.office.accounts.actor import Actor
from duixian.office.audit.models import AuditEvent
from duixian.office.city import city
from duixian.office.registry.current import current_attributes, current_facts
from duixian.office.registry.dossiers import dossier, name_of
from duixian.office.registry.import_tables import import_tables
from duixian.office.registry.models import Attribute, FactRecord
from tests.office.registry.conftest import CODES, NAMES, TODAY

pytestmark = pytest.mark.django_db
ENTERPRISES = (
    "统一社会信用代码,企业名称,所属地区,成立日期\n{0},{1},东海县,2010-01-02\n{2},{3},火星,2010-01-02\n"
)


def write(folder: Path, **tables: str) -> Path:
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder


def test_dossiers_from_the_registry_are_those_that_the_tables_give(officer: Actor, tmp_path: Path) -> None:
    facts = write_demo_city(tmp_path, enterprises=300).facts
    found = import_tables(officer, "虚构城市", facts)
    told = read_facts(facts, city())
    assert found.enterprises == len(told.dossiers) == 300
    assert found.facts["new"] == sum(len(each.facts) for each in told.dossiers)
    for each in told.dossiers:
        kept = dossier(each.code, date(2026, 12, 31))
        assert (kept.name, kept.subject) == (each.name, each.subject)
        assert [(fact.kind, fact.id, fact.values) for fact in kept.facts] == [
            (fact.kind, fact.id, fact.values)
            for fact in sorted(each.facts, key=lambda fact: (fact.kind, fact.id))
        ]
    rows = (FactRecord.objects.count(), Attribute.objects.count())
    again = import_tables(officer, "虚构城市", facts)
    assert (again.enterprises, again.attributes, again.changes) == (0, 0, 0)
    assert again.facts == {"new": 0, "superseded": 0, "known": found.facts["new"]}
    assert (FactRecord.objects.count(), Attribute.objects.count()) == rows


def test_good_rows_are_kept_and_every_problem_is_told(officer: Actor, tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        企业=ENTERPRISES.format(CODES[0], NAMES[0], CODES[1], NAMES[1]),
        认定=f"编号,企业名称,称号,级别\nR1,{NAMES[0]},企业技术中心,省级\nR2,{NAMES[0]},没有的称号,省级\nR3,无此公司,企业技术中心,省级\n",
    )
    found = import_tables(officer, "年度数据", folder)
    assert found.counts["rows"] == 5
    assert (found.enterprises, found.facts["new"]) == (1, 1)
    told = {(each["code"], each["file"], each["line"]) for each in found.problems}
    assert {("exchange.unknown-area", "企业.csv", 3), ("exchange.unknown-title", "认定.csv", 3)} <= told
    assert ("exchange.unknown-name", "认定.csv", 4) in told
    assert [(each.fact, each.name) for each in found.uncertain] == [("R3", "无此公司")]
    fact = current_facts().get()
    assert (fact.number, fact.source_row, fact.source.title) == ("R1", 2, "年度数据 认定.csv")
    assert current_attributes("成立日期").get().source_row == 2
    assert AuditEvent.objects.filter(action="tables.import").count() == 1


def test_names_that_the_registry_knows_need_no_table_of_enterprises(
    officer: Actor, enterprises: tuple[str, ...], tmp_path: Path
) -> None:
    folder = write(tmp_path, 认定="编号,企业名称,称号,级别\nR1,连云港旧山纺织有限公司,企业技术中心,省级\n")
    assert import_tables(officer, "补充", folder).facts["new"] == 1
    assert current_facts().get().enterprise_id == enterprises[1]


def test_what_differs_is_told_and_left_unless_its_day_is_known(officer: Actor, tmp_path: Path) -> None:
    text = ENTERPRISES.format(CODES[0], "旧名有限公司", CODES[1], NAMES[1]).replace("火星", "灌云县")
    import_tables(officer, "去年", write(tmp_path, 企业=text))
    changed = write(tmp_path, 企业=text.replace("旧名有限公司", NAMES[0]))
    found = import_tables(officer, "今年", changed)
    assert [each["code"] for each in found.problems] == ["registry.attribute-differs"]
    assert name_of(CODES[0], TODAY) == "旧名有限公司"
    found = import_tables(officer, "今年", changed, since=date(2026, 1, 1))
    assert (found.changes, found.problems) == (1, [])
    assert (name_of(CODES[0], date(2025, 12, 31)), name_of(CODES[0], TODAY)) == ("旧名有限公司", NAMES[0])
    assert import_tables(officer, "今年", changed, since=date(2026, 1, 1)).changes == 0


def test_typed_tables_in_memory_are_taken_too(officer: Actor) -> None:
    tables = {
        "企业": pa.table(
            {"统一社会信用代码": [CODES[0]], "企业名称": [NAMES[0]], "装备方向": ["海洋装备；工程装备"]}
        ),
        "认定": pa.table(
            {
                "编号": ["R1"],
                "统一社会信用代码": [CODES[0]],
                "称号": ["企业技术中心"],
                "级别": [None],
                "日期": [date(2026, 1, 5)],
            }
        ),
    }
    assert import_tables(officer, "内存", tables).facts["new"] == 1
    found = dossier(CODES[0], TODAY)
    assert found.subject["装备方向"] == ("海洋装备", "工程装备")
    assert found.facts[0].values["日期"] == date(2026, 1, 5)
    assert "级别" not in found.facts[0].values
