"""Open questions, incomplete decisions, words for a fair-competition review; and all checks together."""

from __future__ import annotations

from pathlib import Path

import pytest

from duixian.checks.all_checks import CHECKS, OUTLOOK, RULE_CHECKS, TEXT_CHECKS, check_city
from duixian.checks.fair_competition import check_fair_competition
from duixian.checks.open_interpretations import check_open_interpretations
from duixian.errors import Severity, sorted_problems
from duixian.wording import problem_catalogue
from tests.checks.town import GREEN, changed, codes, copy_of_town, edit, lianyungang, read, town


def test_open_questions_are_summed_up_per_document() -> None:
    city = lianyungang()
    for problem, policy in zip(check_open_interpretations(city), city.policies, strict=True):
        own = [each for each in city.interpretations.values() if each.document == policy.number]
        undecided = [each for each in own if not each.is_decided]
        assert (problem.found, problem.expected) == (str(len(undecided)), str(len(own)))
        parts = [int(problem.detail[effect]) for effect in ("rule", "fact", "procedure")]
        assert sum(parts) == len(undecided)


def test_a_document_without_open_questions_has_no_summary(tmp_path: Path) -> None:
    folder = copy_of_town(tmp_path)
    decided = (
        "  作用: 规则\n  决定: {选项: 同一对象, 日期: 2026-01-05, 决定: 工信局, 文号: 镇工信〔2026〕2号}\n"
    )
    edit(folder / "steel-2024" / "interpretations.yaml", "  作用: 规则\n", decided)
    assert len(check_open_interpretations(read(folder))) == 1


def test_a_decision_names_its_maker(tmp_path: Path) -> None:
    folder = copy_of_town(tmp_path)
    edit(folder / GREEN / "interpretations.yaml", "文号: 镇工信〔2026〕1号", 'xx: ""'.replace("xx", "文号"))
    problems = [
        each for each in check_open_interpretations(read(folder)) if each.code == "checks.ruling-incomplete"
    ]
    assert [(each.found, each.expected) for each in problems] == [("追溯", "文号")]


def test_the_real_documents_have_three_doubtful_words() -> None:
    words = [problem.found for problem in check_fair_competition(lianyungang())]
    assert words == ["一事一议", "在我市落地", "在我市投资"]


def test_conditions_on_where_an_enterprise_is_registered_are_doubtful(tmp_path: Path) -> None:
    city = changed(tmp_path, GREEN, ("条件: 企业.制造业 且", "条件: 企业.注册地 = 东区 且"))
    (problem,) = check_fair_competition(city)
    assert (problem.found, problem.expected, problem.clause) == ("注册地", "第九条", "（二）")


def test_principles_are_not_read_for_doubtful_words(tmp_path: Path) -> None:
    edits = (
        ("# 绿色制造若干措施\n", "# 绿色制造若干措施\n\n支持本地企业。\n"),
        ("标题: 绿色制造若干措施", "标题: 绿色制造若干措施"),
    )
    assert check_fair_competition(changed(tmp_path, GREEN, *edits)) == []


def test_all_checks_run_in_three_visible_groups() -> None:
    assert CHECKS == TEXT_CHECKS + RULE_CHECKS + OUTLOOK
    assert len(set(CHECKS)) == len(CHECKS)


def test_the_real_city_has_no_errors() -> None:
    assert [problem for problem in check_city(lianyungang()) if problem.is_error] == []


def test_problems_come_by_place() -> None:
    problems = check_city(town())
    assert list(problems) == sorted_problems(list(problems))
    assert check_city(town()) == problems


@pytest.mark.parametrize("code", sorted(code for code in problem_catalogue() if code.startswith("checks.")))
def test_every_code_has_one_severity(code: str) -> None:
    assert problem_catalogue()[code]["severity"] in set(Severity)


def test_notes_say_nothing_is_wrong() -> None:
    """An outlook never fails a policy: only doubts about competition and incomplete rulings ask for a hand."""
    found = {
        code
        for check in OUTLOOK
        for code in codes([each for each in check(town()) if each.severity is not Severity.NOTE])
    }
    assert found == set()
