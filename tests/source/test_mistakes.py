"""More mistakes that authors make, each told by its codes; what every code says stands under ``bad/``."""

from __future__ import annotations

from pathlib import Path

import pytest

from duixian.rules.policy import City
from duixian.source.city import read_city
from tests.source.town import copy_of_town

POLICY, QUESTIONS, VOCABULARY = "aid-2026/policy.md", "aid-2026/interpretations.yaml", "vocabulary.yaml"


def _spoilt(tmp_path: Path, name: str, sound: str, broken: str) -> tuple[City | None, list[str]]:
    folder = copy_of_town(tmp_path)
    text = (folder / name).read_text("utf-8")
    assert sound in text
    (folder / name).write_text(text.replace(sound, broken, 1), "utf-8")
    reading = read_city(folder)
    return reading.city, [problem.code.removeprefix("source.") for problem in reading.problems]


@pytest.mark.parametrize(
    ("sound", "broken", "codes"),
    [
        # values
        ("条目: 4", "条目: 四", ["wrong-value"]),
        ("条目: 4", "条目: [4]", ["wrong-shape"]),
        ("成文日期: 2026年1月10日", "成文日期: 2026年2月30日", ["wrong-value"]),
        ("编号: X03\n触发", "编号: X 03\n触发", ["wrong-value"]),
        ("落实继承: 是", "落实继承: true", ["wrong-value"]),
        ("触发: 投资", "触发: 投资（项目）", ["wrong-value"]),
        ("比例: 12%", "比例: 12万元", ["wrong-value"]),
        ("金额: 100万元}", "金额: 100%}", ["wrong-value"]),
        ("项数: 一个}", "项数: 一半}", ["wrong-value"]),
        ("项数: 一个}", "项数: 1.5个}", ["wrong-value"]),
        ("期限: 2028年\n责任", "期限: 二八年\n责任", ["wrong-value"]),
        ('市县: "3:7"', '市县: "0:0"', ["wrong-value"]),
        ("值: 10家", "值: 2.5家", ["wrong-value"]),
        ("值: 10家", "值: 第10家", ["wrong-value"]),
        ("尾差: 市级承担", "尾差: 镇级承担", ["wrong-value"]),
        ("类型: [奖励, 补助]", "类型: []", ["wrong-value"]),
        ("每: [企业, 年度], 金额", "每: [], 金额", ["wrong-value"]),
        ("受益人: 企业", "受益人: {名: 企业}", ["wrong-shape"]),
        ("历史: {首次比较: 称号", "历史: {首次比较: 名称", ["wrong-value"]),
        ("范围: 不同文件", "范围: 别的文件", ["wrong-value"]),
        # keys
        ("名称: 智能化\n", "名称:\n", ["missing-key"]),
        ("标题: 扶持办法\n", "标提: 扶持办法\n", ["unknown-key"]),
        ("{口径: 兑现方式}", "{兑现方式: 申报}", ["missing-key"]),
        ("{口径: 兑现方式}", "{口径: [兑现方式]}", ["wrong-shape"]),
        (
            "```duixian\n定义: 投入\n内容: 设备投入\n适用: [X03]\n```",
            "```duixian\n- 定义\n```",
            ["wrong-shape"],
        ),
        (
            "```duixian\n定义: 投入\n内容: 设备投入\n适用: [X03]\n```",
            "```duixian\n定义\n```",
            ["wrong-shape"],
        ),
        ("```duixian\n定义: 投入\n内容: 设备投入\n适用: [X03]\n```", "```duixian\n{}\n```", ["wrong-shape"]),
        # decided values
        ("印发: 日期, 公布: 公布日期", "印发: 日期, 公布: 公布日期, 登报: 日期", ["unknown-answer"]),
        ("印发: 日期, 公布: 公布日期", "印发: 日期, 公布: [公布日期]", ["wrong-shape"]),
        ("印发: 日期, 公布: 公布日期", "印发: 日期, 公布: 公布日", ["unknown-field"]),
        ("不追溯: 2026年2月1日", "不追溯: 二月", ["wrong-value"]),
        ("自: {口径: 追溯,", "自: {口径: 上溯,", ["unknown-question"]),
        ("同一: {口径: 同一,", "同一: {口径: 同异,", ["unknown-question"]),
        ("晋级: {口径: 晋级}", "晋级: {口径: 晋级, 全额: 全额, 补差: 差额}", ["wrong-value"]),
        # measures
        ("触发: 投资", "触发: 线索", ["unknown-field"] * 9),
        ("触发: 投资", "触发: 企业", ["unknown-kind"]),
        ("年度: 年度\n", "年度: 竣工日期\n", ["unit-mismatch"]),
        ("基数: 若 口径 基数 = 超出部分 则", "基数: 若 口径 基数 = 超出部分 且", ["expression-syntax"]),
        ("日期: 竣工日期 + 3个月\n", "日期: 竣工日期 + 3万元\n", ["unit-mismatch"]),
        ("奖补: {编号: X03, 比例: 12%,", "奖补: {编号: X01a, 比例: 12%,", ["duplicate-id"]),
        ("编号: X03\n触发", "编号: X02\n触发", ["duplicate-id"]),
        ("历史: {首次比较: 称号", "历史: {首次每: [企业, 产品], 首次比较: 称号", ["unknown-group"]),
        # plan and shares
        ("统计: 认定,", "统计: 认证,", ["unknown-kind"]),
        ("级别 >= 省级, 每: 企业}", "级别 >= 省级, 每: 家}", ["unknown-group"]),
        ("称号 = 智能工厂 且 级别 >= 省级, 每", "称号 = 智能厂房 且 级别 >= 省级, 每", ["unknown-title"]),
        ("编号: T2", "编号: T1", ["duplicate-id", "unknown-target"]),
        ("任务: 招商\n编号: 2", "任务: 招商\n编号: 1", ["duplicate-id"]),
        ("条款: （二）\n名称", "条款: （一）\n名称", ["duplicate-id"]),
        ("适用: [X03]", "适用: [X04]", ["unknown-row"]),
        ("{依据: 现行体制}", "{依据: 现行体制, 承担: 市级}", ["share-missing"]),
        ("{依据: 现行体制}", "{承担: 镇级}", ["wrong-value"]),
        ("{依据: 现行体制}", "{依据: 现行体制, 市县: '1:1'}", ["share-missing"]),
        ("条件: 有 上级支持", "条件: 有 上级支付", ["unknown-kind"]),
        ("除外: [X01a, X02]", "除外: [X01a, X09]", ["unknown-row"]),
    ],
)
def test_a_mistake_in_a_policy(sound: str, broken: str, codes: list[str], tmp_path: Path) -> None:
    city, found = _spoilt(tmp_path, POLICY, sound, broken)
    assert sorted(found) == sorted(codes)
    assert city is not None


@pytest.mark.parametrize(
    ("sound", "broken", "codes"),
    [
        ("默认: 申报", "默认: 自动", ["unknown-answer"]),
        ("决定: {选项: 补差", "决定: {选项: 减半", ["unknown-answer"]),
        ("决定: {选项: 补差, 日期: 2026-03-01", "决定: {选项: 补差, 日期: 三月", ["wrong-value"]),
        ("决定: 未决", "决定: 待定", ["wrong-value"]),
        ("名称: 兑现方式", "名称: 兑现 方式", ["wrong-value"]),
        ("选项: {免申即享: 免, 申报: 申}", "选项: 申报", ["wrong-shape"]),
        (
            "选项: {免申即享: 免, 申报: 申}",
            "选项: {免申即享: 免, 申报: [申]}",
            ["wrong-shape"],
        ),
        ("条款: 附则\n  问题: 何为", "条款: 附录\n  问题: 何为", ["unknown-clause"]),
        (
            "{全额: 全部投入, 超出部分: 超过门槛的部分}",
            "{全额: 甲, 超出部分: 乙, 一半: 丙}",
            ["option-missing"],
        ),
    ],
)
def test_a_mistake_in_a_question(sound: str, broken: str, codes: list[str], tmp_path: Path) -> None:
    assert _spoilt(tmp_path, QUESTIONS, sound, broken)[1] == codes


@pytest.mark.parametrize(
    ("sound", "broken", "codes"),
    [
        ("日期字段: 竣工日期", "日期字段: 完工日期", ["unknown-field"]),
        ("  - 名称: 贯标", "  - 名称: 智能工厂", ["duplicate-id"]),
        ("    级别: [国家级]\n", "    级别: [星球级]\n", ["unknown-level"]),
        ("小巨人”, 级别: 国家级", "小巨人”, 级别: 市级", ["unknown-level"]),
        ("工厂, 等级: 先进级", "工厂, 等级: 一级", ["unknown-grade"]),
        ("级别别名: {国家: 国家级", "级别别名: {国家: 全国级", ["unknown-alias-target"]),
        ("轮次别名: {认定: 获评", "轮次别名: {认定: 得评", ["wrong-value"]),
        (
            "称号:\n  - 名称: 单项冠军",
            "称号: 单项冠军\n注:\n  - 名称: 单项冠军",
            ["wrong-shape", "unknown-key"],
        ),
        ("    字段:\n      编号: {类型: 编号}\n称号", "    字段: [编号]\n称号", ["wrong-shape"]),
    ],
)
def test_a_mistake_in_the_vocabulary(sound: str, broken: str, codes: list[str], tmp_path: Path) -> None:
    found = [code for code in _spoilt(tmp_path, VOCABULARY, sound, broken)[1] if code in codes]
    assert sorted(found) == sorted(codes)


def test_two_questions_of_one_name(tmp_path: Path) -> None:
    """The first keeps the name; what the rules wanted of the second does not fit it."""
    assert "duplicate-id" in _spoilt(tmp_path, QUESTIONS, "名称: 同一\n", "名称: 配套\n")[1]


def test_a_fact_question_may_not_stand_in_an_expression(tmp_path: Path) -> None:
    sound, broken = "条件: 企业.迁入 或", "条件: 口径 小微条件 = 工信 或 企业.迁入 或"
    assert _spoilt(tmp_path, POLICY, sound, broken)[1] == ["question-not-computed"]


def test_two_validities_are_one_too_many(tmp_path: Path) -> None:
    second = "```duixian\n有效期: 又一个\n自: 2026年1月1日\n至: 2026年1月2日\n```\n\n```duixian\n定义: 投入"
    assert _spoilt(tmp_path, POLICY, "```duixian\n定义: 投入", second)[1] == ["block-twice"]


def test_a_kind_without_a_date_needs_one(tmp_path: Path) -> None:
    """Measures over such a kind say which day counts."""
    block = "\n".join(
        [
            "```duixian",
            "事项: 线索",
            "编号: X09",
            "触发: 线索",
            "奖励: |",
            "  | 编号 | 最高 |",
            "  | X09a | 30万元 |",
            "```",
        ]
    )
    city, found = _spoilt(tmp_path, POLICY, "```duixian\n事项: 技改", f"{block}\n\n```duixian\n事项: 技改")
    assert found == ["missing-key"]
    assert city is not None
    assert [measure.id for measure in city.policies[0].measures] == ["X01", "X02", "X03"]


@pytest.mark.parametrize(
    ("sound", "broken", "code"),
    [
        ("```duixian\n事项: 技改", "```duixain\n事项: 技改", "fence-word"),
        ("\n```\n\n```duixian\n事项: 技改", "\n\n```duixian\n事项: 技改", "fence-open"),
        ("条款: （二）\n名称: 智能化", "条款: （二）\n名称: [智能化", "yaml-syntax"),
    ],
)
def test_what_a_broken_block_hides_is_not_told_as_missing(
    sound: str, broken: str, code: str, tmp_path: Path
) -> None:
    found = set(_spoilt(tmp_path, POLICY, sound, broken)[1])
    assert code in found
    assert not found & {"question-unused", "unknown-clause", "validity-missing", "head-missing"}
