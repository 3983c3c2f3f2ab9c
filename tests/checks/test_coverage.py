"""Every figure of the text in a rule, every figure of a rule in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from duixian.checks.anchor import anchors_of
from duixian.checks.clause_text import read_clause_text
from duixian.checks.coverage import check_coverage, declared_quantities
from duixian.checks.pairing import check_pairing
from duixian.rules.clause import Clause, NonOperative
from duixian.rules.policy import City, Policy
from duixian.source.quantity import QuantityKind
from tests.checks.town import GREEN, STEEL, changed, codes, faults, lianyungang, town

DIGITS = re.compile(r"[0-9]+|[一二三四五六七八九两]")


def test_both_documents_are_covered() -> None:
    assert check_coverage(lianyungang()) == []


def test_the_town_is_covered() -> None:
    assert check_coverage(town()) == []


def test_one_of_two_equal_figures_cannot_hide_behind_the_other(tmp_path: Path) -> None:
    """40万元 stands twice; when the second becomes 50万元, the binding 40万元#2 has nothing to stand for."""
    city = changed(tmp_path, GREEN, ("最高不超过40 万元奖励", "最高不超过50 万元奖励"))
    assert codes(check_coverage(city)) == ["quantity-unbound", "quantity-absent", "quantity-absent"]


def test_a_figure_that_becomes_another_bound_one_is_still_missed(tmp_path: Path) -> None:
    """5万元 turns into 10万元, which another row binds: the row of 5万元 is left without text."""
    city = changed(tmp_path, GREEN, ("10万元、5万元奖励", "10万元、10万元奖励"))
    found = codes(check_coverage(city))
    assert "quantity-absent" in found
    assert "binding-ambiguous" in found


def test_a_value_under_a_question_need_not_stand_in_the_text() -> None:
    """追溯: 2025年1月1日 is an option, and no word of the text."""
    clause = town().policies[1].clause("附则")
    open_ones = [anchor for anchor in anchors_of(clause) if anchor.binding.is_open]
    assert [anchor.binding.written for anchor in open_ones if not anchor.equal] == ["2025年1月1日"]


def test_a_value_under_a_question_takes_up_its_figure(tmp_path: Path) -> None:
    city = changed(tmp_path, GREEN, ("自2025年12月1日起实施,", "自2025年12月2日起实施,"))
    assert codes(check_coverage(city)) == ["quantity-unbound", "quantity-absent"]


def test_the_days_in_the_words_of_the_validity_are_those_of_the_text(tmp_path: Path) -> None:
    label = "有效期: 自2025年12月1日起实施，有效期至"
    city = changed(tmp_path, GREEN, (f"{label}2028年11月30日", f"{label}2028年12月30日"))
    assert [each.found for each in check_coverage(city)] == ["2028年12月30日"]


def test_a_threshold_beside_a_question_in_brackets_stands_in_the_text(tmp_path: Path) -> None:
    asked = "且 非 (口径 基数 = 超出部分 且 投入额 >= 900万元)"
    sound, broken = "企业.制造业 且 投入额 >= 200万元", f"企业.制造业 且 投入额 >= 201万元 {asked}"
    city = changed(tmp_path, GREEN, (f"条件: {sound}", f"条件: {broken}"))
    absent = [each.found for each in check_coverage(city) if each.code == "checks.quantity-absent"]
    assert absent == ["201万元"]


def test_once_means_every_place_where_the_word_stands(tmp_path: Path) -> None:
    city = changed(tmp_path, GREEN, ("1万元奖励。", "1万元的一次性奖励。"))
    assert check_coverage(city) == []


def test_a_declared_phrase_covers_the_figures_inside_it(tmp_path: Path) -> None:
    edits = (
        ("围绕“1+2”方向，", "围绕“1+2”方向，选择2个产业，"),
        ("{原文: 1+2,", "{原文: “1+2”方向，选择2个产业,"),
    )
    assert faults(changed(tmp_path, STEEL, *edits)) == []


def test_a_declared_figure_among_equal_ones_needs_its_number() -> None:
    text = read_clause_text("2个产业，2个园区。")
    assert declared_quantities(NonOperative("2个", ""), text) == ()
    assert [each.start for each in declared_quantities(NonOperative("2个#2", ""), text)] == [5]
    assert declared_quantities(NonOperative("个产业", ""), text) == ()


def test_the_document_number_may_be_repeated_under_a_later_clause(tmp_path: Path) -> None:
    foot = "\n印发：2024年1月2日\n\n```duixian\n条款: 文尾\n名称: 印发\n类型: [公文]\n```\n\n"
    head = "```duixian\n文件: 镇政发〔2024〕1号\n印发日期: 2024年1月2日\n```\n"
    end = "至: 2025年12月31日\n```\n"
    assert faults(changed(tmp_path, STEEL, (end, end + foot + head))) == []


def test_another_document_number_is_absent(tmp_path: Path) -> None:
    city = changed(tmp_path, STEEL, ("镇政发〔2024〕1号\n\n#", "镇政发〔2024〕7号\n\n#"))
    assert codes(check_coverage(city)) == ["quantity-unbound", "quantity-absent"]


# Every single figure of the real texts


def _figures(city: City) -> Iterator[tuple[Policy, Clause, int, int, str]]:
    """Every run of digits (or numeral) of every quantity: its document, clause, place, and another figure for it."""
    for policy in city.policies:
        for clause in policy.clauses:
            for quantity in read_clause_text(clause.text).quantities:
                if quantity.kind is QuantityKind.ONE_OFF:
                    continue
                for match in DIGITS.finditer(clause.text, quantity.start, quantity.end):
                    for other in _others(match[0]):
                        yield policy, clause, *match.span(), other


def _others(written: str) -> set[str]:
    if not written.isdigit():
        return {"一", "三", "五", "两"} - {written}
    number = int(written)
    return {str(number + 1), f"{number}0", str(max(1, number // 2)), "5", "20", "50", "500", "2025"} - {
        written
    }


def _said(text: str) -> list[object]:
    return [quantity.key for quantity in read_clause_text(text).quantities]


def test_no_figure_of_the_real_texts_can_change_unseen() -> None:
    """Even if original.txt were changed along with the text: coverage and pairing alone find every change."""
    city, unseen, tried = lianyungang(), [], 0
    for policy, clause, start, end, other in _figures(city):
        text = clause.text[:start] + other + clause.text[end:]
        if _said(text) == _said(clause.text):
            continue  # 0.50% is 0.5%
        one = replace(city, policies=(replace(policy, clauses=(replace(clause, text=text),)),))
        tried += 1
        if not any(problem.is_error for check in (check_coverage, check_pairing) for problem in check(one)):
            unseen.append(f"{policy.number} {clause.id}: {clause.text[start - 8 : end + 3]} → {other}")
    assert tried > 700
    assert unseen == []


@pytest.mark.parametrize("document", [STEEL, GREEN])
def test_places_are_those_of_the_figure(tmp_path: Path, document: str) -> None:
    city = changed(tmp_path, document, ("50万元", "70万元") if document == STEEL else ("100万元", "700万元"))
    problem = check_coverage(city)[0]
    line = Path(problem.place.file).read_text("utf-8").split("\n")[problem.place.line - 1]
    assert line[problem.place.column - 1 : problem.place.end_column - 1] == problem.found
