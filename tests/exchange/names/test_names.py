"""Names in published lists: what is certain, what a person is asked, what is unknown."""

from __future__ import annotations

import doctest
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from duixian.credit_code import make_code
from duixian.exchange.names import spelling
from duixian.exchange.names.index import (
    MOST_CANDIDATES,
    Difference,
    KnownName,
    MatchRule,
    NameIndex,
    NameMatch,
    Outcome,
)
from duixian.exchange.names.nearby import Nearby, slips_in_core, slips_in_name
from duixian.exchange.names.notes import NotedNames, noted_names
from duixian.exchange.names.outcome import EXPLANATIONS
from duixian.exchange.names.parts import NameParser
from duixian.exchange.names.spelling import one_spelling

PLACES = ("江苏省", "连云港市", "连云区", "海州区", "赣榆区", "东海县", "灌云县", "灌南县")

# The first three as published in full; the others are published short and completed here. All codes are synthetic, and
# so is every former name below.
REAL = (
    "衡所华威电子有限公司",
    "连云港如年实业有限公司",
    "连云港天邦科技开发有限公司",
    "江苏联瑞新材料股份有限公司",
    "连云港鹰游纺机集团有限公司",
    "日出东方控股股份有限公司",
    "连云港中复连众复合材料集团有限公司",
    "连云港远洋流体装卸设备有限公司",
    "连云港杰瑞自动化有限公司",
    "中复神鹰碳纤维股份有限公司",
    "江苏海中洲船业有限公司",
    "中船（连云港）数字信息技术有限公司",
    "江苏中京电缆科技有限公司",
    "江苏赛科化学有限公司",
    "江苏方洋水务有限公司",
    "江苏苏云医疗器材有限公司",
)


def known(*names: str | tuple[str, ...]) -> list[KnownName]:
    """Known enterprises: a name, or a name followed by former ones."""
    return [
        KnownName(make_code("91", "320706", serial), name, ())
        if isinstance(name, str)
        else KnownName(make_code("91", "320706", serial), name[0], name[1:])
        for serial, name in enumerate(names)
    ]


def match(written: str, *names: str | tuple[str, ...]) -> NameMatch:
    return NameIndex(known(*names), PLACES).match(written)


def listed(found: NameMatch) -> list[str]:
    return [candidate.name for candidate in found.candidates]


@pytest.fixture(scope="module")
def city() -> NameIndex:
    return NameIndex(known(*REAL), PLACES)


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(spelling).failed == 0


# Certain


@pytest.mark.parametrize("name", REAL)
def test_a_registered_name_is_certain(city: NameIndex, name: str) -> None:
    found = city.match(name)
    assert (found.outcome, found.how, listed(found)) == (Outcome.CERTAIN, MatchRule.LITERAL, [name])
    assert found.code == found.candidates[0].code


@pytest.mark.parametrize(
    "written",
    [
        "中船(连云港)数字信息技术有限公司",
        "中船（连云港) 数字信息技术有限公司",
        "中船〔连云港〕数字信息技术有限公司",
        "中船（连云港）\n数字信息技术有限公司。",
        "“中船（连云港）数字信息技术有限公司”",
        "中船（连云港）数字信息技术有限公司*",
        "中船（连云港）数字信息技术有限公⽤".replace("⽤", "司"),
        "\u200b中船（连云港）数字信息技术有限公司\u3000",
    ],
)
def test_typography_alone_leaves_a_name_certain(city: NameIndex, written: str) -> None:
    found = city.match(written)
    assert (found.outcome, listed(found)) == (Outcome.CERTAIN, ["中船（连云港）数字信息技术有限公司"])


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("ＡＢＣ・史密斯有限公司", "abc·史密斯有限公司"),
        ("A.O.史密斯有限公司", "A·O·史密斯有限公司"),
        ("海⼯装备有限公司", "海工装备有限公司"),
        ("甲—乙 装备有限公司", "甲-乙装备有限公司"),
    ],
)
def test_width_case_dots_hyphens_and_look_alike_radicals_are_typography(written: str, name: str) -> None:
    found = match(written, name)
    assert (found.outcome, found.how) == (Outcome.CERTAIN, MatchRule.SPELLING)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("连云港如年实业有限责任公司", "连云港如年实业有限公司"),
        ("连云港如年实业有限公司", "连云港如年实业有限责任公司"),
        ("江苏联瑞新材料股份公司", "江苏联瑞新材料股份有限公司"),
    ],
)
def test_two_wordings_of_one_legal_form_are_certain(written: str, name: str) -> None:
    found = match(written, name)
    assert (found.outcome, found.how) == (Outcome.CERTAIN, MatchRule.LEGAL_FORM)


def test_a_former_name_is_certain_and_shows_the_present_one() -> None:
    found = match("连云港某某硅微粉有限责任公司", ("江苏联瑞新材料股份有限公司", "连云港某某硅微粉有限公司"))
    assert (found.outcome, found.how) == (Outcome.CERTAIN, MatchRule.FORMER_NAME)
    assert (found.candidates[0].name, found.candidates[0].matched) == (
        "江苏联瑞新材料股份有限公司",
        "连云港某某硅微粉有限公司",
    )


@pytest.mark.parametrize(
    "written",
    [
        "江苏联瑞新材料股份有限公司（原：连云港某某硅微粉有限公司）",
        "江苏联瑞新材料股份有限公司(原连云港某某硅微粉有限公司)",
        "江苏联瑞新材料股份有限公司（曾用名：连云港某某硅微粉有限公司、某某矿业有限公司）",
        "江苏联瑞新材料股份有限公司，原名：连云港某某硅微粉有限公司",
        "连云港某某硅微粉有限公司（现更名为江苏联瑞新材料股份有限公司）",
        "连云港某某硅微粉有限公司（现江苏联瑞新材料股份有限公司）",
        "连云港某某硅微粉有限公司（已更名为：江苏联瑞新材料股份有限公司）",
        "原连云港某某硅微粉有限公司",
        "原：连云港某某硅微粉有限公司",
        "12、江苏联瑞新材料股份有限公司",
        "（3）江苏联瑞新材料股份有限公司",
        "7.江苏联瑞新材料股份有限公司（原“连云港某某硅微粉有限公司”）",
    ],
)
def test_a_note_of_the_list_that_the_register_bears_out_is_certain(written: str) -> None:
    found = match(
        written, ("江苏联瑞新材料股份有限公司", "连云港某某硅微粉有限公司"), "连云港如年实业有限公司"
    )
    assert (found.outcome, found.how) == (Outcome.CERTAIN, MatchRule.ROSTER_NOTE)
    assert listed(found) == ["江苏联瑞新材料股份有限公司"]


def test_a_note_with_an_unheard_of_former_name_does_not_shake_the_present_one(city: NameIndex) -> None:
    found = city.match("江苏赛科化学有限公司（原：连云港某某化学有限公司）")
    assert (found.outcome, listed(found)) == (Outcome.CERTAIN, ["江苏赛科化学有限公司"])


# Questions


def test_a_former_name_that_the_register_still_shows_as_present_is_a_question(city: NameIndex) -> None:
    found = city.match("江苏新名材料有限公司（原：江苏赛科化学有限公司）")
    assert (found.outcome, found.how, found.code) == (Outcome.UNCERTAIN, MatchRule.ROSTER_NOTE, None)
    assert listed(found) == ["江苏赛科化学有限公司"]


def test_names_in_one_note_that_belong_to_two_enterprises_are_a_question(city: NameIndex) -> None:
    found = city.match("江苏赛科化学有限公司（原：江苏方洋水务有限公司）")
    assert (found.outcome, found.how) == (Outcome.UNCERTAIN, MatchRule.AMBIGUOUS)
    assert set(listed(found)) == {"江苏赛科化学有限公司", "江苏方洋水务有限公司"}


def test_yuan_may_begin_a_name_and_is_then_not_taken_for_a_note() -> None:
    assert match("原生态农业有限公司", "原生态农业有限公司", "生态农业有限公司").how is MatchRule.LITERAL
    stripped = match("原生态农业有限公司", ("绿野农业有限公司", "生态农业有限公司"))
    assert (stripped.outcome, stripped.how) == (Outcome.UNCERTAIN, MatchRule.ROSTER_NOTE)


def test_a_name_taken_anew_after_its_bearer_gave_it_up_is_a_question() -> None:
    found = match(
        "连云港某某硅微粉有限公司",
        ("江苏联瑞新材料股份有限公司", "连云港某某硅微粉有限公司"),
        "连云港某某硅微粉有限公司",
    )
    assert (found.outcome, found.how) == (Outcome.UNCERTAIN, MatchRule.AMBIGUOUS)
    assert [candidate.rule for candidate in found.candidates] == [MatchRule.LITERAL, MatchRule.FORMER_NAME]


def test_two_enterprises_of_one_normal_form_are_a_question_and_the_literal_one_is_certain() -> None:
    names = ("海州甲（集团）有限公司", "海州甲(集团)有限公司")
    assert match("海州甲 (集团)有限公司", *names).how is MatchRule.AMBIGUOUS
    literal = match("海州甲（集团）有限公司", *names)
    assert (literal.outcome, listed(literal)) == (Outcome.CERTAIN, ["海州甲（集团）有限公司"])


def test_two_enterprises_of_one_literal_name_are_a_question() -> None:
    found = match("海州区便民超市", "海州区便民超市", "海州区便民超市")
    assert (found.outcome, found.how, len(found.candidates)) == (Outcome.UNCERTAIN, MatchRule.AMBIGUOUS, 2)


@pytest.mark.parametrize(
    ("written", "name", "differences"),
    [
        ("赛科化学有限公司", "江苏赛科化学有限公司", (Difference.PLACE_MISSING,)),
        ("连云港赛科化学有限公司", "江苏赛科化学有限公司", (Difference.PLACE,)),
        ("江苏赛科化学股份有限公司", "江苏赛科化学有限公司", (Difference.LEGAL_FORM,)),
        ("江苏赛科化学", "江苏赛科化学有限公司", (Difference.LEGAL_FORM_MISSING,)),
        ("赛科化学（江苏）有限公司", "江苏赛科化学有限公司", (Difference.PLACE_WRITING,)),
        ("连云港市如年实业有限公司", "连云港如年实业有限公司", (Difference.PLACE_WRITING,)),
        ("江苏省连云港如年实业有限公司", "连云港如年实业有限公司", (Difference.PLACE_MISSING,)),
        ("连云港鹰游纺机有限公司", "连云港鹰游纺机集团有限公司", (Difference.GROUP,)),
        ("连云港鹰游纺机（集团）有限公司", "连云港鹰游纺机集团有限公司", (Difference.PLACE_WRITING,)),
        ("江苏方洋合伙事务（有限合伙）", "江苏方洋合伙事务有限公司", (Difference.LEGAL_FORM,)),
    ],
)
def test_one_core_under_another_place_form_or_group_is_a_question(
    written: str, name: str, differences: tuple[Difference, ...]
) -> None:
    found = match(written, name)
    assert (found.outcome, found.how, found.code) == (Outcome.UNCERTAIN, MatchRule.VARIANT, None)
    assert found.candidates[0].differences == differences


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("江苏中京电缆科技有限公司连云港分公司", "江苏中京电缆科技有限公司"),
        ("江苏中京电缆科技有限公司", "江苏中京电缆科技有限公司连云港分公司"),
        ("江苏中京电缆科技有限公司连云港分公司", "江苏中京电缆科技有限公司徐州分公司"),
        ("中京电缆科技有限公司灌云办事处", "江苏中京电缆科技有限公司"),
    ],
)
def test_a_branch_is_another_body_than_its_enterprise(written: str, name: str) -> None:
    found = match(written, name)
    assert (found.outcome, found.how) == (Outcome.UNCERTAIN, MatchRule.BRANCH)
    assert found.candidates[0].differences[0] is Difference.BRANCH


def test_a_branch_in_the_register_is_certain_by_its_own_name() -> None:
    branch = "江苏中京电缆科技有限公司连云港分公司"
    found = match(branch, "江苏中京电缆科技有限公司", branch)
    assert (found.outcome, listed(found)) == (Outcome.CERTAIN, [branch])


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("天邦科技", "连云港天邦科技开发有限公司"),
        ("衡所华威", "衡所华威电子有限公司"),
        ("联瑞新材", "江苏联瑞新材料股份有限公司"),
        ("日出东方", "日出东方控股股份有限公司"),
        ("中复神鹰", "中复神鹰碳纤维股份有限公司"),
        ("中复连众", "连云港中复连众复合材料集团有限公司"),
        ("鹰游", "连云港鹰游纺机集团有限公司"),
        ("流体装卸设备", "连云港远洋流体装卸设备有限公司"),
    ],
)
def test_short_names_of_reports_are_questions(city: NameIndex, written: str, name: str) -> None:
    found = city.match(written)
    assert (found.outcome, found.how, listed(found)) == (Outcome.UNCERTAIN, MatchRule.SHORT_NAME, [name])


@pytest.mark.parametrize(
    "written", ["鹰游纺机", "杰瑞自动化", "如年实业", "江苏海中洲船业", "江苏方洋水务", "江苏苏云医疗器材"]
)
def test_a_core_without_its_legal_form_is_a_question_too(city: NameIndex, written: str) -> None:
    found = city.match(written)
    assert (found.outcome, found.how, len(found.candidates)) == (Outcome.UNCERTAIN, MatchRule.VARIANT, 1)


@pytest.mark.parametrize(
    ("written", "name", "slips"),
    [
        ("连云港茹年实业有限公司", "连云港如年实业有限公司", 1),
        ("连云岗如年实业有限公司", "连云港如年实业有限公司", 1),
        ("连云港如年实业有限公可", "连云港如年实业有限公司", 1),
        ("连云港如实年业有限公司", "连云港如年实业有限公司", 1),
        ("连云港天邦科技有限公司", "连云港天邦科技开发有限公司", 2),
        ("恒所华威电子有限公司", "衡所华威电子有限公司", 1),
        ("江苏中京电缆科技有限责任公师", "江苏中京电缆科技有限责任公司", 1),
        ("江苏中京电览科枝材料设备制造有限公司", "江苏中京电缆科技材料设备制造有限公司", 2),
    ],
)
def test_slips_of_the_pen_are_questions(written: str, name: str, slips: int) -> None:
    found = match(written, *REAL, "江苏中京电缆科技有限责任公司", "江苏中京电缆科技材料设备制造有限公司")
    assert (found.outcome, found.how) == (Outcome.UNCERTAIN, MatchRule.NEAR)
    assert (found.candidates[0].name, found.candidates[0].slips) == (name, slips)


def test_the_closest_candidate_comes_first_and_the_rest_are_counted() -> None:
    crowd = [f"连云港天邦科技{mark}有限公司" for mark in "开发实业集成投资咨询"]
    found = match(
        "连云港天邦科枝有限公司",
        *crowd,
        "江苏天邦科技有限公司",
        "天邦科技股份有限公司",
        "连云港天邦科技有限公司",
    )
    assert found.candidates[0].name == "连云港天邦科技有限公司"
    everybody = match("连云港天邦科技有限公司", *crowd)
    assert len(everybody.candidates) == MOST_CANDIDATES
    assert len(everybody.candidates) + everybody.left_out == len(crowd)


# Unknown


@pytest.mark.parametrize(
    "written",
    [
        "苏州某某精密机械有限公司",
        "江苏赛克医药股份有限公司",
        "南京如常实业股份有限公司",
        "公司",
        "（原）",
        "*",
        "有限公司",
        "12、",
    ],
)
def test_unlike_names_are_unknown(city: NameIndex, written: str) -> None:
    found = city.match(written)
    assert (found.outcome, found.candidates, found.code) == (Outcome.UNKNOWN, (), None)


def test_another_word_in_another_place_is_another_enterprise() -> None:
    assert match("海州如常实业有限公司", "灌南如年实业有限公司").outcome is Outcome.UNKNOWN
    assert match("连云港如常实业股份有限公司", "连云港如年实业有限公司").outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("written", ["", "  \u3000\n", "“”"])
def test_a_blank_name_is_unknown_and_says_so(city: NameIndex, written: str) -> None:
    found = city.match(written)
    assert (found.outcome, found.how) == (Outcome.UNKNOWN, MatchRule.BLANK)


def test_a_blank_known_name_or_place_is_never_met() -> None:
    index = NameIndex([KnownName("91320706XN0000012Q", "", ("", " "))], ["", "江苏省"])
    assert index.match("").outcome is Outcome.UNKNOWN
    assert index.match("江苏某某有限公司").outcome is Outcome.UNKNOWN


def test_a_name_of_nothing_but_a_place_or_a_form_keeps_what_it_has() -> None:
    assert NameParser(PLACES).parse("连云港有限公司").core == "连云港"
    assert match("江苏连云港股份有限公司", "连云港有限公司").how is MatchRule.VARIANT
    assert match("江苏某某有限公司", "有限公司").outcome is Outcome.UNKNOWN
    assert match("有限公司", "有限公司").outcome is Outcome.CERTAIN


def test_a_cell_too_long_for_a_name_is_unknown_at_once(city: NameIndex) -> None:
    assert city.match("公司" * 50_000 + "分公司").how is MatchRule.NOTHING


def test_an_empty_register_knows_nobody() -> None:
    assert NameIndex([]).match("连云港如年实业有限公司").how is MatchRule.NOTHING


def test_every_rule_is_explained_in_chinese(city: NameIndex) -> None:
    assert set(EXPLANATIONS) == set(MatchRule)
    assert city.match(REAL[0]).why == "与企业名称一字不差"


def test_without_places_a_missing_place_is_still_found() -> None:
    index = NameIndex(known("江苏赛科化学有限公司", "连云港如年实业有限公司"))
    assert index.match("赛科化学有限公司").outcome is Outcome.UNKNOWN
    assert index.match("江苏省赛科化学有限公司").outcome is Outcome.UNCERTAIN


# Notes


@pytest.mark.parametrize(
    ("written", "noted"),
    [
        ("甲甲甲公司(原乙乙乙公司)", NotedNames(("甲甲甲公司",), ("乙乙乙公司",))),
        ("甲甲甲公司(更名前为:乙(中国)公司)", NotedNames(("甲甲甲公司",), ("乙(中国)公司",))),
        ("乙乙乙公司(现名:甲甲甲公司)", NotedNames(("甲甲甲公司",), ("乙乙乙公司",))),
        ("乙乙乙公司现更名为甲甲甲公司", NotedNames(("甲甲甲公司",), ("乙乙乙公司",))),
        (
            "甲甲甲公司(曾用名:乙乙乙公司、丙丙丙公司)",
            NotedNames(("甲甲甲公司",), ("乙乙乙公司", "丙丙丙公司")),
        ),
        ("原:乙乙乙公司", NotedNames((), ("乙乙乙公司",))),
        ("原乙乙乙公司", NotedNames((), ("乙乙乙公司",), bare=True)),
        ("3、甲甲甲公司", NotedNames(("甲甲甲公司",))),
        ("甲甲甲(原料)公司", None),
        ("甲甲甲公司(原料)", None),
        ("甲甲甲公司(原:)", None),
        ("甲甲甲公司(原乙乙乙公司)(集团)", None),
        ("甲甲甲公司(原(乙乙乙公司)", None),
        ("连云港市原名堂文化公司", None),
        ("甲甲甲厂,原名乙乙乙厂", NotedNames(("甲甲甲厂",), ("乙乙乙厂",))),
        ("甲甲甲厂原名:乙乙乙厂", NotedNames(("甲甲甲厂",), ("乙乙乙厂",))),
        ("甲甲甲公司", None),
        ("360安全公司", None),
    ],
)
def test_notes_are_read_and_other_brackets_left_alone(written: str, noted: NotedNames | None) -> None:
    assert noted_names(written) == noted


# Laws

WORDS = st.text(alphabet="天邦科技如年", min_size=2, max_size=12)
PREFIXES = st.sampled_from(["江苏", "江苏省", "连云港", "连云港市", "东海县", ""])
FORMS = st.sampled_from(
    ["有限公司", "有限责任公司", "股份有限公司", "集团有限公司", "（集团）有限公司", "厂", ""]
)
BRANCHES = st.sampled_from(["", "", "", "海州分公司"])
NAMES = st.builds("".join, st.tuples(PREFIXES, WORDS, FORMS, BRANCHES))
REGISTERS = st.lists(st.tuples(NAMES, st.lists(NAMES, max_size=2)), max_size=12).map(
    lambda rows: known(*((name, *former) for name, former in rows))
)
TYPESETTINGS: tuple[Callable[[str], str], ...] = (
    lambda name: name.replace("（", "(").replace("）", ")"),
    "　".join,
    "“{}”".format,
    "{}。".format,
)


@given(REGISTERS)
def test_a_literal_name_that_nobody_else_bears_or_bore_is_certain(register: list[KnownName]) -> None:
    index = NameIndex(register, PLACES)
    for entry in register:
        others = [
            name
            for other in register
            if other.code != entry.code
            for name in (other.name, *other.former_names)
        ]
        if one_form(entry.name) not in map(one_form, others):
            found = index.match(entry.name)
            assert (found.code, found.how) == (entry.code, MatchRule.LITERAL)


@given(REGISTERS, NAMES, st.randoms(use_true_random=False))
def test_the_order_of_the_register_changes_nothing(
    register: list[KnownName], name: str, chance: Random
) -> None:
    shuffled = list(register)
    chance.shuffle(shuffled)
    assert NameIndex(shuffled, PLACES).match(name) == NameIndex(register, PLACES).match(name)


@given(REGISTERS, NAMES, st.sampled_from(TYPESETTINGS))
def test_typography_never_makes_a_name_mean_somebody_else(
    register: list[KnownName], name: str, typeset: Callable[[str], str]
) -> None:
    index = NameIndex(register, PLACES)
    plain, other = index.match(name), index.match(typeset(name))
    if plain.code and other.code:
        assert plain.code == other.code
    if plain.how is not MatchRule.LITERAL and other.how is not MatchRule.LITERAL:
        assert plain.outcome == other.outcome


@given(REGISTERS, NAMES)
def test_only_one_candidate_is_certain_and_no_enterprise_is_listed_twice(
    register: list[KnownName], name: str
) -> None:
    found = NameIndex(register, PLACES).match(name)
    codes = [candidate.code for candidate in found.candidates]
    assert len(codes) == len(set(codes)) <= MOST_CANDIDATES
    assert (found.outcome is Outcome.UNKNOWN) == (not codes)
    assert found.outcome is not Outcome.CERTAIN or len(codes) == 1


@given(REGISTERS, st.text())
def test_any_text_at_all_gets_an_answer(register: list[KnownName], text: str) -> None:
    assert NameIndex(register, PLACES).match(text).outcome in Outcome


@given(st.lists(WORDS, max_size=20), WORDS, st.sampled_from([slips_in_core, slips_in_name]))
def test_looking_at_the_rarest_characters_loses_nothing_near(
    texts: list[str], text: str, slips: Callable[[int], int]
) -> None:
    near = {other for other in texts if OSA.distance(text, other) <= slips(max(len(text), len(other)))}
    assert set(Nearby(texts, slips).near(text)) == near


@given(NAMES)
def test_one_spelling_is_reached_in_one_step(name: str) -> None:
    assert one_spelling(one_spelling(name)) == one_spelling(name)


def one_form(name: str) -> str:
    return spelling.one_legal_form(one_spelling(name))
