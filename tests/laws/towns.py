"""Random small cities: one or two documents whose rules use every part of the language, with three open questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TypeVar

from hypothesis import strategies as st

from duixian.rules.decided import Choice, Decided
from duixian.rules.expression import (
    TRUE,
    All,
    Any,
    Comparator,
    DecidedAs,
    Expr,
    Expression,
    IfElse,
    Literal,
    Not,
    Shift,
    Sum,
    Type,
    YearEnd,
    YearOf,
)
from duixian.rules.measure import (
    Again,
    AwardRow,
    FirstAmong,
    FixedSum,
    History,
    Ladder,
    Limit,
    Measure,
    Promotion,
    RateOfBase,
    Selector,
)
from duixian.rules.policy import (
    AfterPayment,
    City,
    Cumulation,
    CumulationReach,
    Exclusion,
    Policy,
    Remainder,
    SameMatter,
    ShareRule,
)
from duixian.rules.region import FiscalShare
from duixian.rules.vocabulary import Round
from tests.evaluate import build
from tests.evaluate.build import (
    KINDS,
    TITLES,
    WAN,
    at_least,
    equals,
    expression,
    has_factory,
    trigger,
    upper_support,
)

T = TypeVar("T")
QUESTIONS = ("问一", "问二", "问三")
ONE, OTHER = "甲", "乙"
FEN = (50_000_00, 100_000_00, 200_000_00, 200_000_03, 333_333_33, 600_000_00)
NUMBERS = ("甲〔2025〕1号", "乙〔2023〕2号")
FIRST, EARLIER, LAST = date(2025, 12, 1), date(2025, 1, 1), date(2028, 12, 1)


@st.composite
def decided(draw: st.DrawFn, values: Sequence[T]) -> Decided[T]:
    """A plain value, or one for each option of a question."""
    one = draw(st.sampled_from(values))
    if draw(st.booleans()):
        return one
    return Choice(draw(st.sampled_from(QUESTIONS)), {ONE: one, OTHER: draw(st.sampled_from(values))})


QUESTION = st.builds(DecidedAs, st.sampled_from(QUESTIONS), st.sampled_from((ONE, OTHER)))
PROMOTIONS = tuple(Promotion)
OBJECT_LADDER = "级"
Terms = Mapping[str, tuple[Decided[tuple[str, ...]], Decided[Promotion]]]


@st.composite
def rows(draw: st.DrawFn, kind: str, id_: str) -> AwardRow:
    """A row of money for titles, or of a rate for projects, now and then under a question."""
    condition = expression(draw(QUESTION)) if not draw(st.integers(0, 4)) else TRUE
    if kind == "投资项目":
        return AwardRow(id_, (), None, draw(rates()), condition)
    wanted = draw(st.sampled_from((None, Round.AWARDED, Round.AWARDED, Round.FIRST, Round.RENEWED)))
    return AwardRow(id_, draw(cells()), wanted, FixedSum(draw(st.sampled_from(FEN))), condition)


@st.composite
def rates(draw: st.DrawFn) -> RateOfBase:
    whole = trigger("有效投入额", Type.MONEY)
    above = Sum(whole, Literal(200 * WAN, Type.MONEY), -1)
    bases: tuple[Expr, ...] = (whole, above, IfElse(draw(QUESTION), above, whole))
    rate = draw(st.sampled_from((Fraction(12, 100), Fraction(1, 3), Fraction(1, 200))))
    cap = draw(st.sampled_from((None, 60 * WAN, 500 * WAN)))
    return RateOfBase(rate, expression(draw(st.sampled_from(bases)), Type.MONEY), cap)


@st.composite
def cells(draw: st.DrawFn) -> tuple[Selector, ...]:
    titles = draw(st.lists(st.sampled_from(sorted(TITLES)), min_size=1, max_size=2, unique=True))
    title = Selector("称号", Comparator.EQUAL, tuple(titles))
    if titles == ["智能工厂"]:
        comparator = draw(st.sampled_from((Comparator.EQUAL, Comparator.AT_LEAST)))
        return title, Selector("等级", comparator, (draw(st.sampled_from(("先进级", "卓越级"))),))
    return (title,) if draw(st.integers(0, 2)) else (title, Selector("级别", Comparator.AT_LEAST, ("省级",)))


@st.composite
def limits(draw: st.DrawFn, thing: str, ids: Sequence[str]) -> Limit:
    per = draw(decided([("企业", *more) for more in ((), ("年度",), ("行",), (thing,), ("编号",))]))
    some = frozenset(draw(st.sets(st.sampled_from(ids), max_size=len(ids))))
    if draw(st.booleans()):
        return Limit(per, max_count=draw(st.sampled_from((1, 1, 2))), rows=some)
    return Limit(per, max_fen=draw(st.sampled_from((100_000_00, 300_000_00, 500_000_01))), rows=some)


@st.composite
def ladder_terms(draw: st.DrawFn) -> Terms:
    """How each ladder of a city groups and promotes; measures that name it share its terms."""
    groups: dict[str, tuple[tuple[str, ...], ...]] = {
        "梯": (("企业",), ("企业", "年度")),
        "阶": (("企业",), ("企业", "编号")),
        OBJECT_LADDER: (("企业", "对象"),),
    }
    return {name: (draw(decided(per)), draw(decided(PROMOTIONS))) for name, per in groups.items()}


@st.composite
def ladders(draw: st.DrawFn, kind: str, ids: Sequence[str], terms: Terms) -> Ladder:
    name = draw(st.sampled_from([each for each in terms if kind == "认定" or each != OBJECT_LADDER]))
    some = frozenset(draw(st.sets(st.sampled_from(ids), min_size=1, max_size=len(ids))))
    return Ladder(name, *terms[name], some)


@st.composite
def conditions(draw: st.DrawFn, kind: str) -> Expr | None:
    """Nothing, a question, a proof, a bar or a threshold; never a sum that is too much."""
    proof: Expr = has_factory() if kind == "认定" else at_least("有效投入额", 200 * WAN)
    question, bar = draw(QUESTION), upper_support()
    either, unless = Any((question, draw(st.sampled_from((proof, bar))))), Not(All((question, bar)))
    options: tuple[Expr | None, ...] = (None, None, None, question, proof, either, unless, Not(bar))
    return draw(st.sampled_from(options))


@st.composite
def scopes(draw: st.DrawFn, kind: str) -> Expr | None:
    about: Expr = equals("级别", "省级", Type.LEVEL) if kind == "认定" else equals("年度", "", Type.YEAR)
    if kind != "认定":
        about = trigger("存量企业", Type.FLAG)
    return draw(st.sampled_from([None, None, None, about, Not(about)]))


@st.composite
def measures(draw: st.DrawFn, id_: str, document: str, terms: Terms) -> Measure:
    kind = draw(st.sampled_from(("认定", "认定", "投资项目")))
    found = tuple(draw(rows(kind, f"{id_}{letter}")) for letter in "abc"[: draw(st.integers(1, 3))])
    ids, thing = [each.id for each in found], KINDS[kind].object_field
    day = trigger(KINDS[kind].date_field, Type.DATE)
    days = [expression(each, Type.DATE) for each in (day, day, day, YearEnd(YearOf(day)))]
    years: list[Expression] = [expression(YearOf(each), Type.YEAR) for each in (day, day, Shift(day, 1, 0))]
    return build.measure(
        id_,
        found,
        kind=kind,
        scope=draw(scopes(kind)),
        condition=draw(conditions(kind)),
        event_date=draw(decided(days)),
        year=draw(decided(years)),
        document=document,
        limits=tuple(draw(st.lists(limits(thing, ids), max_size=2))),
        ladders=tuple(
            draw(st.lists(ladders(kind, ids, terms), max_size=2, unique_by=lambda each: each.name))
        ),
        history=History(
            draw(decided(tuple(FirstAmong))),
            draw(decided((("企业",), ("企业", thing)))),
            draw(decided(tuple(Again))),
        ),
    )


@st.composite
def policies(draw: st.DrawFn, place: int, terms: Terms) -> Policy:
    number = NUMBERS[place]
    found = [
        draw(measures(f"{place}{letter}", number, terms)) for letter in "甲乙丙"[: draw(st.integers(1, 3))]
    ]
    ids = [row.id for each in found for row in each.rows]
    cumulation = Cumulation(
        "附则",
        draw(decided(tuple(SameMatter))),
        draw(decided(tuple(CumulationReach))),
        draw(decided(tuple(AfterPayment))),
    )
    bars: tuple[Expr, ...] = (upper_support(), All((draw(QUESTION), upper_support())))
    bar = draw(st.sampled_from(bars))
    exempt = draw(decided((frozenset[str](), frozenset(ids[:1]), frozenset(ids))))
    remainder = draw(decided(tuple(Remainder)))
    return build.policy(
        *found,
        number=number,
        first_day=draw(decided((FIRST, EARLIER))),
        last_day=LAST,
        cumulation=draw(st.sampled_from((None, cumulation, cumulation))),
        exclusions=(Exclusion("上级扶持", "附则", expression(bar), exempt),) if draw(st.booleans()) else (),
        shares=(
            ShareRule("附则", frozenset([found[0].clause]), frozenset(["东海县"]), (3, 7), "3:7", remainder),
            ShareRule("附则", frozenset(), frozenset(), None, "现行财政体制", remainder),
        ),
    )


@st.composite
def towns(draw: st.DrawFn) -> City:
    """A city with its questions all open; the default of each may be either option."""
    count, terms = draw(st.integers(1, 2)), draw(ladder_terms())
    questions = tuple(
        build.question(name, (ONE, OTHER), draw(st.sampled_from((ONE, OTHER)))) for name in QUESTIONS
    )
    fiscal = (FiscalShare("海州区", 1, 2, "体制", date(2020, 1, 1)),)
    return build.city(
        *(draw(policies(place, terms)) for place in range(count)), questions=questions, fiscal=fiscal
    )
