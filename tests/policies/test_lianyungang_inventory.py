"""What Lianyungang's two documents hold, counted by a reader of the official texts: awards, targets, tasks, branches, questions.

The lists are written by hand from 连政办规〔2025〕6号 and 连政办发〔2023〕36号, not copied from the policy files. A row, a target or a
question that somebody drops or renames in passing fails here, even when every check and every worked case is still content.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from duixian.rules.interpretation import Effect
from duixian.rules.measure import AwardRow, RateOfBase
from duixian.rules.policy import City
from duixian.source.city import read_city
from duixian.source.titles import TitleReader, WrittenTitle

FOLDER = Path(__file__).resolve().parents[2] / "policies" / "lianyungang"
OF_2025, OF_2023 = "连政办规〔2025〕6号", "连政办发〔2023〕36号"
FEN_PER_WAN = 1_000_000

# Row, 轮次 as the text has it (– where it has none), ceiling in 万元.
FIXED_SUMS = """
A02a 首次 20; A02b 首次 20
A03a 获评 80; A03b 复评 15; A03c 获评 60; A03d 复评 10; A03e 获评 20; A03f 复评 5
A04a 首次 50; A04b 首次 20
A05a 获评 50; A05b 获评 20; A05c 获评 50; A05d 获评 20; A05e 复评 10; A05f 复评 5; A05g 复评 10; A05h 复评 5
A06a 获评 50; A06b 获评 20; A07 获评 5; A08 获评 20
A10a 获评 50; A10b 获评 200; A10c 获评 400
A11a 首次 10; A11b 首次 20; A11c 首次 30; A11d 首次 40
A12a 获评 50; A12b 获评 20; A13a 首次 50; A13b 获评 20; A14a 首次 20; A14b 首次 5
A15a 首次 20; A15b 获评 40; A15c 获评 2
A16a 获评 80; A16b 获评 80; A16c 获评 80; A16d 获评 40; A16e 获评 40; A16f 获评 40
A17a 获评 80; A17b 获评 80; A17c 获评 60; A17d 获评 60; A17e 获评 40; A17f 获评 40; A17g 获评 30; A17h 获评 30; A17i 获评 20
A18 首次 5; A19a 获评 50; A19b 获评 10; A19c 获评 20; A19d 获评 30; A20a 获评 50; A20b 获评 20
B41d – 50; B41e – 20; B42a 获评 1000; B42b 获评 500; B45a 获评 10; B45b 获评 5; B45c – 5; B45d – 5
"""
# Row, rate in per mille, ceiling in 万元.
RATES = "A09 120 500; B41a 500 500; B41b 300 200; B41c 500 100; B43 100 500; B44a 30 200; B44b 5 200; B44c 100 500"
EXACT = {"B41d", "B41e"}

TARGETS = "G1 G2 G3 G4 G5 G6 T3a T3b T5 T7a T7b T7c T8a T8b T8c T9 T10 T16".split()
UNITS_OF_TASKS = """
市工信局 市发改委 市商务局 市科技局
市商务局 市工信局 市发改委 市科技局
市工信局
市工信局 市发改委 市国资委
市地方金融监管局 市金融控股集团
市商务局 市生态环境局 市发改委 市工信局
市科技局 市工信局 市发改委
市工信局
市工信局 市发改委 市生态环境局
市工信局
市人才办 市人社局 市工信局
市教育局 市总工会 市科技局 市工信局 江苏海洋大学 连云港职业技术学院 连云港中等专业学校
市人才办 市人社局
市工信局 市科技局
市工信局 市发改委 市科技局
市工信局 市发改委 市地方金融监管局
"""
BRANCHES = {
    "海洋装备": "海工装备 港口航道工程装备 海水淡化装备 海洋养殖装备 海上旅游装备",
    "能源装备": "风电装备 光伏装备 核电装备 氢能装备 电力装备 燃气轮机",
    "汽车零部件": "零部件制造 动力电池 智能网联设备",
    "智能制造装备": "机器人 无人装备",
    "工程装备": "矿山机械 煤机装备",
    "纺织机械": "化纤机械 纺纱机械 织造机械 染整机械 非织造机械",
    "炼化及油气装备": "炼化装备 油气装备",
    "船舶修造": "造船 修船",
}

QUESTIONS = {
    OF_2025: """
    A01.1 A01.2 A02.1 A02.2 A02.2b A02.3 A02.4 A02.5 A02.6 A02.7 A03.1 A03.2 A03.3 A03.4 A03.5 A03.6 A03.7 A03.8
    A04.1 A04.2 A04.3 A05.1 A05.2 A05.3 A05.4 A05.5 A05.6 A06.1 A06.2 A06.3 A06.4 A06.5 A07.1 A07.2 A07.3 A07.4 A07.5
    A08.1 A08.2 A08.3 A08.4 A09.1 A09.2 A09.3 A09.4 A09.4b A09.5 A09.6 A09.7 A09.8 A09.9 A09.10 A09.11
    A10.1 A10.2 A10.3 A10.4 A10.4b A11.1 A11.2 A11.3 A11.3b A11.4 A11.5 A11.6 A11.7 A12.1 A12.2 A12.3 A12.4
    A13.1 A13.2 A13.3 A13.3b A13.4 A14.1 A14.2 A14.3 A14.4 A14.5 A15.1 A15.1b A15.2 A15.3 A15.4 A15.4b A15.5 A15.6
    A16.1 A16.2 A16.3 A16.4 A16.5 A16.6 A16.7 A17.1 A17.2 A17.3 A17.4 A17.5 A17.6 A17.7 A18.1 A18.2 A18.3
    A19.1 A19.2 A19.3 A19.4 A19.5 A19.6 A19.7 A20.1 A20.1b A20.2 A20.3
    A22.1.1 A22.1.2 A22.1.3 A22.2.1 A22.2.2 A22.2.3 A22.2.4 A22.3.1 A22.4.1 A22.4.2 A22.5.1 A22.7.1 A22.8.1 A22.8.2 A22.8.3
    X1 X2 X3 X4 X5 X6 X7 X8 X9 X10 X11 X12
    """,
    OF_2023: """
    BH.1 BG1.1 BG2.1 BG5.1 BG6.1 BX.1 BX.2 BX.3 BX.4 BX.5 BR1.1 BR1.2 BR5.1 BR12.1
    BT3b.1 BT5.1 BT7a.1 BT7b.1 BT7c.1 BT8a.1 BT8a.2 BT8b.1 BT8c.1 BT9.1 BT10.1 BT10.2 BT16.1
    B.b1 B.b1.2 B.b2 B.b2.2 B.b3 B.b3.2 B.b4 B.b5 B.b6 B.b7 B.b8 B.b8.2 B.b9 B.b9.2 B.b10 B.b10.2 B.b11 B.b11.2
    B.b12 B.b13 B.b13.2 B.b13.3 B.b13.4 B.b14 B.b14.2 B.b15 B.b15.2 B.b15.3 B.b16 B.b17
    B.b18 B.b18.2 B.b18.3 B.b18.4 B.b18.5 B.6.1 B.6.2 B.6.3 B.6.4 B.6.5 B.6.6 B.6.7 B.7.1
    """,
}


@cache
def lianyungang() -> City:
    reading = read_city(FOLDER)
    assert reading.city is not None
    return reading.city


def rows() -> dict[str, AwardRow]:
    return {row.id: row for measure in lianyungang().measures for row in measure.rows}


def listed(text: str) -> list[list[str]]:
    return [item.split() for line in text.strip().splitlines() for item in line.split(";")]


@pytest.mark.parametrize(("row", "round_", "wan"), listed(FIXED_SUMS), ids=lambda part: part)
def test_a_fixed_sum_is_the_one_of_the_text(row: str, round_: str, wan: str) -> None:
    found = rows()[row]
    assert not isinstance(found.amount, RateOfBase)
    assert (found.round.value if found.round else "–") == round_
    assert found.amount.fen == int(wan) * FEN_PER_WAN
    assert found.amount.is_exact is (row in EXACT)


@pytest.mark.parametrize(("row", "per_mille", "wan"), listed(RATES), ids=lambda part: part)
def test_a_rate_and_its_ceiling_are_those_of_the_text(row: str, per_mille: str, wan: str) -> None:
    amount = rows()[row].amount
    assert isinstance(amount, RateOfBase)
    assert amount.rate == Fraction(int(per_mille), 1000)
    assert amount.cap_fen == int(wan) * FEN_PER_WAN
    assert not amount.is_exact


def test_the_documents_hold_61_and_15_awards_and_no_others() -> None:
    counted = [row for row, *_ in (*listed(FIXED_SUMS), *listed(RATES))]
    assert sorted(rows()) == sorted(counted)
    assert len([row for row in counted if row.startswith("A")]) == 61
    assert len([row for row in counted if row.startswith("B")]) == 15


def test_there_are_18_targets_all_of_the_older_document() -> None:
    found = {policy.head.number: [each.id for each in policy.targets] for policy in lianyungang().policies}
    assert found == {OF_2023: TARGETS, OF_2025: []}
    assert len(TARGETS) == 18


def test_16_tasks_name_their_units_in_order_and_inherit_their_implementers() -> None:
    tasks = [task for policy in lianyungang().policies for task in policy.tasks]
    assert [task.number for task in tasks] == list(range(1, 17))
    assert [list(task.units) for task in tasks] == [
        line.split() for line in UNITS_OF_TASKS.strip().splitlines()
    ]
    assert {task.implementers for task in tasks} == {("各县区政府", "功能板块管委会")}


def test_every_action_of_a_task_stands_in_the_text() -> None:
    text = "".join((FOLDER / "equipment-2023" / "original.txt").read_text("utf-8").split())
    tasks = [task for policy in lianyungang().policies for task in policy.tasks]
    assert not [action for task in tasks for action in task.actions if action not in text]


def test_the_taxonomy_has_27_branches_with_products_of_the_text() -> None:
    text = "".join((FOLDER / "equipment-2023" / "original.txt").read_text("utf-8").split())
    chains = [chain for policy in lianyungang().policies for chain in policy.chains]
    found = {chain.name: " ".join(branch.name for branch in chain.branches) for chain in chains}
    assert found == BRANCHES
    branches = [branch for chain in chains for branch in chain.branches]
    assert len(branches) == 27
    assert all(branch.products for branch in branches)
    lost = [product for branch in branches for product in branch.products if product not in text]
    assert not lost


@pytest.mark.parametrize("document", QUESTIONS)
def test_every_question_that_the_text_leaves_open_is_asked(document: str) -> None:
    asked = [each.number for each in lianyungang().interpretations.values() if each.document == document]
    assert not set(QUESTIONS[document].split()) - set(asked)
    assert len(asked) == len(set(asked))


def test_a_ruling_stands_only_where_the_law_itself_decides() -> None:
    ruled = {each.number: each.ruling for each in lianyungang().interpretations.values() if each.ruling}
    assert sorted(ruled) == ["A11.5", "A11.7"]
    for number, ruling in ruled.items():
        assert ruling.document == "中华人民共和国民法典第一千二百五十九条", number


def test_a_question_of_facts_or_of_procedure_says_where_it_is_answered() -> None:
    silent = [
        each.number
        for each in lianyungang().interpretations.values()
        if (each.effect is Effect.RULE) is bool(each.carrier)
    ]
    assert not silent


def test_every_alias_is_read_as_its_title_with_the_level_and_the_grade_it_fixes() -> None:
    vocabulary = lianyungang().vocabulary
    reader = TitleReader.of(vocabulary)
    misread = [
        alias.text
        for title in vocabulary.titles.values()
        for alias in title.aliases
        if reader.title(alias.text) != WrittenTitle(title.name, alias.level, alias.grade)
    ]
    assert not misread
