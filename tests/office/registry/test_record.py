"""What is recorded stays, is superseded, and never contradicts itself on one day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import Role
from duixian.office.audit.models import AuditEvent
from duixian.office.refusal import Clash, NotAllowed, NotThere, Refusal
from duixian.office.registry.change import change, correct, withdraw_attribute
from duixian.office.registry.current import current_attributes, current_facts
from duixian.office.registry.dossiers import area_of, dossier, name_of, read_dossier
from duixian.office.registry.history import attribute_history, fact_history
from duixian.office.registry.models import Attribute, Enterprise, FactRecord, Source
from duixian.office.registry.record import FactRow, record_enterprise, record_facts, withdraw
from duixian.rules.fact import Value
from tests.office.registry.conftest import CODES, NAMES, TODAY

pytestmark = pytest.mark.django_db
CODE = CODES[0]
VALUES = {"称号": "专精特新小巨人", "级别": "国家级", "日期": date(2026, 1, 5)}


def fact(number: str = "R-1", code: str = CODE, **changed: object) -> FactRow:
    return FactRow("认定", number, code, {**VALUES, **changed}, 7)  # type: ignore[dict-item]


def test_the_same_enterprise_recorded_twice_changes_nothing(officer: Actor, source: Source) -> None:
    for _ in range(2):
        record_enterprise(officer, source, CODE, {"企业名称": NAMES[0], "规上类别": "规上工业"}, row=3)
    assert Enterprise.objects.count() == 1
    assert sorted(Attribute.objects.values_list("name", "source_row")) == [("企业名称", 3), ("规上类别", 3)]
    assert AuditEvent.objects.filter(action="enterprise.record").count() == 1


def test_the_four_areas_are_four_facts(officer: Actor, source: Source) -> None:
    areas = {"注册地区": "海州区", "纳税地区": "东海县", "统计地区": "灌云县", "管理园区": "徐圩新区"}
    record_enterprise(officer, source, CODE, areas)
    held = dict(current_attributes(enterprise=CODE).values_list("name", "value"))
    assert held == {"注册地": "海州区", "纳税地": "东海县", "统计地": "灌云县", "管理板块": "徐圩新区"}
    assert area_of(CODE, TODAY) == "海州区"


def test_overlapping_spans_clash_and_say_with_what(officer: Actor, source: Source) -> None:
    record_enterprise(
        officer,
        source,
        CODE,
        {"规上类别": "规上工业"},
        valid_from=date(2023, 1, 1),
        valid_to=date(2024, 12, 31),
    )
    with pytest.raises(Clash) as refused:
        record_enterprise(officer, source, CODE, {"规上类别": "非规上"}, valid_from=date(2024, 12, 31))
    assert refused.value.code == "attribute-overlaps"
    assert "2023-01-01至2024-12-31" in refused.value.what
    assert "企业登记簿" in refused.value.why
    record_enterprise(officer, source, CODE, {"规上类别": "非规上"}, valid_from=date(2025, 1, 1))
    assert dossier(CODE, date(2024, 12, 31)).subject["规上类别"] == "规上工业"
    assert dossier(CODE, date(2025, 1, 1)).subject["规上类别"] == "非规上"


def test_a_change_ends_what_held_before(officer: Actor, source: Source) -> None:
    record_enterprise(officer, source, CODE, {"企业名称": "旧名有限公司"})
    for _ in range(2):
        change(officer, source, CODE, "企业名称", NAMES[0], date(2025, 6, 1))
    assert (name_of(CODE, date(2025, 5, 31)), name_of(CODE, date(2025, 6, 1))) == ("旧名有限公司", NAMES[0])
    rows = list(attribute_history(officer, CODE, "企业名称"))
    assert [(each.value, str(each.valid_to)) for each in rows] == [
        ("旧名有限公司", "None"), ("旧名有限公司", "2025-05-31"), (NAMES[0], "None"),
    ]  # fmt: skip
    assert rows[0].successor == rows[1]


def test_a_correction_says_that_it_was_never_so(officer: Actor, source: Source) -> None:
    record_enterprise(officer, source, CODE, {"成立日期": date(2001, 2, 3)})
    wrong = Attribute.objects.get()
    right = correct(officer, source, wrong.pk, date(2010, 2, 3))
    assert correct(officer, source, wrong.pk, date(2010, 2, 3)) == right
    assert dossier(CODE, TODAY).subject["成立日期"] == date(2010, 2, 3)
    with pytest.raises(Clash, match="已被替代"):
        correct(officer, source, wrong.pk, date(2011, 2, 3))
    gone = withdraw_attribute(officer, right.pk, "查无依据")
    assert withdraw_attribute(officer, right.pk, "查无依据") == gone
    assert dossier(CODE, TODAY).subject == {}


def test_a_fact_recorded_twice_is_one(officer: Actor, source: Source) -> None:
    assert record_facts(officer, source, [fact()]).counts == {"new": 1, "superseded": 0, "known": 0}
    assert record_facts(officer, source, [fact()]).counts == {"new": 0, "superseded": 0, "known": 1}
    assert record_facts(officer, source, [fact(级别="省级")]).counts == {
        "new": 0,
        "superseded": 1,
        "known": 0,
    }
    assert [each.values["级别"] for each in current_facts("认定", CODE)] == ["省级"]
    versions, _ = fact_history(officer, CODE, "认定", "R-1")
    assert [(each.source_row, each.happened_on) for each in versions] == [(7, date(2026, 1, 5))] * 2
    assert versions[1].supersedes == versions[0]


def test_two_contents_under_one_number_clash(officer: Actor, source: Source) -> None:
    with pytest.raises(Clash, match="一个编号有两种内容"):
        record_facts(officer, source, [fact(), fact(级别="省级")])
    assert not FactRecord.objects.exists()


def test_a_withdrawn_fact_may_come_back(officer: Actor, source: Source) -> None:
    record_facts(officer, source, [fact()])
    first = FactRecord.objects.get()
    gone = withdraw(officer, first, "名单有误")
    assert withdraw(officer, first, "名单有误") == gone
    assert not current_facts().exists()
    assert record_facts(officer, source, [fact()]).superseded == 1
    assert current_facts().count() == 1
    record_facts(officer, source, [fact(级别="省级")])
    with pytest.raises(Clash, match="已有新版本"):
        withdraw(officer, current_facts().get().supersedes_id or 0, "再撤")


def test_the_dossier_is_what_the_engines_take(officer: Actor, source: Source) -> None:
    record_enterprise(
        officer, source, CODE, {"企业名称": NAMES[0], "装备方向": ("海洋装备", "工程装备"), "制造业": True}
    )
    project: dict[str, Value] = {
        "项目名称": "一号线",
        "类别": ("智改数转网联",),
        "有效投入额": 3_000_000_00,
        "年度": 2026,
        "竣工日期": date(2026, 2, 1),
    }
    record_facts(officer, source, [FactRow("投资项目", "P-1", CODE, project), fact()])
    found = dossier(CODE, TODAY)
    assert (found.name, found.subject["装备方向"]) == (NAMES[0], ("海洋装备", "工程装备"))
    assert found.subject["制造业"] is True
    assert [(each.kind, each.id) for each in found.facts] == [("投资项目", "P-1"), ("认定", "R-1")]
    assert found.facts[0].values == {**project, "编号": "P-1", "统一社会信用代码": CODE}


@pytest.mark.parametrize(
    ("attributes", "code"),
    [({"颜色": "蓝"}, "attribute-unknown"), ({"注册地区": "火星"}, "value-unfit"), ({"成立日期": "2020-01-01"}, "value-unfit"),
     ({"制造业": 1}, "value-unfit"), ({"装备方向": ()}, "value-unfit")],
)  # fmt: skip
def test_what_does_not_fit_its_field_is_refused(
    officer: Actor, source: Source, attributes: dict[str, object], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        record_enterprise(officer, source, CODE, attributes)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_a_county_officer_records_in_his_own_area_alone(
    officer: Actor, source: Source, make_actor: Callable[..., Actor]
) -> None:
    county = make_actor(Role.COUNTY_OFFICER, "东海经办")
    record_enterprise(county, source, CODE, {"企业名称": NAMES[0], "所属地区": "东海县"})
    record_facts(county, source, [fact()])
    with pytest.raises(NotThere):
        change(county, source, CODE, "所属地区", "灌云县", TODAY)
    with pytest.raises(NotThere):
        record_enterprise(county, source, CODES[1], {"企业名称": NAMES[1], "所属地区": "灌云县"})
    record_enterprise(officer, source, CODES[2], {"所属地区": "灌云县"})
    with pytest.raises(NotThere):
        record_facts(county, source, [fact("R-2", CODES[2])])
    assert FactRecord.objects.count() == 1


def test_an_auditor_reads_and_changes_nothing(
    officer: Actor, source: Source, enterprises: tuple[str, ...], make_actor: Callable[..., Actor]
) -> None:
    auditor = make_actor(Role.AUDITOR)
    assert read_dossier(auditor, CODE, TODAY).name == NAMES[0]
    assert AuditEvent.objects.get(action="enterprise.read").enterprise == CODE
    with pytest.raises(NotAllowed):
        record_facts(auditor, source, [fact()])
    owner = make_actor(Role.ENTERPRISE, "企业", enterprise=CODE)
    assert read_dossier(owner, CODE, TODAY).name == NAMES[0]
    with pytest.raises(NotThere):
        read_dossier(owner, CODES[1], TODAY)


def test_the_database_refuses_to_edit_a_fact(officer: Actor, source: Source) -> None:
    record_facts(officer, source, [fact()])
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        FactRecord.objects.update(number="R-2")
