"""The words of Lianyungang hold together: no written form means two things, and every name that is used exists."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
import yaml

from duixian.rules.region import AreaKind
from duixian.rules.vocabulary import FieldType, Title
from duixian.source.region import read_region
from duixian.source.report import Report
from duixian.source.titles import TitleReader, WrittenTitle, title_key
from duixian.source.vocabulary import read_vocabulary
from tests.house.tree import ROOT

CITY = ROOT / "policies" / "lianyungang"
WORDS: dict[str, Any] = yaml.load((CITY / "vocabulary.yaml").read_text("utf-8"), yaml.BaseLoader)

# DESIGN: the kinds and the fields that every table of the city may rely on.
CORE_FIELDS = {
    "企业": "统一社会信用代码 企业名称 所属地区 主体类型 成立日期 规上类别",
    "认定": "编号 统一社会信用代码 企业名称 称号 级别 等级 轮次 对象 日期 文号",
    "投资项目": "编号 统一社会信用代码 项目名称 类别 年度 有效投入额 竣工日期 存量企业",
    "攻关项目": "编号 统一社会信用代码 项目名称 级别 拨付资金 协议成交额 日期",
    "产品交付": "编号 统一社会信用代码 品类 对象 金额 交付日期 运行起始日期",
    "标准": "编号 统一社会信用代码 类别 名称 角色 日期",
    "上级支持": "编号 统一社会信用代码 事实编号 级别 金额 日期",
    "已兑付": "编号 统一社会信用代码 文号 条款 事项 事实编号 金额 日期",
}

# 连政办规〔2025〕6号 closing paragraphs; 连政办发〔2023〕36号 parts three to five.
UNITS_OF_2025 = "市工信局 市财政局 各县区 功能板块 连云港市人民政府办公室".split()
UNITS_OF_2023 = (
    "市工信局 市发改委 市商务局 市科技局 市国资委 市地方金融监管局 市金融控股集团 市生态环境局 市人才办 市人社局 市教育局 "
    "市总工会 江苏海洋大学 连云港职业技术学院 连云港中等专业学校 市财政局 市交通局 市公安局 市交通控股集团 市市场监管局 "
    "各县区政府 功能板块管委会 市政府"
).split()
AREAS_OF_BOTH = "东海县 灌云县 灌南县 赣榆区 海州区 连云区 市开发区 徐圩新区".split()

SPELLINGS = {
    "国家级专精特新“小巨人”": ("专精特新小巨人", "国家级", ""),
    '国家级专精特新"小巨人"企业': ("专精特新小巨人", "国家级", ""),
    "省级专精特新": ("专精特新中小企业", "省级", ""),
    "江苏省专精特新中小企业": ("专精特新中小企业", "省级", ""),
    "市级创新型中小企业": ("创新型中小企业", "市级", ""),
    "国家级制造业单项冠军": ("制造业单项冠军", "国家级", ""),
    "国家企业技术中心": ("企业技术中心", "国家级", ""),
    "国家工信部制造业中试平台": ("制造业中试平台", "国家级", ""),
    "省制造业中试平台": ("制造业中试平台", "省级", ""),
    "《江苏省重点推广应用的新技术新产品目录》": ("新技术新产品目录", "省级", ""),
    "先进级智能 工厂": ("智能工厂", "省级", "先进级"),
    "江苏省先进级智能工厂": ("智能工厂", "省级", "先进级"),
    "智能工厂（卓越级）": ("智能工厂", "国家级", "卓越级"),
    "国家领航级智能工厂": ("智能工厂", "国家级", "领航级"),
    "基础级智能工厂": ("智能工厂", "", "基础级"),
    "数字化转型贯标二星级": ("数字化转型贯标", "", "2星级"),
    "2星级数字化转型贯标": ("数字化转型贯标", "", "2星级"),
    "CMMM三级": ("智能制造能力成熟度", "", "三级"),
    "CMMM 4级": ("智能制造能力成熟度", "", "四级"),
    "CMMI3": ("CMMI", "", "3级"),
    "ＣＭＭＩ三级": ("CMMI", "", "3级"),
    "双跨平台": ("重点工业互联网平台", "", "双跨"),
    "国家级双跨工业互联网平台": ("重点工业互联网平台", "国家级", "双跨"),
    "省级重点工业互联网平台(企业级)": ("重点工业互联网平台", "省级", "企业级"),
    "省级五星级中小企业公共服务示范平台": ("公共服务平台", "省级", "五级"),
    "省级三级公共服务平台": ("公共服务平台", "省级", "三级"),
    "江苏省四星级上云企业": ("星级上云企业", "省级", "4星级"),
    "江苏省首版次软件": ("首版次软件", "省级", ""),
    "国家级能效“领跑者”": ("能效领跑者", "国家级", ""),
    "国家绿色建材认证": ("绿色建材认证", "国家级", ""),
    "省首台(套)重大装备": ("首台套重大装备", "省级", ""),
    "市级首台套": ("首台套重大装备", "市级", ""),
    "国家级零碳园区": ("零碳工业园区", "国家级", ""),
    "市级近零碳工厂": ("近零碳工厂", "市级", ""),
    "国家级标准化试点（示范）": ("标准化试点示范", "国家级", ""),
    "江苏省小型微型企业创业创新示范基地": ("小微企业创业创新示范基地", "省级", ""),
}


REPORT = Report()
VOCABULARY = read_vocabulary(CITY / "vocabulary.yaml", REPORT)
REGION = read_region(CITY, REPORT)
assert VOCABULARY is not None
TITLES = VOCABULARY.titles
READER = TitleReader.of(VOCABULARY)


def _table(name: str) -> list[dict[str, str]]:
    with (CITY / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def _names(row: dict[str, str]) -> list[str]:
    return [row["name"], *(alias for alias in row["aliases"].split(";") if alias)]


def _repeated(names: Iterable[str]) -> list[str]:
    return sorted(name for name, count in Counter(names).items() if count > 1)


def _fields(kind: str) -> dict[str, dict[str, Any]]:
    fields: dict[str, dict[str, Any]] = WORDS["事实"][kind]["字段"]
    return fields


def test_the_files_are_read_without_a_problem() -> None:
    """Among the problems would be: a form that two titles claim, an area of two names, a level that does not exist."""
    assert REGION is not None
    assert REPORT.sorted() == ()


@pytest.mark.parametrize("kind", CORE_FIELDS)
def test_every_kind_has_its_core_fields(kind: str) -> None:
    lacking = set(CORE_FIELDS[kind].split()) - set(_fields(kind))
    assert not lacking


@pytest.mark.parametrize("kind", WORDS["事实"])
def test_a_header_means_one_field_of_its_table(kind: str) -> None:
    headers = [
        title_key(header)
        for name, field in _fields(kind).items()
        for header in (name, *field.get("表头", ()))
    ]
    assert not _repeated(headers)


@pytest.mark.parametrize("kind", WORDS["事实"])
def test_every_field_has_a_known_type_and_options_where_it_needs_them(kind: str) -> None:
    for name, field in _fields(kind).items():
        kind_of_field = FieldType(field["类型"])
        has_options = kind_of_field in {FieldType.OPTION, FieldType.OPTIONS}
        assert bool(field.get("选项")) is has_options, name
        assert not _repeated(field.get("选项", ())), name


@pytest.mark.parametrize("kind", WORDS["事实"])
def test_the_day_and_the_object_of_a_kind_are_fields_of_it(kind: str) -> None:
    named = [WORDS["事实"][kind].get(key) for key in ("日期字段", "对象字段")]
    assert {name for name in named if name} <= set(_fields(kind))


def test_there_is_one_kind_that_describes_the_enterprise() -> None:
    assert [kind for kind, node in WORDS["事实"].items() if node.get("主体") == "是"] == ["企业"]


def test_an_enterprise_of_a_roster_may_lack_its_code() -> None:
    """A published list names enterprises without codes; the code is then found by the name."""
    assert _fields("认定")["统一社会信用代码"].get("必填", "否") == "否"


def test_no_title_stands_twice() -> None:
    assert not _repeated(node["名称"] for node in WORDS["称号"])


def test_no_written_form_stands_twice_in_a_title() -> None:
    for title in TITLES.values():
        assert not _repeated(
            title_key(form) for form in (title.name, *(alias.text for alias in title.aliases))
        )


def test_an_alias_fixes_only_levels_and_grades_that_its_title_has() -> None:
    for title in TITLES.values():
        for alias in title.aliases:
            assert alias.level in {"", *title.levels}, alias
            assert not alias.grade or title.grade_rank(alias.grade) is not None, alias


def test_a_name_that_a_rule_writes_has_no_space_bracket_or_quote() -> None:
    """Names stand bare in expressions; brackets and quotes belong to the aliases."""
    options = [
        option
        for kind in WORDS["事实"]
        for field in _fields(kind).values()
        for option in field.get("选项", ())
    ]
    grades = [grade for title in TITLES.values() for rank in title.grades for grade in rank]
    fields = [name for kind in WORDS["事实"] for name in _fields(kind)]
    crooked = [name for name in (*TITLES, *options, *grades, *fields) if set(name) & set(" ()（）\"“”'、=<>")]
    assert not crooked


def test_levels_stand_in_their_order() -> None:
    rank = {level: place for place, level in enumerate(WORDS["级别"])}
    for title in TITLES.values():
        assert list(title.levels) == sorted(title.levels, key=rank.__getitem__), title.name


def test_aliases_of_levels_and_grades_lead_to_real_ones() -> None:
    grades = {grade for title in TITLES.values() for rank in title.grades for grade in rank}
    assert set(WORDS["级别别名"].values()) <= set(WORDS["级别"])
    assert set(WORDS["等级别名"].values()) <= grades


def test_being_recognised_anew_is_left_to_a_person() -> None:
    """重新认定 may be a first award after a lapse or a renewal; no alias may decide it."""
    assert not {"重新认定", "再认定"} & set(WORDS["轮次别名"])


@pytest.mark.parametrize("written", SPELLINGS)
def test_a_title_is_read_as_people_write_it(written: str) -> None:
    assert READER.title(written) == WrittenTitle(*SPELLINGS[written])


@pytest.mark.parametrize(
    "title", [title for title in TITLES.values() if title.official_name], ids=lambda each: each.name
)
def test_a_title_is_read_from_its_official_name_with_a_level_before_it(title: Title) -> None:
    """An official name that begins with its level would be read as a whole, and the level lost."""
    if "；" in title.official_name:
        return  # several schemes under one title: for reading only
    for level in title.levels:
        assert READER.title(level + title.official_name) == WrittenTitle(title.name, level)
    begins = [form for form in (*WORDS["级别"], *WORDS["级别别名"]) if title.official_name.startswith(form)]
    assert not begins


def test_no_area_and_no_alias_of_one_stands_twice() -> None:
    assert not _repeated(title_key(name) for row in _table("regions.csv") for name in _names(row))


def test_the_parent_of_every_area_is_an_area() -> None:
    rows = _table("regions.csv")
    names = {row["name"] for row in rows}
    orphans = [row["name"] for row in rows if row["parent"] not in names]
    assert orphans == ["连云港市"]


def test_areas_have_a_known_kind_and_days_in_order() -> None:
    for row in _table("regions.csv"):
        AreaKind(row["kind"])
        days = [date.fromisoformat(row[key]) for key in ("valid_from", "valid_to") if row[key]]
        assert days == sorted(days), row["name"]


def test_a_code_means_one_area_at_a_time() -> None:
    open_codes = [row["code"] for row in _table("regions.csv") if row["code"] and not row["valid_to"]]
    assert not _repeated(open_codes)
    ended = {row["code"] for row in _table("regions.csv") if row["valid_to"]}
    assert all(row["valid_from"] for row in _table("regions.csv") if row["code"] in ended)


@pytest.mark.parametrize("name", AREAS_OF_BOTH)
def test_every_area_that_the_documents_name_is_known(name: str) -> None:
    assert name in [each for row in _table("regions.csv") for each in _names(row)]


def test_no_unit_and_no_alias_of_one_stands_twice() -> None:
    assert not _repeated(title_key(name) for row in _table("units.csv") for name in _names(row))


@pytest.mark.parametrize("name", sorted({*UNITS_OF_2025, *UNITS_OF_2023}))
def test_every_responsible_unit_of_the_documents_is_known(name: str) -> None:
    assert [row["name"] for row in _table("units.csv") if name in _names(row)], name


def test_the_fiscal_table_starts_with_its_header_alone() -> None:
    """现行财政体制 is not in the texts; a share of it that nobody has recorded must stay undecided."""
    header = "area,city_part,county_part,basis,valid_from,valid_to,document,clause"
    assert (CITY / "fiscal.csv").read_text("utf-8").split() == [header]
