"""Documents in time: shared days, days between, empty periods, and those that have run out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from duixian.checks.validity import check_validity, expired
from duixian.checks.window import Window, holding_window, other_windows, widest_window
from duixian.source.city import read_city
from duixian.wording import Language, problem_words
from tests.checks.town import GREEN, STEEL, changed, codes, copy_of_town, edit, lianyungang, town


def test_both_documents_apply_in_december_2025() -> None:
    (problem,) = check_validity(lianyungang())
    assert problem.code == "checks.validity-overlap"
    assert (problem.found, problem.detail["days"]) == ("2025-12-01—2025-12-31", "31")


def test_days_under_other_options_are_told_beside() -> None:
    (problem,) = check_validity(lianyungang())
    assert "追溯适用 = 追溯至2025年初：365" in problem.detail["options"]


def test_documents_about_other_kinds_of_facts_do_not_matter_to_each_other(tmp_path: Path) -> None:
    """Without its subsidy and its titles the older document shares no kind with the newer one."""
    city = town()
    one, two = city.policies
    assert check_validity(replace(city, policies=(replace(one, measures=()), two))) == []


def test_a_day_between_documents_is_a_gap(tmp_path: Path) -> None:
    edits = (
        ("有效期至2025年12月31日。", "有效期至2025年11月29日。"),
        ("至: 2025年12月31日", "至: 2025年11月29日"),
    )
    (problem,) = check_validity(changed(tmp_path, STEEL, *edits))
    assert (problem.code, problem.found, problem.detail["days"]) == (
        "checks.validity-gap",
        "2025-11-30—2025-11-30",
        "1",
    )


def test_documents_that_follow_each_other_leave_no_gap(tmp_path: Path) -> None:
    edits = (
        ("有效期至2025年12月31日。", "有效期至2025年11月30日。"),
        ("至: 2025年12月31日", "至: 2025年11月30日"),
    )
    assert check_validity(changed(tmp_path, STEEL, *edits)) == []


def test_a_document_that_says_no_validity_is_left_to_the_reader(tmp_path: Path) -> None:
    """The reader stands in an empty period for it and reports it."""
    folder = copy_of_town(tmp_path)
    edit(
        folder / STEEL / "policy.md",
        "有效期: 自2024年1月1日起施行，有效期至2025年12月31日\n自",
        "定义: 期限\n内容: 自",
    )
    city = read_city(folder).city
    assert city is not None
    assert check_validity(city) == []


def test_a_document_has_expired_on_the_day_after_its_last() -> None:
    city = town()
    assert expired(city, date(2025, 12, 31)) == []
    (problem,) = expired(city, date(2026, 1, 1))
    assert (problem.code, problem.found) == ("checks.document-expired", "2025-12-31")
    assert (
        problem_words(problem).what
        == "镇政发〔2024〕1号 到 2025-12-31 为止，2026-01-01 已经过期，状态仍是“有效”"
    )
    assert "镇政发〔2024〕1号" in problem_words(problem, Language.ENGLISH).what


def test_a_document_that_says_so_itself_has_expired_rightly(tmp_path: Path) -> None:
    city = changed(tmp_path, STEEL, ("成文日期: 2024年1月1日", "成文日期: 2024年1月1日\n状态: 失效"))
    assert expired(city, date(2030, 1, 1)) != expired(town(), date(2030, 1, 1))
    assert [each.detail["document"] for each in expired(city, date(2030, 1, 1))] == ["镇政规〔2025〕2号"]


def test_windows_follow_the_decisions() -> None:
    city = town()
    green = city.policy("镇政规〔2025〕2号")
    assert holding_window(green, city.decisions) == Window(date(2025, 12, 1), date(2028, 11, 30))
    assert widest_window(green) == Window(date(2025, 1, 1), date(2028, 11, 30))
    assert other_windows(green, city.decisions) == {"追溯 = 追溯": widest_window(green)}
    assert Window(date(2026, 1, 2), date(2026, 1, 1)).days == 0


def test_the_town_shares_december_2025() -> None:
    assert codes(check_validity(town())) == ["validity-overlap"]


def test_the_option_that_empties_a_document_is_named(tmp_path: Path) -> None:
    city = changed(tmp_path, GREEN, ("追溯: 2025年1月1日", "追溯: 2030年1月1日"))
    (problem, _) = check_validity(city)
    assert (problem.code, problem.detail["option"]) == ("checks.validity-empty", "追溯 = 追溯")
