"""Random vocabularies: fact kinds with fields of every type, titles with grades of equal rank, and the areas of a city.

Some fields are there to trip an engine: the same name with another type in another kind (标记), a field that is called like a word
of 每 … (年度), a second title or level, a kind without a day, without a title or without an object.
"""

from __future__ import annotations

from datetime import date

from duixian.rules.house_words import (
    AREA,
    PAYMENT,
    PAYMENT_AMOUNT,
    PAYMENT_CLAUSE,
    PAYMENT_DATE,
    PAYMENT_DOCUMENT,
    PAYMENT_FACT,
    PAYMENT_MATTER,
)
from duixian.rules.region import Area, AreaKind, FiscalShare, Region
from duixian.rules.vocabulary import FactKind, Field, FieldType, Title, Vocabulary
from tests.engines.lot import Lot

ID, CODE, NAME = "编号", "统一社会信用代码", "企业名称"
SUBJECT, SUPPORT = "企业", "上级支持"
LEVELS = ("县级", "市级", "省级", "国家级", "国际级")
GRADES = ("基础级", "先进级", "卓越级", "领航级", "一级", "二级", "三级", "双跨")
TITLES = ("小巨人", "中小企业", "技术中心", "智能工厂", "目录产品", "单项冠军", "绿色工厂")
KINDS = ("认定", "投资项目", "攻关项目", "产品交付", "标准")
OPTIONS = ("整机", "部件", "软件", "服务")
AREAS = ("东海县", "灌云县", "赣榆区", "海州区", "赣榆经开区", "市开发区", "徐圩新区")

F = FieldType
MAYBE: tuple[tuple[str, FieldType, int], ...] = (
    ("称号", F.TITLE, 75),
    ("前身称号", F.TITLE, 28),
    ("级别", F.LEVEL, 60),
    ("推荐级别", F.LEVEL, 20),
    ("等级", F.GRADE, 50),
    ("拟定等级", F.GRADE, 12),
    ("轮次", F.ROUND, 65),
    ("上次轮次", F.ROUND, 15),
    ("对象", F.TEXT, 60),
    ("日期", F.DATE, 92),
    ("竣工日期", F.DATE, 40),
    ("受理日期", F.DATE, 20),
    ("年度", F.YEAR, 35),
    ("申报年度", F.YEAR, 25),
    ("投入额", F.MONEY, 65),
    ("补助额", F.MONEY, 30),
    ("台数", F.COUNT, 35),
    ("新办", F.FLAG, 45),
    ("达标", F.FLAG, 20),
    ("类别", F.OPTION, 40),
    ("方式", F.OPTION, 15),
    ("方向", F.OPTIONS, 55),
    ("地点", F.AREA, 25),
    ("备注", F.TEXT, 20),
    ("相关编号", F.IDENTIFIER, 30),
)
MARK_TYPES = (F.FLAG, F.COUNT, F.MONEY, F.YEAR, F.OPTION, F.TEXT, F.DATE, F.LEVEL)
SUBJECT_MAYBE: tuple[tuple[str, FieldType, int], ...] = (
    (AREA, F.AREA, 93),
    ("注册地", F.AREA, 30),
    ("规上类别", F.OPTION, 50),
    ("产业方向", F.OPTIONS, 40),
    ("成立日期", F.DATE, 50),
    ("营业收入", F.MONEY, 50),
    ("人数", F.COUNT, 40),
    ("制造业", F.FLAG, 50),
    ("评级", F.LEVEL, 30),
    ("入库年度", F.YEAR, 30),
)
PAYMENT_FIELDS: tuple[tuple[str, FieldType, int], ...] = (
    (PAYMENT_DOCUMENT, F.TEXT, 100),
    (PAYMENT_CLAUSE, F.TEXT, 95),
    (PAYMENT_MATTER, F.TEXT, 90),
    (PAYMENT_FACT, F.IDENTIFIER, 97),
    (PAYMENT_AMOUNT, F.MONEY, 100),
    (PAYMENT_DATE, F.DATE, 95),
)


def draw_vocabulary(lot: Lot) -> Vocabulary:
    """Two to four kinds that may trigger, mostly also supports from above and payments, and the enterprise."""
    levels = LEVELS[: lot.randint(2, len(LEVELS))]
    names = lot.some(KINDS, 2, 4)
    kinds = [_subject(lot), *(_kind(lot, name) for name in names)]
    if lot.chance(80):
        kinds.append(_support(lot))
    if lot.chance(92):
        kinds.append(_payment(lot))
    lot.shuffle(kinds)
    titles = [_title(lot, name, levels) for name in lot.some(TITLES, 3)]
    return Vocabulary({each.name: each for each in kinds}, {each.name: each for each in titles}, levels)


def draw_region(lot: Lot) -> Region:
    """Areas, some inside others, some of them zones that stand on their own."""
    names = lot.some(AREAS, 3)
    areas = {}
    for place, name in enumerate(names):
        # Once in a while two areas are each other's parent: looking upwards must still end.
        parents = ["", *names] if lot.chance(5) else ["", *names[:place]]
        kind = lot.of((AreaKind.COUNTY, AreaKind.DISTRICT, AreaKind.SUBZONE, AreaKind.ZONE))
        areas[name] = Area("", name, kind, parent=lot.of(parents))
    return Region(areas, {})


def draw_fiscal_table(
    lot: Lot, region: Region, documents: list[str], clauses: list[str]
) -> tuple[FiscalShare, ...]:
    """Lines of the fiscal table: by day, now and then by document or clause, overlapping, with gaps."""

    def line() -> FiscalShare:
        first = date(lot.of((2022, 2024, 2025, 2026)), lot.of((1, 7)), 1)
        last = date(first.year + lot.of((1, 2)), 6, 30) if lot.chance(35) else None
        city, county = lot.of(RATIOS)
        document, clause = lot.of(("", "", *documents)), lot.of(("", "", "", *clauses))
        basis = f"体制{lot.randint(1, 9)}"
        return FiscalShare(lot.of(tuple(region.areas)), city, county, basis, first, last, document, clause)

    return lot.times(0, 7, line)


RATIOS = ((3, 7), (1, 2), (1, 0), (0, 1), (1, 1), (7, 11), (333, 667), (9999, 1))
"""Parts of city and county (分担比例), some of which leave fen over."""


def _fields(lot: Lot, maybe: tuple[tuple[str, FieldType, int], ...]) -> dict[str, Field]:
    found = [_field(lot, name, type_) for name, type_, percent in maybe if lot.chance(percent)]
    lot.shuffle(found)
    return {each.name: each for each in found}


def _field(lot: Lot, name: str, type_: FieldType) -> Field:
    options = tuple(lot.some(OPTIONS, 2)) if type_ in (F.OPTION, F.OPTIONS) else ()
    return Field(name, type_, options=options)


IDENTITY = {ID: Field(ID, F.IDENTIFIER, is_required=True), CODE: Field(CODE, F.CREDIT_CODE, is_required=True)}
"""The number comes before all references to other facts: the first identifier of a kind is its own."""


def _kind(lot: Lot, name: str) -> FactKind:
    fields = IDENTITY | _fields(lot, MAYBE)
    if lot.chance(45):
        fields["标记"] = _field(lot, "标记", lot.of(MARK_TYPES))
    days = [each.name for each in fields.values() if each.type is F.DATE]
    things = [each for each in ("对象", "对象", "备注", ID, "类别", "相关编号") if each in fields]
    day = lot.of(days) if days and lot.chance(95) else ""
    return FactKind(name, fields, day, lot.of(things) if things and lot.chance(80) else "")


def _subject(lot: Lot) -> FactKind:
    own = {CODE: IDENTITY[CODE], NAME: Field(NAME, F.TEXT, is_required=True)}
    return FactKind(SUBJECT, own | _fields(lot, SUBJECT_MAYBE), is_subject=True)


def _support(lot: Lot) -> FactKind:
    maybe = (
        ("事实编号", F.IDENTIFIER, 95),
        ("级别", F.LEVEL, 85),
        ("金额", F.MONEY, 50),
        ("日期", F.DATE, 90),
    )
    fields = IDENTITY | _fields(lot, maybe)
    return FactKind(SUPPORT, fields, "日期" if "日期" in fields else "")


def _payment(lot: Lot) -> FactKind:
    fields = IDENTITY | _fields(lot, PAYMENT_FIELDS)
    return FactKind(PAYMENT, fields, PAYMENT_DATE if PAYMENT_DATE in fields and lot.chance(95) else "")


def _title(lot: Lot, name: str, levels: tuple[str, ...]) -> Title:
    grades = lot.sample(GRADES, lot.randint(0, 5)) if lot.chance(70) else []
    ranks: list[tuple[str, ...]] = []
    while grades:
        count = 2 if len(grades) > 1 and lot.chance(30) else 1
        ranks.append(tuple(grades[:count]))
        grades = grades[count:]
    return Title(name, tuple(lot.some(levels)) if lot.chance(60) else (), tuple(ranks))
