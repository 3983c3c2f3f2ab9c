"""The typed tables straight from the database say what the dossiers say, enterprise by enterprise."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from duixian.credit_code import make_code
from duixian.exchange.columns.dossiers import dossiers_of
from duixian.exchange.demo.write import write_demo_city
from duixian.office.accounts.actor import Actor
from duixian.office.city import city
from duixian.office.refusal import Refusal
from duixian.office.registry.dossiers import dossier
from duixian.office.registry.import_tables import import_tables
from duixian.office.registry.models import Attribute, Enterprise, FactRecord, Source
from duixian.office.registry.record import FactRow, record_enterprise, record_facts, withdraw
from duixian.office.registry.typed_tables import counted, typed_tables
from duixian.office.runs.frozen_facts import freeze_facts

DAY = date(2026, 12, 31)
CODE, OTHER = (make_code("91", "320722", serial) for serial in range(2))


def _award(number: str, day: date, code: str = CODE) -> FactRow:
    return FactRow("认定", number, code, {"称号": "专精特新小巨人", "级别": "国家级", "日期": day})


@pytest.mark.django_db
def test_tables_and_dossiers_agree_on_the_demo_city(officer: Actor, tmp_path: Path) -> None:
    import_tables(officer, "虚构城市", write_demo_city(tmp_path, enterprises=300).facts)
    tables = typed_tables(DAY)
    found = {each.code: each for each in dossiers_of(tables, city())}
    expected = {each.code: dossier(each.code, DAY) for each in Enterprise.objects.all()}
    assert found == expected
    facts = sum(len(each.facts) for each in expected.values())
    assert counted(tables, city()) == (len(expected), facts)


@pytest.mark.django_db
def test_the_same_registry_gives_the_same_bytes(officer: Actor, source: Source) -> None:
    record_enterprise(officer, source, CODE, {"企业名称": "甲厂"})
    record_facts(officer, source, [_award("R2", date(2026, 2, 2)), _award("R1", date(2026, 1, 1))])
    assert freeze_facts(typed_tables(DAY)) == freeze_facts(typed_tables(DAY))
    assert typed_tables(DAY)["认定"]["编号"].to_pylist() == ["R1", "R2"]


@pytest.mark.django_db
def test_what_was_superseded_or_withdrawn_is_not_there(officer: Actor, source: Source) -> None:
    record_facts(officer, source, [_award("R1", date(2026, 1, 1)), _award("R2", date(2026, 2, 2))])
    record_facts(officer, source, [_award("R1", date(2026, 3, 3))])
    withdraw(officer, FactRecord.objects.get(number="R2"), "名单有误")
    table = typed_tables(DAY)["认定"]
    assert table["日期"].to_pylist() == [date(2026, 3, 3)]


@pytest.mark.django_db
def test_an_attribute_holds_from_its_first_to_its_last_day(officer: Actor, source: Source) -> None:
    record_enterprise(officer, source, CODE, {"所属地区": "东海县"}, valid_to=date(2026, 6, 30))
    record_enterprise(officer, source, CODE, {"所属地区": "灌云县"}, valid_from=date(2026, 7, 1))

    def area(day: date) -> str | None:
        found: str | None = typed_tables(day)["企业"]["所属地区"].to_pylist()[0]
        return found

    assert [area(date(2026, 6, 30)), area(date(2026, 7, 1))] == ["东海县", "灌云县"]


@pytest.mark.django_db
def test_an_attribute_that_does_not_hold_on_the_day_is_missing(officer: Actor, source: Source) -> None:
    record_enterprise(officer, source, CODE, {"企业名称": "甲厂", "制造业": True})
    record_enterprise(officer, source, OTHER, {"装备方向": ("能源装备", "工程装备")})
    record_enterprise(officer, source, OTHER, {"企业名称": "乙厂"}, valid_from=date(2027, 1, 1))
    rows = typed_tables(DAY)["企业"].to_pylist()
    assert [(row["企业名称"], row["制造业"], row["装备方向"]) for row in rows] == [
        ("甲厂", True, None),
        (None, None, "能源装备；工程装备"),
    ]


@pytest.mark.django_db
def test_where_two_values_hold_on_a_day_the_one_that_began_last_is_taken(source: Source) -> None:
    Enterprise.objects.create(code=CODE)
    for value, day in (("灌南县", date(2026, 5, 1)), ("东海县", None), ("灌云县", date(2026, 4, 1))):
        Attribute.objects.create(
            enterprise_id=CODE, name="所属地区", value=value, valid_from=day, source=source
        )
    assert typed_tables(DAY)["企业"]["所属地区"].to_pylist() == ["灌南县"]


@pytest.mark.django_db
def test_an_enterprise_of_which_nothing_holds_is_in_no_table(officer: Actor, source: Source) -> None:
    record_enterprise(officer, source, CODE, {"企业名称": "甲厂"}, valid_from=date(2027, 1, 1))
    assert typed_tables(DAY) == {}
    assert counted({}, city()) == (0, 0)


@pytest.mark.django_db
def test_a_kind_of_fact_that_the_city_does_not_know_stops_everything(source: Source) -> None:
    Enterprise.objects.create(code=CODE)
    FactRecord.objects.create(
        kind="旧种类", number="1", enterprise_id=CODE, values={}, content_hash="", source=source
    )
    with pytest.raises(Refusal) as refused:
        typed_tables(DAY)
    assert refused.value.code == "unknown-fact-kind"
