"""A list is taken over whole or not at all, once; and undone without a row being lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import Role
from duixian.office.audit.models import AuditEvent
from duixian.office.refusal import Clash, NotAllowed, NotThere, Refusal
from duixian.office.registry.current import current_facts
from duixian.office.registry.models import ColumnMapping, FactRecord, Roster
from duixian.office.registry.record import withdraw
from duixian.office.registry.rosters.commit import commit
from duixian.office.registry.rosters.decide_row import decide_row, skip_rows
from duixian.office.registry.rosters.map_columns import map_columns
from duixian.office.registry.rosters.preview import preview
from duixian.office.registry.rosters.undo import undo
from tests.office.registry.conftest import CODES, NAMES
from tests.office.registry.rosters.published import HEADERS, as_csv

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("enterprises")]
ROW = ("企业技术中心", "省级", "2026-01-05")
LIST = as_csv([HEADERS, ("1", NAMES[0], *ROW), ("2", NAMES[1], *ROW)])


def held() -> list[tuple[str, str]]:
    return sorted((each.enterprise_id, each.values["级别"]) for each in current_facts("认定"))


def test_a_list_becomes_facts_that_name_it_and_their_row(see: Callable[..., Roster], officer: Actor) -> None:
    roster = commit(officer, see(LIST).pk)
    assert (roster.state, roster.counts["recorded"]) == ("committed", 2)
    fact = current_facts(enterprise=CODES[0]).get()
    assert fact.source == roster.source
    assert (fact.source.issuer, fact.source.document_number, fact.source_row) == (
        "省工信厅",
        "苏工信〔2026〕1号",
        2,
    )
    assert fact.number.startswith("苏工信〔2026〕1号/")
    assert fact.values["编号"] == fact.number
    assert roster.rows.get(number=2).fact == fact


def test_the_same_content_twice_is_the_first_ones_answer(
    see: Callable[..., Roster], officer: Actor, put: Callable[..., Roster]
) -> None:
    first = commit(officer, see(LIST).pk)
    assert put(LIST, "另一个文件名.csv", title="再来一次") == first
    assert commit(officer, first.pk).counts == first.counts
    assert FactRecord.objects.count() == 2
    assert AuditEvent.objects.filter(action="roster.commit").count() == 1


def test_the_same_list_under_another_name_adds_nothing(see: Callable[..., Roster], officer: Actor) -> None:
    commit(officer, see(LIST).pk)
    again = commit(officer, see(LIST, issuer="省厅").pk)
    assert (again.counts["recorded"], again.counts["already_known"]) == (0, 2)
    assert FactRecord.objects.count() == 2


def test_nothing_is_taken_over_while_a_row_waits(see: Callable[..., Roster], officer: Actor) -> None:
    rows = [
        ("1", NAMES[0], *ROW),
        ("2", "连云港海晶机诫有限公司", *ROW),
        ("3", "查无此名公司", *ROW),
        ("4", NAMES[2], "没有的称号", "", ""),
    ]
    roster = see(as_csv([HEADERS, *rows]))
    with pytest.raises(Clash) as refused:
        commit(officer, roster.pk)
    assert (refused.value.code, refused.value.facts["rows"]) == ("roster-waits", [3, 4, 5])
    assert not FactRecord.objects.exists()
    decided = decide_row(officer, roster.rows.get(number=3).pk, enterprise=CODES[3])
    assert (decided.verdict, decided.decided_by_id) == ("matched", officer.id)
    skip_rows(officer, roster.pk, "unknown")
    with pytest.raises(Clash, match="读不通"):
        decide_row(officer, roster.rows.get(number=5).pk, enterprise=CODES[2])
    skip_rows(officer, roster.pk, "unreadable")
    assert commit(officer, roster.pk).counts["skipped"] == 2
    assert held() == [(CODES[0], "省级"), (CODES[3], "省级")]
    assert AuditEvent.objects.filter(action="roster.decide", enterprise=CODES[3]).exists()


def test_a_decision_names_an_enterprise_of_the_registry(see: Callable[..., Roster], officer: Actor) -> None:
    roster = see(as_csv([HEADERS, ("1", "查无此名公司", *ROW)]))
    row = roster.rows.get()
    with pytest.raises(NotThere):
        decide_row(officer, row.pk, enterprise="91320722XN00000990")
    with pytest.raises(Refusal, match="没有选择"):
        decide_row(officer, row.pk)


def test_a_conflict_is_recorded_only_when_a_person_says_so(
    see: Callable[..., Roster], officer: Actor
) -> None:
    commit(officer, see(LIST).pk)
    other = see(
        as_csv([HEADERS, ("1", NAMES[0], ROW[0], "市级", ROW[2])]), document_number="连工信〔2026〕2号"
    )
    with pytest.raises(Clash, match="1行没有确认"):
        commit(officer, other.pk)
    decide_row(officer, other.rows.get().pk, enterprise=CODES[0])
    assert commit(officer, other.pk).counts["recorded"] == 1
    assert held() == [(CODES[0], "市级"), (CODES[0], "省级"), (CODES[1], "省级")]


def test_a_corrected_list_supersedes_and_withdraws_what_it_dropped(
    see: Callable[..., Roster], officer: Actor
) -> None:
    first = commit(officer, see(LIST).pk)
    corrected = see(as_csv([HEADERS, ("1", NAMES[0], ROW[0], "市级", ROW[2])]), corrects=first.pk)
    assert corrected.rows.get().verdict == "matched"
    assert "级别" in corrected.rows.get().problems[-1]["what"]
    done = commit(officer, corrected.pk)
    assert (done.counts["superseded"], done.counts["withdrawn"]) == (1, 1)
    assert held() == [(CODES[0], "市级")]
    undone = undo(officer, corrected.pk, "更正有误")
    assert undone.counts["restored"] == 2
    assert held() == [(CODES[0], "省级"), (CODES[1], "省级")]
    undo(officer, first.pk, "整份有误")
    assert held() == []
    assert FactRecord.objects.count() == 8


def test_a_correction_belongs_to_the_same_document(
    put: Callable[..., Roster], see: Callable[..., Roster], officer: Actor
) -> None:
    first = commit(officer, see(LIST).pk)
    with pytest.raises(Refusal, match="更正的不是同一份名单"):
        put(as_csv([HEADERS, ("1", NAMES[0], *ROW)]), document_number="别的文号", corrects=first.pk)


def test_an_undone_list_can_be_taken_over_again(see: Callable[..., Roster], officer: Actor) -> None:
    first = commit(officer, see(LIST).pk)
    for _ in range(2):
        assert undo(officer, first.pk, "名单作废").state == "undone"
    assert held() == []
    with pytest.raises(Clash, match="已撤销"):
        commit(officer, first.pk)
    again = see(LIST)
    assert again != first
    assert commit(officer, again.pk).counts["superseded"] == 2
    assert held() == [(CODES[0], "省级"), (CODES[1], "省级")]


def test_undoing_leaves_what_another_source_changed_since(see: Callable[..., Roster], officer: Actor) -> None:
    roster = commit(officer, see(LIST).pk)
    withdraw(officer, current_facts(enterprise=CODES[0]).get(), "企业已注销资格")
    assert undo(officer, roster.pk, "名单作废").counts["left"] == 1
    assert held() == []


def test_a_preview_that_is_out_of_date_is_not_taken_over(see: Callable[..., Roster], officer: Actor) -> None:
    waiting = see(LIST, issuer="省厅")
    commit(officer, see(LIST).pk)
    with pytest.raises(Clash) as refused:
        commit(officer, waiting.pk)
    assert (refused.value.code, refused.value.facts["rows"]) == ("preview-outdated", [2, 3])
    preview(officer, waiting.pk)
    assert commit(officer, waiting.pk).counts["already_known"] == 2


def test_columns_that_a_person_named_are_remembered_for_the_issuer(
    put: Callable[..., Roster], see: Callable[..., Roster], officer: Actor
) -> None:
    rows = [("二〇二六年度",), ("编", "何家", "何荣誉"), ("1", NAMES[0], "专精特新中小企业")]
    roster = put(as_csv(rows), constants={"级别": "省级"})
    assert roster.mapping["line"] == 0
    map_columns(officer, roster.pk, {2: "企业名称", 3: "称号"}, line=2)
    assert commit(officer, preview(officer, roster.pk).pk).counts["recorded"] == 1
    assert ColumnMapping.objects.get().mapping == {"2": "企业名称", "3": "称号"}
    later = put(as_csv([*rows, ("2", NAMES[1], "专精特新中小企业")]), document_number="苏工信〔2027〕1号")
    assert later.mapping["is_remembered"]
    assert preview(officer, later.pk).counts["matched"] == 1
    other = put(as_csv(rows), issuer="别的单位")
    assert not other.mapping["fields"]


@pytest.mark.parametrize(
    ("fields", "named", "code"),
    [({1: "企业名称", 2: "企业名称"}, {}, "field-twice"), ({1: "颜色"}, {}, "field-unknown"), ({9: "称号"}, {}, "column-not-there"),
     ({1: "企业名称"}, {"line": 7}, "header-not-there"), ({1: "称号"}, {"constants": {"称号": "小巨人"}}, "field-twice"),
     ({1: "企业名称"}, {"constants": {"日期": "某日"}}, "constant-unfit")],
)  # fmt: skip
def test_a_mapping_that_cannot_be_is_refused(
    put: Callable[..., Roster], officer: Actor, fields: dict[int, str], named: dict[str, object], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        map_columns(officer, put(LIST).pk, fields, **named)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_own_numbers_of_a_list_are_kept(
    put: Callable[..., Roster], see: Callable[..., Roster], officer: Actor
) -> None:
    headers = ("认定编号", *HEADERS[1:])
    commit(officer, see(as_csv([headers, ("RD-7", NAMES[0], *ROW)])).pk)
    assert current_facts().get().number == "RD-7"
    other = see(
        as_csv([headers, ("RD-7", NAMES[1], *ROW)]), issuer="市工信局", document_number="连工信〔2026〕2号"
    )
    assert other.rows.get().verdict == "conflict"
    assert "编号已用于另一来源" in other.rows.get().problems[-1]["what"]


def test_only_the_citys_officers_handle_lists(
    see: Callable[..., Roster], make_actor: Callable[..., Actor]
) -> None:
    roster = see(LIST)
    for role in (Role.COUNTY_OFFICER, Role.AUDITOR, Role.ENTERPRISE, Role.ADMINISTRATOR):
        other = make_actor(role)
        with pytest.raises(NotAllowed):
            commit(other, roster.pk)
        with pytest.raises(NotAllowed):
            preview(other, roster.pk)
        with pytest.raises(NotAllowed):
            undo(other, roster.pk, "理由")
    roster.refresh_from_db()
    assert roster.state == "previewed"


def test_a_row_that_was_not_cut_into_cells_waits_like_any_other(
    officer: Actor, see: Callable[..., Roster]
) -> None:
    roster = see(as_csv([HEADERS, ("1", NAMES[0], *ROW), ("2", NAMES[1], *ROW), ("3", f'"{NAMES[2]}', *ROW)]))
    assert [each.verdict for each in roster.rows.order_by("number")] == ["matched", "matched", "unreadable"]
    assert roster.rows.get(number=4).problems[0]["code"] == "registry.row-broken"
    with pytest.raises(Clash) as waits:
        commit(officer, roster.pk)
    assert (waits.value.code, waits.value.facts["rows"]) == ("roster-waits", [4])
    skip_rows(officer, roster.pk, "unreadable")
    assert commit(officer, roster.pk).counts["recorded"] == 2
