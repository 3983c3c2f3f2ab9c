"""The words: what fills the blanks of a sentence, in both languages."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import pytest

import duixian
from duixian.errors import Problem
from duixian.rules.expression import Type
from duixian.wording import Language, percent, problem_catalogue, problem_words, screen_words, trace_words

CHINESE, ENGLISH = Language.CHINESE, Language.ENGLISH
TRACE = tomllib.loads((files("duixian.wording") / "trace.toml").read_text("utf-8"))
SCREEN = tomllib.loads((files("duixian.wording") / "screen.toml").read_text("utf-8"))
BLANK = re.compile(r"\{([^{}:]*)(?::(?:zh-|en-)?([a-z]+\d*))?\}")
SAMPLES: dict[str, object] = {"ratio": (3, 7), "rate": Fraction(1, 8), "list": ("甲", "乙")}


class Line(NamedTuple):
    code: str
    args: tuple[object, ...]


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (Fraction(0), "0%"),
        (Fraction(12, 100), "12%"),
        (Fraction(1, 200), "0.5%"),
        (Fraction(25, 1000), "2.5%"),
        (Fraction(1, 800), "0.125%"),
        (Fraction(1), "100%"),
        (Fraction(3, 2), "150%"),
        (Fraction(1, 10**8), "0.000001%"),
        (Fraction(1, 10**9), "1/1000000000"),
        (Fraction(1, 3), "1/3"),
        (Fraction(2, 7), "2/7"),
    ],
)
def test_a_rate_is_told_exactly(rate: Fraction, text: str) -> None:
    assert percent(rate) == text


def test_money_rates_and_lists_fill_their_blanks() -> None:
    line = Line("entitle.rate", (2_000_000_00, Fraction(12, 100), 240_000_00))
    assert trace_words(line) == "200万元 × 12% = 24万元（舍去不足一分的部分）"
    assert trace_words(line, ENGLISH) == "200万元 × 12% = 24万元 (rounded down to the fen)"
    assert (
        trace_words(Line("match.unknown", (("认定.级别", "认定.日期"),)))
        == "缺少：认定.级别、认定.日期，补齐后再定"
    )
    shared = Line("share.ratio", ("东海县", (3, 7), 3, 7_00))
    assert trace_words(shared) == "东海县：市、县（区）按 3:7 分担，市级 0.03元，县（区）7元"


@pytest.mark.parametrize(
    ("value", "type_", "text"),
    [
        (1_500_000_00, Type.MONEY, "150万元"),
        (150, Type.COUNT, "150"),
        (True, Type.FLAG, "是"),
        (False, Type.FLAG, "否"),
        (date(2026, 3, 1), Type.DATE, "2026-03-01"),
        (("甲", "乙"), Type.OPTIONS, "甲、乙"),
        ("规上软件", Type.OPTION, "规上软件"),
    ],
)
def test_what_was_found_is_told_as_its_type_asks(value: object, type_: Type, text: str) -> None:
    assert trace_words(Line("match.condition", ("条件", value, type_))) == f"满足：条件（实际：{text}）"


def test_what_was_not_found_leaves_no_bracket() -> None:
    line = Line("match.condition-fails", ("有效投入额 ≥ 200万元", None, Type.MONEY))
    assert (trace_words(line), trace_words(line, ENGLISH)) == (
        "不满足：有效投入额 ≥ 200万元",
        "fails: 有效投入额 ≥ 200万元",
    )


def test_a_limit_used_up_by_payments_names_nothing_taken() -> None:
    spent = Line("choose.count", (("企业", "年度"), 1, 1, ()))
    assert trace_words(spent) == "每企业、年度限 1 项（此前已用 1 项）"
    taken = Line("choose.count", (("企业", "年度"), 1, 0, ("T1",)))
    assert trace_words(taken, ENGLISH) == "at most 1 per 企业、年度 (0 used before); taken: T1"


def test_a_fix_proposes_nothing_where_nothing_is_near() -> None:
    problem = Problem("source.unknown-clause", found="（一）")
    assert problem_words(problem).fix == "没有相近的写法，请核对"
    assert problem_words(problem, ENGLISH).fix == "Nothing is near it; check the spelling"


def test_an_unknown_amount_of_money_is_a_dash() -> None:
    assert trace_words(Line("choose.payable", (None,))) == "可兑付，最高 —"


def test_problems_tell_what_why_and_one_fix_in_both_languages() -> None:
    for code, sentences in problem_catalogue().items():
        blanks = {name for name, _ in BLANK.findall(str(sentences))}
        for language in Language:
            words = problem_words(
                Problem(code, found="甲", expected="乙", clause="（三）", detail=dict.fromkeys(blanks, "丙")),
                language,
            )
            assert all((words.what, words.why, words.fix)), code


def test_every_trace_sentence_stands_in_both_languages_with_the_same_blanks() -> None:
    for code, words in TRACE.items():
        assert set(words) == {"zh", "en"}, code
        blanks = [sorted(BLANK.findall(words[each])) for each in ("zh", "en")]
        assert blanks[0] == blanks[1], code


def test_every_screen_sentence_stands_in_both_languages_with_the_same_blanks() -> None:
    for code, words in SCREEN.items():
        assert set(words) == {"zh", "en"}, code
        assert set(BLANK.findall(words["zh"])) == set(BLANK.findall(words["en"])), code
        for language in Language:
            assert screen_words(code, language, **_sampled(words["zh"])), code


def _sampled(sentence: str) -> dict[str, object]:
    return {name: SAMPLES.get(format_, 1) for name, format_ in BLANK.findall(sentence)}


def test_every_code_of_a_trace_in_the_source_has_words_and_no_word_is_idle() -> None:
    source = "\n".join(
        path.read_text("utf-8") for path in sorted(Path(duixian.__file__).parent.rglob("*.py"))
    )
    used = set(re.findall(r'"((?:match|entitle|exclude|choose|share)\.[a-z-]+)"', source))
    assert used == set(TRACE)
