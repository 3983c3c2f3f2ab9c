"""Small cities built from the rule types themselves, so that the engine is tested apart from the reader of policies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from duixian.evaluate.engine import Engine
from duixian.rules.decided import Decided
from duixian.rules.determination import Determination
from duixian.rules.expression import (
    TRUE,
    All,
    Comparator,
    Compare,
    Exists,
    Expr,
    Expression,
    FieldRef,
    Literal,
    Scope,
    Type,
    YearOf,
)
from duixian.rules.expression_text import expression_text
from duixian.rules.fact import Dossier, Fact, Value
from duixian.rules.interpretation import Effect, Interpretation, Ruling
from duixian.rules.measure import AwardRow, FixedSum, History, Ladder, Limit, Measure, RateOfBase, Selector
from duixian.rules.policy import City, Cumulation, Exclusion, Head, Policy, ShareRule, Validity
from duixian.rules.region import Area, AreaKind, FiscalShare, Region
from duixian.rules.vocabulary import FactKind, Field, FieldType, Round, Title, Vocabulary

CODE = "91320700TEST00001X"
WAN = 10_000_00
F = FieldType


def fields(**types: FieldType) -> dict[str, Field]:
    return {name: Field(name, type_) for name, type_ in types.items()}


KINDS = {
    "企业": FactKind("企业", fields(企业名称=F.TEXT, 所属地区=F.AREA, 规上类别=F.OPTION), is_subject=True),
    "认定": FactKind(
        "认定",
        fields(
            编号=F.IDENTIFIER,
            称号=F.TITLE,
            级别=F.LEVEL,
            等级=F.GRADE,
            轮次=F.ROUND,
            对象=F.TEXT,
            日期=F.DATE,
        ),
        date_field="日期",
        object_field="对象",
    ),
    "投资项目": FactKind(
        "投资项目",
        fields(
            编号=F.IDENTIFIER,
            项目名称=F.TEXT,
            类别=F.OPTIONS,
            年度=F.YEAR,
            有效投入额=F.MONEY,
            竣工日期=F.DATE,
            存量企业=F.FLAG,
        ),
        date_field="竣工日期",
        object_field="项目名称",
    ),
    "上级支持": FactKind(
        "上级支持",
        fields(编号=F.IDENTIFIER, 事实编号=F.IDENTIFIER, 级别=F.LEVEL, 日期=F.DATE),
        date_field="日期",
    ),
    "已兑付": FactKind(
        "已兑付",
        fields(
            编号=F.IDENTIFIER,
            文号=F.TEXT,
            条款=F.TEXT,
            事项=F.TEXT,
            事实编号=F.IDENTIFIER,
            金额=F.MONEY,
            日期=F.DATE,
        ),
        date_field="日期",
    ),
}
TITLES = {
    "小巨人": Title("小巨人", levels=("国家级",)),
    "中小企业": Title("中小企业", levels=("省级",)),
    "技术中心": Title("技术中心", levels=("省级", "国家级")),
    "智能工厂": Title("智能工厂", grades=(("基础级",), ("先进级",), ("卓越级",), ("领航级",))),
    "目录产品": Title("目录产品", levels=("省级",)),
}
VOCABULARY = Vocabulary(KINDS, TITLES, ("市级", "省级", "国家级"))
AREAS = {
    "东海县": Area("320722", "东海县", AreaKind.COUNTY),
    "赣榆区": Area("320707", "赣榆区", AreaKind.DISTRICT),
    "赣榆经开区": Area("", "赣榆经开区", AreaKind.SUBZONE, parent="赣榆区"),
    "海州区": Area("320706", "海州区", AreaKind.DISTRICT),
    "市开发区": Area("320771", "市开发区", AreaKind.ZONE, parent="东海县"),
}


def trigger(field: str, type_: Type) -> FieldRef:
    return FieldRef(Scope.TRIGGER, field, type_)


def looked_at(field: str, type_: Type) -> FieldRef:
    return FieldRef(Scope.CANDIDATE, field, type_)


def expression(root: Expr, type_: Type = Type.FLAG) -> Expression:
    return Expression(root, type_, expression_text(root))


def at_least(field: str, fen: int) -> Compare:
    return Compare(Comparator.AT_LEAST, trigger(field, Type.MONEY), Literal(fen, Type.MONEY))


def equals(field: str, name: str, type_: Type = Type.OPTION) -> Compare:
    return Compare(Comparator.EQUAL, trigger(field, type_), Literal(name, type_))


def has_factory(grade: str = "先进级") -> Exists:
    """有 认定（称号 = 智能工厂 且 等级 >= … 且 日期 <= 本.日期）."""
    return Exists(
        "认定",
        All(
            (
                Compare(Comparator.EQUAL, looked_at("称号", Type.TITLE), Literal("智能工厂", Type.TITLE)),
                Compare(Comparator.AT_LEAST, looked_at("等级", Type.GRADE), Literal(grade, Type.GRADE)),
                Compare(Comparator.AT_MOST, looked_at("日期", Type.DATE), trigger("日期", Type.DATE)),
            )
        ),
    )


def upper_support() -> Exists:
    """有 上级支持（事实编号 = 本.编号 且 级别 >= 省级）."""
    return Exists(
        "上级支持",
        All(
            (
                Compare(
                    Comparator.EQUAL, looked_at("事实编号", Type.IDENTIFIER), trigger("编号", Type.IDENTIFIER)
                ),
                Compare(Comparator.AT_LEAST, looked_at("级别", Type.LEVEL), Literal("省级", Type.LEVEL)),
            )
        ),
    )


def row(
    id_: str,
    wan: int,
    round_: Round | None = None,
    *,
    is_exact: bool = False,
    condition: Expr | None = None,
    **selectors: str | tuple[str, ...] | Selector,
) -> AwardRow:
    chosen = tuple(
        each
        if isinstance(each, Selector)
        else Selector(field, Comparator.EQUAL, (each,) if isinstance(each, str) else each)
        for field, each in selectors.items()
    )
    return AwardRow(
        id_,
        chosen,
        round_,
        FixedSum(wan * WAN, is_exact),
        expression(condition) if condition is not None else TRUE,
    )


def rate_row(id_: str, percent: int, cap_wan: int | None, base: Expr | None = None) -> AwardRow:
    root = base if base is not None else trigger("有效投入额", Type.MONEY)
    cap = None if cap_wan is None else cap_wan * WAN
    return AwardRow(id_, (), None, RateOfBase(Fraction(percent, 100), expression(root, Type.MONEY), cap))


PLAIN = History()


def measure(
    id_: str,
    rows: tuple[AwardRow, ...],
    *,
    kind: str = "认定",
    scope: Expr | None = None,
    condition: Expr | None = None,
    event_date: Decided[Expression] | None = None,
    year: Decided[Expression] | None = None,
    clause: str = "",
    document: str = "甲〔2025〕1号",
    limits: tuple[Limit, ...] = (),
    ladders: tuple[Ladder, ...] = (),
    history: History = PLAIN,
) -> Measure:
    day = trigger(KINDS[kind].date_field, Type.DATE)
    return Measure(
        id=id_,
        name=f"事项{id_}",
        clause=clause or f"（{id_}）",
        document=document,
        kind=kind,
        scope=TRUE if scope is None else expression(scope),
        condition=TRUE if condition is None else expression(condition),
        event_date=event_date or expression(day, Type.DATE),
        year=year or expression(YearOf(day), Type.YEAR),
        rows=rows,
        limits=limits,
        ladders=ladders,
        history=history,
    )


def policy(
    *measures: Measure,
    number: str = "甲〔2025〕1号",
    first_day: Decided[date] = date(2025, 12, 1),
    last_day: Decided[date] = date(2028, 12, 1),
    cumulation: Cumulation | None = None,
    exclusions: tuple[Exclusion, ...] = (),
    shares: tuple[ShareRule, ...] = (),
) -> Policy:
    return Policy(
        Head(number, "某政策"),
        Validity(first_day, last_day, "附则"),
        (),
        measures,
        cumulation,
        exclusions,
        shares,
    )


def question(name: str, options: tuple[str, ...], default: str, ruling: str = "") -> Interpretation:
    decided = Ruling(ruling, date(2026, 1, 5), "市工信局") if ruling else None
    return Interpretation(
        name,
        "X1",
        "附则",
        "？",
        {each: each for each in options},
        default,
        "原文",
        Effect.RULE,
        ruling=decided,
    )


def city(
    *policies: Policy, questions: tuple[Interpretation, ...] = (), fiscal: tuple[FiscalShare, ...] = ()
) -> City:
    return City(
        "某市", VOCABULARY, Region(AREAS, {}, fiscal), policies, {each.name: each for each in questions}
    )


def fact(kind: str, id_: str, /, **values: Value) -> Fact:
    return Fact(kind, id_, CODE, {"编号": id_, **values})


def award(id_: str, title: str, day: str = "2026-03-01", **values: Value) -> Fact:
    return fact("认定", id_, 称号=title, 日期=date.fromisoformat(day), **values)


def project(id_: str, wan: int | None, day: str = "2026-06-30", **values: Value) -> Fact:
    known: dict[str, Value] = {"类别": ("智改数转网联",), "竣工日期": date.fromisoformat(day), **values}
    return fact("投资项目", id_, **known, **({} if wan is None else {"有效投入额": wan * WAN}))


def paid(
    id_: str, wan: int, fact_id: str = "", document: str = "甲〔2025〕1号", clause: str = "", **values: Value
) -> Fact:
    known: dict[str, Value] = {"文号": document, "金额": wan * WAN, "日期": date(2026, 7, 1), **values}
    if fact_id:
        known["事实编号"] = fact_id
    if clause:
        known["条款"] = clause
    return fact("已兑付", id_, **known)


def dossier(*facts: Fact, **subject: Value) -> Dossier:
    return Dossier(CODE, "某公司", subject, facts)


def determine(
    where: City,
    *facts: Fact,
    as_of: str = "2028-12-31",
    rulings: Mapping[str, str] | None = None,
    strict: bool = False,
    **subject: Value,
) -> dict[str, Determination]:
    """The determinations of one dossier by "measure:fact"."""
    engine = Engine(where, rulings, strict=strict)
    found = engine.determine(dossier(*facts, **subject), date.fromisoformat(as_of))
    return {f"{each.measure_id}:{each.fact}": each for each in found}


def codes(determination: Determination) -> list[str]:
    return [line.code for line in determination.trace]


def wan_of(determination: Determination) -> Any:
    """The amount in 万元 when it is whole, None while unknown."""
    return None if determination.amount_fen is None else Fraction(determination.amount_fen, WAN)
