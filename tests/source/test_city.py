"""A policy folder read whole: every block becomes its rule, with the places and bindings that checks need."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from duixian.rules.clause import ClauseKind
from duixian.rules.decided import Choice
from duixian.rules.expression import All, Contains, FieldRef, Scope, Shift, Type, YearOf
from duixian.rules.interpretation import Effect, Ruling
from duixian.rules.measure import Again, Delivery, FirstAmong, Promotion, RateOfBase
from duixian.rules.policy import AfterPayment, CumulationReach, Remainder, SameMatter
from duixian.rules.region import AreaKind, FiscalShare
from duixian.rules.target import Branch, TargetNature
from duixian.source.__main__ import main
from duixian.source.city import read_city
from duixian.source.file_schema import CITY
from tests.source.town import POLICY, TOWN, aid, copy_of_town, town

LINES = POLICY.read_text("utf-8").split("\n")


def test_the_head_is_put_together() -> None:
    head = aid().head
    assert (head.number, head.title, head.adopted_by) == (
        "镇政办发〔2026〕3号",
        "扶持办法",
        "镇政府第8次会议",
    )
    assert (head.written_on, head.printed_on, head.status) == (date(2026, 1, 10), None, "有效")
    assert aid().original_file == str(POLICY.with_name("original.txt"))


def test_the_quantities_of_the_head_are_bound() -> None:
    head = aid().clause("文首")
    assert [(each.kind, each.written) for each in head.bindings] == [
        ("文号", "〔2026〕3号"),
        ("序次", "第8次"),
        ("日期", "2026年1月10日"),
    ]
    assert [
        LINES[each.place.line - 1][each.place.column - 1 : each.place.end_column - 1]
        for each in head.bindings
    ] == [each.written for each in head.bindings]


def test_a_clause_holds_its_text_and_finds_its_words_in_the_file() -> None:
    clause = aid().clause("（一）")
    assert clause.kinds == (ClauseKind.AWARD,)
    assert (clause.name, clause.atom_count, clause.units) == ("企业成长", 4, ("工信局", "财政局"))
    start = clause.text.index("每个企业每年")
    place = clause.place_of(start, start + 6)
    assert LINES[place.line - 1][place.column - 1 : place.end_column - 1] == "每个企业每年"


def test_quirks_and_idle_quantities_are_kept_with_their_places() -> None:
    (annotation,) = aid().clause("附则").annotations
    assert (annotation.written, annotation.meaning) == ("体制", "指现行财政体制")
    (idle,) = aid().clause("目标").non_operative
    assert (idle.written, idle.reason) == ("15%", "已在目标中")
    assert '"15%"' in LINES[idle.place.line - 1]


def test_a_measure_with_a_table() -> None:
    growth = aid().measures[0]
    assert (growth.id, growth.name, growth.clause, growth.kind) == ("X01", "企业成长", "（一）", "认定")
    assert growth.units == ("工信局", "财政局")
    assert growth.delivery is Delivery.AUTOMATIC
    assert growth.scope.root == Contains(
        FieldRef(Scope.TRIGGER, "称号", Type.TITLE), ("单项冠军", "专精特新")
    )
    assert growth.condition.text == "企业.迁入 或 企业.规上类别 = 规上工业"
    (limit,) = growth.limits
    assert (limit.per, limit.max_fen, limit.max_count, limit.rows) == (
        ("企业", "年度"),
        100_000_000,
        None,
        frozenset(),
    )
    (ladder,) = growth.ladders
    assert (ladder.name, ladder.per) == ("成长", ("企业",))
    assert ladder.promotion == Choice("晋级", {"全额": Promotion.FULL, "补差": Promotion.DIFFERENCE})
    assert ladder.rows == {"X01a", "X01c", "X01d"}
    assert growth.history.first_among is FirstAmong.TITLE
    assert growth.history.again == Choice("再次", {"照给": Again.AS_AWARDED, "不给": Again.NOTHING})


def test_a_decided_date_decides_the_year_too() -> None:
    growth = aid().measures[0]
    assert isinstance(growth.event_date, Choice)
    assert isinstance(growth.year, Choice)
    assert growth.event_date.options["公布"].root == FieldRef(Scope.TRIGGER, "公布日期", Type.DATE)
    assert growth.year.options["公布"].root == YearOf(FieldRef(Scope.TRIGGER, "公布日期", Type.DATE))


def test_the_date_is_the_kinds_own_unless_said() -> None:
    factories = aid().measures[1]
    assert not isinstance(factories.event_date, Choice)
    assert not isinstance(factories.year, Choice)
    assert factories.event_date.root == FieldRef(Scope.TRIGGER, "日期", Type.DATE)
    assert factories.year.text == "年份(日期)"
    assert factories.units == ("工信局",)


def test_a_measure_with_one_subsidy() -> None:
    project = aid().measures[2]
    (row,) = project.rows
    assert isinstance(row.amount, RateOfBase)
    assert (row.id, row.amount.rate, row.amount.cap_fen, row.amount.is_exact) == (
        "X03",
        Fraction(3, 25),
        3 * 10**8,
        False,
    )
    assert not isinstance(project.event_date, Choice)
    assert isinstance(project.event_date.root, Shift)
    assert project.delivery == Choice(
        "兑现方式", {"免申即享": Delivery.AUTOMATIC, "申报": Delivery.APPLICATION}
    )
    assert project.limits[0].max_count == 1
    assert (project.payee, project.note) == ("企业", "设备投入以发票为准")
    assert isinstance(project.scope.root, Contains)


def test_a_bare_count_and_the_flag_of_a_limit() -> None:
    (limit,) = aid().measures[1].limits
    assert (limit.max_count, limit.is_one_off, limit.per) == (1, True, ("企业",))
    written = [each.written for each in aid().clause("（二）").bindings]
    assert "1" not in written
    assert [word for word in written if word in {"一次性", "一个"}] == ["一次性", "一个"]


def test_quantities_under_a_question_are_marked_open() -> None:
    bound = {(each.written, each.is_open) for each in aid().clause("（二）").bindings}
    assert {
        ("200万元", False),
        ("200万元", True),
        ("12%", False),
        ("300万元", False),
        ("3个月", False),
    } <= bound


def test_the_rules_of_the_whole_document() -> None:
    policy = aid()
    assert policy.cumulation is not None
    assert policy.cumulation.same_matter == Choice(
        "同一", {"事实": SameMatter.SAME_FACT, "对象": SameMatter.SAME_OBJECT}
    )
    assert policy.cumulation.reach is CumulationReach.OTHER_DOCUMENTS
    assert policy.cumulation.after_payment is AfterPayment.DIFFERENCE
    (exclusion,) = policy.exclusions
    assert exclusion.exempt == Choice(
        "配套", {"除外": frozenset({"X01a", "X02a", "X02b", "X02c"}), "一律": frozenset()}
    )
    ratio, table = policy.shares
    assert (sorted(ratio.clauses), sorted(ratio.areas), ratio.ratio) == (
        ["（二）"],
        ["港口园", "西县"],
        (3, 7),
    )
    assert (table.clauses, table.areas, table.ratio, table.basis) == (
        frozenset(),
        frozenset(),
        None,
        "现行体制",
    )
    assert {ratio.remainder, table.remainder} == {Remainder.CITY}
    (definition,) = policy.definitions
    assert (definition.word, definition.meaning, definition.applies_to) == ("投入", "设备投入", ("X03",))


def test_the_validity_may_be_decided() -> None:
    validity = aid().validity
    assert validity.first_day == Choice("追溯", {"不追溯": date(2026, 2, 1), "追溯": date(2026, 1, 1)})
    assert validity.last_day == date(2028, 1, 31)
    bound = [(each.written, each.is_open) for each in aid().clause("附则").bindings if each.kind == "日期"]
    words, values = bound[:2], bound[2:]
    assert words == [("2026年2月1日", False), ("2028年1月31日", False)]
    assert values == [("2026年2月1日", True), ("2026年1月1日", True), ("2028年1月31日", False)]


@pytest.mark.parametrize(("word", "ratio"), [("市级", (1, 0)), ("县区", (0, 1))])
def test_one_side_may_bear_all(word: str, ratio: tuple[int, int], tmp_path: Path) -> None:
    path = copy_of_town(tmp_path) / "aid-2026" / "policy.md"
    path.write_text(path.read_text("utf-8").replace("{依据: 现行体制}", f"{{承担: {word}}}"), "utf-8")
    reading = read_city(path.parents[1])
    assert reading.city is not None
    assert not reading.problems
    assert reading.city.policies[0].shares[1].ratio == ratio
    assert [each.written for each in reading.city.policies[0].clause("附则").bindings].count("3:7") == 1


def test_targets_have_their_own_units() -> None:
    homes, output, growth = aid().targets
    assert (homes.value, homes.unit, homes.to_year) == (10, "家", 2028)
    assert (output.value, output.unit, output.source) == (600 * 10**10, "元", "统计部门")
    assert (growth.value, growth.unit, growth.nature, growth.from_year) == (
        1_500,
        "%",
        TargetNature.GROWTH,
        2026,
    )
    assert homes.measurement is not None
    assert isinstance(homes.measurement.condition.root, All)
    assert (homes.measurement.per, homes.interpretations) == ("企业", ("小微条件",))


def test_later_tasks_inherit_the_implementers() -> None:
    first, second = aid().tasks
    assert (first.number, first.group, first.targets) == (1, "集群", ("T1", "T2"))
    assert first.implementers == second.implementers == ("东区管委会",)
    assert second.units == ("财政局",)


def test_leaves_of_one_chain_add_up() -> None:
    (chain,) = aid().chains
    assert chain.branches == (Branch("海工装备", ("锚艇", "桥吊"), ("3737",)), Branch("养殖装备", ()))


def test_questions_with_their_rulings() -> None:
    questions = town().interpretations
    assert questions["晋级"].ruling == Ruling("补差", date(2026, 3, 1), "工信局", "镇工信〔2026〕1号")
    assert not questions["再次"].is_decided
    assert (questions["小微条件"].effect, questions["小微条件"].carrier) == (Effect.FACT, "企业.规上类别")
    assert {question.document for question in questions.values()} == {"镇政办发〔2026〕3号"}


def test_areas_units_and_the_fiscal_table() -> None:
    region = town().region
    assert region.areas["港口园"].kind is AreaKind.SUBZONE
    assert region.lies_in("港口园", frozenset({"西县"}))
    assert region.areas["东区"].valid_from == date(2000, 1, 1)
    assert region.units["工信局"].aliases == ("经信局",)
    assert region.fiscal_table == (FiscalShare("东区", 5, 5, "镇财〔2025〕1号", date(2025, 1, 1)),)


def test_the_city_knows_its_name_and_folder() -> None:
    assert (town().name, town().folder) == ("小镇", str(TOWN))
    assert {"城市", "文件顺序"} == {name for name, key in CITY.keys.items() if key.is_required}


def test_problems_of_one_block_leave_the_others_alone(tmp_path: Path) -> None:
    """Five things wrong in five blocks: five problems, and all that is sound is read."""
    folder = copy_of_town(tmp_path)
    path = folder / "aid-2026" / "policy.md"
    text = path.read_text("utf-8")
    for sound, broken in (
        ("名称: 企业成长\n", ""),
        (">= 先进级    |", ">= 先近级    |"),
        ('市县: "3:7"', "市县: 3比7"),
        ("值: 600亿元", "值: 六百"),
        (
            "分类: 海洋装备\n层级: 重点\n叶: [{名称: 海工装备, 产品: [锚艇], ",
            "分类: 海洋装备\n层级: \n叶: [{名称: 海工装备, 产品: [锚艇], ",
        ),
    ):
        text = text.replace(sound, broken)
    path.write_text(text, "utf-8")
    reading = read_city(folder)
    assert reading.city is not None
    policy = reading.city.policies[0]
    assert [problem.code.removeprefix("source.") for problem in reading.problems] == [
        "missing-key",
        "unknown-grade",
        "wrong-value",
        "wrong-value",
        "missing-key",
    ]
    assert [measure.id for measure in policy.measures] == ["X01", "X02", "X03"]
    assert [row.id for row in policy.measures[1].rows] == ["X02b", "X02c"]
    assert [target.id for target in policy.targets] == ["T1", "T3"]
    assert policy.clause("（一）").bindings


@pytest.mark.parametrize(
    "name", ["vocabulary.yaml", "city.yaml", "regions.csv", "units.csv", "aid-2026/policy.md"]
)
def test_a_missing_file_is_told_once(name: str, tmp_path: Path) -> None:
    folder = copy_of_town(tmp_path)
    (folder / name).unlink()
    assert [problem.code for problem in read_city(folder).problems] == ["source.file-missing"]


def test_a_document_number_is_taken_once(tmp_path: Path) -> None:
    folder = copy_of_town(tmp_path)
    (folder / "aid-2026").rename(folder / "again")
    copy_of_town(tmp_path / "other")
    (tmp_path / "other" / "town" / "aid-2026").rename(folder / "aid-2026")
    city = folder / "city.yaml"
    city.write_text(city.read_text("utf-8").replace("[aid-2026]", "[aid-2026, again]"), "utf-8")
    found = {problem.found for problem in read_city(folder).problems if problem.code == "source.duplicate-id"}
    assert {"镇政办发〔2026〕3号", "X01", "X01a", "T1", "认定日期"} <= found


def test_the_module_prints_problems_for_authors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(str(TOWN)) == 0
    assert capsys.readouterr().out == ""
    assert main(str(tmp_path)) == 1
    assert "source.file-missing" in capsys.readouterr().out
