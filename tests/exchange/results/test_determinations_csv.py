"""determinations.csv: the agreed columns, nothing guessed, and nothing that a table program would run."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from duixian.exchange.results.csv_out import csv_text, guarded, unguarded
from duixian.exchange.results.determinations_csv import HEADER, determinations_csv
from duixian.exchange.results.problems_out import names_csv, problems_csv
from duixian.wording import Language
from tests.exchange.results.harbour import EAST, LACKING, WEST, harbour_facts, results

DANGEROUS = "=+-@＝＋－＠\t\r\n"


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def _row(fact: str, text: str | None = None) -> dict[str, str]:
    return next(row for row in _rows(text or determinations_csv(results())) if row["事实编号"] == fact)


def test_the_columns_are_exactly_those_agreed() -> None:
    first = determinations_csv(results()).split("\n", 1)[0]
    assert first == (
        "统一社会信用代码,企业名称,文号,条款,事项,事实编号,结论,最高金额,理由,口径,市级承担,县区承担,分担依据"
    )
    assert first == ",".join(HEADER)


def test_the_columns_stay_chinese_in_english() -> None:
    text = determinations_csv(results(language=Language.ENGLISH))
    assert text.split("\n", 1)[0] == ",".join(HEADER)
    assert "at most 20万元" in _row("R01", text)["理由"]


def test_lines_go_by_code_then_by_document() -> None:
    rows = _rows(determinations_csv(results()))
    assert [row["统一社会信用代码"] for row in rows] == sorted(row["统一社会信用代码"] for row in rows)
    assert [row["事实编号"] for row in rows if row["统一社会信用代码"] == EAST] == [
        "R04",
        "R07",
        "T02",
        "T01",
    ]


def test_money_is_yuan_with_two_decimals_and_the_shares_add_up() -> None:
    row = _row("T01")
    assert (row["最高金额"], row["市级承担"], row["县区承担"]) == ("999999.96", "299999.98", "699999.98")
    assert row["分担依据"] == "（三）：市县 3:7"


def test_an_unknown_amount_is_empty_and_nothing_is_zero() -> None:
    assert (_row("R05")["结论"], _row("R05")["最高金额"]) == ("待核", "")
    assert (_row("R04")["结论"], _row("R04")["最高金额"]) == ("不在有效期", "0.00")


def test_an_undecided_share_is_empty_and_names_its_rule() -> None:
    row = _row("R01")
    assert (row["最高金额"], row["市级承担"], row["县区承担"]) == ("200000.00", "", "")
    assert row["分担依据"] == "现行财政体制"


def test_the_reason_carries_the_figures_that_led_to_it() -> None:
    assert _row("R02")["理由"] == "对应条目 H01a（绿色工厂、国家级）；最高不超过 50万元；可兑付，最高 50万元"
    assert "833.3333万元 × 12% = 99.999996万元" in _row("T01")["理由"]
    assert _row("T03")["理由"] == "不满足：投入额 ≥ 200万元（实际：199.99万元）"


def test_a_line_names_the_questions_that_would_change_it() -> None:
    assert _row("R02")["口径"] == "绿色晋级"
    assert _row("R03")["口径"] == ""
    assert _row("R02", determinations_csv(results(rulings={"绿色晋级": "补差"})))["口径"] == ""


def test_strict_leaves_marked_lines_open() -> None:
    row = _row("R02", determinations_csv(results(strict=True)))
    assert (row["结论"], row["最高金额"], row["口径"]) == ("待定", "", "绿色晋级")


def test_the_file_is_plain_utf8_without_a_mark() -> None:
    text = determinations_csv(results())
    assert text.encode().decode("utf-8-sig") == text
    assert "\r" not in text


@given(st.text(alphabet=st.sampled_from("'=+-@＝甲a\t\n, \"") | st.characters(codec="utf-8"), max_size=12))
def test_a_guarded_text_comes_back_exactly_and_is_no_formula(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(tuple(DANGEROUS))


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8), min_size=2, max_size=4
    )
)
def test_any_text_survives_the_file(cells: list[str]) -> None:
    text = csv_text(["列"] * len(cells), [cells])
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert [unguarded(cell) for cell in rows[1]] == cells


def test_problems_say_where_what_and_how_to_mend() -> None:
    rows = _rows(problems_csv(harbour_facts().problems, Language.CHINESE))
    bad_day = next(row for row in rows if row["代码"] == "exchange.bad-date")
    assert (bad_day["文件"], bad_day["行"], bad_day["列"]) == ("认定.csv", "11", "H")
    assert (bad_day["严重程度"], bad_day["发现"]) == ("错误", "2026-02-30")
    assert bad_day["怎么改"]


def test_outside_text_in_problems_is_guarded() -> None:
    rows = _rows(problems_csv(harbour_facts().problems, Language.CHINESE))
    assert any(row["发现"] == "'=示例港城公式有限公司（虚构）" for row in rows)


def test_a_name_to_settle_has_a_line_for_each_candidate() -> None:
    rows = _rows(names_csv(harbour_facts().uncertain))
    assert [(row["名单上的名称"], row["候选代码"]) for row in rows] == [("示例西港机电公司（虚构）", WEST)]
    assert rows[0]["确认的统一社会信用代码"] == ""


def test_every_determination_has_one_line() -> None:
    found = results()
    assert len(_rows(determinations_csv(found))) == len(found.determinations) == 12
    assert {row["统一社会信用代码"] for row in _rows(determinations_csv(found))} >= {WEST, EAST, LACKING}
