"""A list is read as it was published, and every row says what it was found to be."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from duixian.office.accounts.actor import Actor
from duixian.office.refusal import Refusal
from duixian.office.registry.models import Roster, RosterRow
from duixian.office.registry.record import FactRow, record_facts
from duixian.office.registry.rosters.preview import preview
from tests.office.registry.conftest import CODES, NAMES
from tests.office.registry.rosters.published import HEADERS, as_csv, word

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("enterprises")]
ROW = ("企业技术中心", "省级", "2026-01-05")


def verdicts(roster: Roster) -> list[tuple[int, str]]:
    return list(roster.rows.order_by("number").values_list("number", "verdict"))


def codes(row: RosterRow) -> list[str]:
    return [each["code"].rpartition(".")[2] for each in row.problems]


def test_a_list_with_titles_above_and_notes_below_is_read(
    see: Callable[..., Roster], make_workbook: Callable[..., bytes]
) -> None:
    content = make_workbook(
        [
            ("2026年江苏省专精特新企业公布名单",), ("单位：家",), HEADERS,
            ("一、连云港市",), (1, NAMES[0], *ROW), (2, NAMES[1], *ROW), ("合计", 2), ("注：排名不分先后",),
        ],
        merged=("A1:E1", "A4:E4"),
    )  # fmt: skip
    roster = see(content, "附件.xlsx")
    assert verdicts(roster) == [(5, "matched"), (6, "matched")]
    assert {each["code"] for each in roster.problems} == {
        "registry.section-row", "registry.total-row", "registry.footnote-row",
    }  # fmt: skip
    assert [row.enterprise_id for row in roster.rows.order_by("number")] == list(CODES[:2])


def test_merged_cells_hold_for_every_row_and_are_told(
    see: Callable[..., Roster], make_workbook: Callable[..., bytes]
) -> None:
    rows = [HEADERS, (1, NAMES[0], *ROW), (2, NAMES[1], None, None, None)]
    roster = see(make_workbook(rows, merged=("C2:C3", "D2:D3", "E2:E3")), "合并.xlsx")
    second = roster.rows.get(number=3)
    assert (second.verdict, second.values["称号"], second.values["级别"]) == ("matched", ROW[0], "省级")
    assert codes(second) == ["merged-filled"] * 3


def test_a_word_table_is_read_with_its_merged_cells(see: Callable[..., Roster]) -> None:
    rows = [HEADERS, ("1", NAMES[0], *ROW), ("2", NAMES[2], *ROW)]
    roster = see(word(rows, merged=[(2, 1, 2)]), "公告.docx")
    assert verdicts(roster) == [(2, "matched"), (3, "matched")]
    assert roster.rows.get(number=3).values["称号"] == ROW[0]


def test_constants_hold_for_all_rows(see: Callable[..., Roster]) -> None:
    constants = {
        "称号": "专精特新小巨人",
        "级别": "国家级",
        "日期": "2026年1月5日",
        "文号": "工信部〔2026〕9号",
    }
    roster = see(
        as_csv([("序号", "企业名称"), ("1", NAMES[0]), ("合计", ""), ("1家", "")]), constants=constants
    )
    assert verdicts(roster) == [(2, "matched"), (4, "unreadable")]
    row = roster.rows.get(number=2)
    assert row.values["日期"] == "2026-01-05"
    assert (row.values["级别"], row.values["文号"]) == ("国家级", "工信部〔2026〕9号")


def test_names_over_time_and_their_writings_are_known(see: Callable[..., Roster]) -> None:
    written = (
        "连云港旧山纺织有限公司",
        "连云港海晶机械有限责任公司",
        "连云港望山纺织有限公司（原连云港旧山纺织有限公司）",
    )
    roster = see(as_csv([HEADERS, *((str(n), name, *ROW) for n, name in enumerate(written))]))
    assert [row.enterprise_id for row in roster.rows.order_by("number")] == [CODES[1], CODES[0], CODES[1]]
    assert codes(roster.rows.get(number=2)) == ["name-matched"]


def test_every_verdict_is_given_with_its_reasons(
    see: Callable[..., Roster], officer: Actor, source: object
) -> None:
    known = {"称号": "高新技术企业", "级别": "国家级"}
    record_facts(officer, source, [FactRow("认定", "旧-1", CODES[3], known)])  # type: ignore[arg-type]
    headers = ("企业名称", "统一社会信用代码", "称号", "级别", "日期")
    rows = [
        (NAMES[0], "", *ROW),
        ("连云港海晶机诫有限公司", "", *ROW),
        ("北京无名科技有限公司", "", *ROW),
        (NAMES[3], "", "高新技术企业", "国家级", ""),
        (NAMES[2], CODES[1], *ROW),
        (NAMES[2], "", "无此称号", "省级", "2026-13-40"),
        ("", "", *ROW),
    ]
    roster = see(as_csv([headers, *rows]))
    found = [verdict for _, verdict in verdicts(roster)]
    assert found == ["matched", "uncertain", "unknown", "known", "conflict", "unreadable", "unreadable"]
    by_line = {row.number: row for row in roster.rows.all()}
    assert by_line[3].candidates[0]["code"] == CODES[0]
    assert codes(by_line[6]) == ["name-differs"]
    assert [each["code"] for each in by_line[6].candidates] == [CODES[1], CODES[2]]
    assert codes(by_line[7]) == ["unknown-title", "bad-date"] or sorted(codes(by_line[7])) == [
        "bad-date",
        "unknown-title",
    ]
    assert all(each["fix"] for each in by_line[7].problems)
    assert by_line[8].problems[0]["expected"] == "统一社会信用代码或企业名称"
    assert roster.counts == {
        "rows": 7, "matched": 1, "uncertain": 1, "unknown": 1, "known": 1, "conflict": 1, "unreadable": 2, "open": 5,
    }  # fmt: skip


def test_two_rows_that_say_the_same_are_one_and_two_that_differ_are_in_conflict(
    see: Callable[..., Roster],
) -> None:
    rows = [("1", NAMES[0], *ROW), ("2", NAMES[0], *ROW), ("3", NAMES[0], ROW[0], "市级", ROW[2])]
    roster = see(as_csv([HEADERS, *rows]))
    assert [verdict for _, verdict in verdicts(roster)] == ["matched", "known", "conflict"]
    assert "第2行" in roster.rows.get(number=4).problems[0]["what"]


def test_what_another_list_says_of_the_same_is_known_or_in_conflict(
    see: Callable[..., Roster], officer: Actor, source: object
) -> None:
    import datetime

    values = {"称号": ROW[0], "级别": ROW[1], "日期": datetime.date(2026, 1, 5)}
    facts = [FactRow("认定", f"旧-{n}", code, values) for n, code in enumerate(CODES[:2])]  # type: ignore[arg-type]
    record_facts(officer, source, facts)  # type: ignore[arg-type]
    roster = see(as_csv([HEADERS, ("1", NAMES[0], *ROW), ("2", NAMES[1], ROW[0], "市级", ROW[2])]))
    assert [verdict for _, verdict in verdicts(roster)] == ["known", "conflict"]
    assert "旧-1 不一致：级别" in roster.rows.get(number=3).problems[-1]["what"]


def test_a_list_without_a_known_header_asks_for_its_columns(
    put: Callable[..., Roster], officer: Actor
) -> None:
    roster = put(as_csv([("甲", "乙"), (NAMES[0], "小巨人")]))
    with pytest.raises(Refusal) as refused:
        preview(officer, roster.pk)
    assert refused.value.code == "header-not-found"
    roster = put(as_csv([("企业名称", "乙"), (NAMES[0], "小巨人")]))
    with pytest.raises(Refusal) as refused:
        preview(officer, roster.pk)
    assert refused.value.facts["fields"] == ["称号"]


def test_amounts_are_in_the_unit_of_their_header(see: Callable[..., Roster]) -> None:
    rows = [("项目单位", "项目名称", "年度", "有效投入额（万元）"), (NAMES[0], "一号线", "2026", "320.5")]
    roster = see(as_csv(rows), kind="投资项目")
    assert roster.rows.get().values["有效投入额"] == 320_500_000


def test_looking_again_keeps_what_a_person_decided(see: Callable[..., Roster], officer: Actor) -> None:
    from duixian.office.registry.rosters.decide_row import decide_row

    rows = [("1", "连云港海晶机诫有限公司", *ROW), ("2", "北京无名科技有限公司", *ROW)]
    roster = see(as_csv([HEADERS, *rows]))
    decide_row(officer, roster.rows.get(number=2).pk, enterprise=CODES[0])
    decide_row(officer, roster.rows.get(number=3).pk, skip=True)
    again = preview(officer, roster.pk)
    assert again.counts["open"] == 0
    assert verdicts(again) == [(2, "matched"), (3, "unknown")]
    assert again.rows.get(number=3).is_skipped


def test_a_row_with_more_cells_than_its_header_is_not_guessed_at(see: Callable[..., Roster]) -> None:
    rows = [HEADERS, ("1", NAMES[0], *ROW), ("2", NAMES[1], *ROW, "800"), ("3", NAMES[2], *ROW[:-1])]
    roster = see(as_csv(rows))
    assert verdicts(roster) == [(2, "matched"), (3, "unreadable"), (4, "unreadable")]
    assert [codes(row) for row in roster.rows.order_by("number")[1:]] == [["ragged-row"], ["ragged-row"]]


def test_columns_that_are_not_read_are_told(see: Callable[..., Roster]) -> None:
    roster = see(as_csv([(*HEADERS, "联系人", "单位名称"), ("1", NAMES[0], *ROW, "某人", NAMES[1])]))
    assert roster.rows.get().enterprise_id == CODES[0]
    assert [each["code"] for each in roster.problems] == [
        "registry.column-not-read",
        "registry.second-column",
    ]


def test_of_two_columns_with_the_same_header_none_is_taken(see: Callable[..., Roster]) -> None:
    roster = see(as_csv([(*HEADERS, HEADERS[-1]), ("1", NAMES[0], *ROW, "2026-02-02")]))
    assert "日期" not in roster.rows.get().values
    assert [(each["code"], each["column"]) for each in roster.problems] == [
        ("registry.second-column", 5), ("registry.second-column", 6),
    ]  # fmt: skip


def test_a_number_of_two_enterprises_is_nobody_s(see: Callable[..., Roster]) -> None:
    rows = [
        ("编号", *HEADERS[1:]),
        *((number, name, *ROW) for number, name in zip(("M1", "M2", "M1"), NAMES, strict=False)),
    ]
    roster = see(as_csv(rows))
    assert verdicts(roster) == [(2, "unreadable"), (3, "matched"), (4, "unreadable")]
    assert codes(roster.rows.get(number=2)) == ["number-shared"]
