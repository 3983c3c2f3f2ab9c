"""Every kind of line of a calculation, in the situation that writes it; the whole determination is read in a golden file."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from duixian.rules.decided import Choice
from duixian.rules.determination import Determination
from duixian.rules.expression import All, DecidedAs, Shift, Type
from duixian.rules.fact import Fact
from duixian.rules.measure import Again, History, Ladder, Limit, Promotion
from duixian.rules.policy import (
    AfterPayment,
    Cumulation,
    CumulationReach,
    Exclusion,
    Remainder,
    SameMatter,
    ShareRule,
)  # fmt: skip
from duixian.rules.region import FiscalShare
from duixian.rules.vocabulary import Round
from tests.evaluate.build import (
    WAN,
    at_least,
    award,
    city,
    determine,
    expression,
    fact,
    has_factory,
    measure,
    paid,
    policy,
    project,
    question,
    rate_row,
    row,
    trigger,
    upper_support,
)  # fmt: skip
from tests.evaluate.told import told

Found = Mapping[str, Determination]
OTHER = "乙〔2023〕2号"
BARS = Exclusion("已获上级扶持", "（三十）", expression(upper_support()), frozenset(["e"]))
SHARES = (
    ShareRule("（三一）", frozenset(["（09）"]), frozenset(["东海县"]), (3, 7), "市、县（区）3:7"),
    ShareRule("（三二）", frozenset(), frozenset(), None, "现行财政体制"),
)
BARE = measure("09", (rate_row("a", 12, 500),), kind="投资项目")
STOCK = measure(
    "09",
    (rate_row("a", 12, 500),),
    kind="投资项目",
    condition=All((trigger("存量企业", Type.FLAG), at_least("有效投入额", 200 * WAN))),
)
EXACT = measure("41", (row("e", 50, is_exact=True, 称号="小巨人"),))
GIANT = measure("03", (row("g", 60, 称号="小巨人"),))
CENTRES = measure(
    "05",
    (
        row("a", 50, Round.AWARDED, 称号="技术中心", 级别="国家级"),
        row("b", 20, Round.AWARDED, 称号="技术中心", 级别="省级"),
        row("d", 5, Round.RENEWED, 称号="技术中心", 级别="省级"),
    ),
)
FIRST = measure("04", (row("a", 50, Round.FIRST, 称号="技术中心", 级别="国家级"),))
WHERE = city(policy(STOCK, exclusions=(BARS,), shares=SHARES))
CENTRE = award("F2", "技术中心", 级别="省级")
EARLIER = award("F1", "技术中心", "2026-01-01", 级别="省级", 轮次="获评")


def support(**values: str) -> Fact:
    return fact("上级支持", "S", 日期=date(2026, 1, 1), **values)


def centres(*facts: object, **history: Again) -> Found:
    where = city(policy(measure("05", CENTRES.rows, history=History(**history))))  # type: ignore[arg-type]
    return determine(where, *facts)  # type: ignore[arg-type]


MATCH: dict[str, Callable[[], Found]] = {
    "fits and holds": lambda: determine(WHERE, project("P", 300, 存量企业=True)),
    "a condition fails": lambda: determine(WHERE, project("P", 150, 存量企业=True)),
    "fields are missing": lambda: determine(WHERE, project("P", None), support(事实编号="P")),
    "a second fact is needed": lambda: determine(
        city(policy(measure("11", (row("c", 2, 称号="目录产品"),), condition=has_factory()))),
        award("F", "目录产品"),
    ),
    "no row fits": lambda: centres(award("F", "技术中心", 级别="市级", 轮次="获评")),
    "no measure fits": lambda: centres(award("F", "小巨人")),
    "the roster states no round": lambda: centres(EARLIER, CENTRE),
    "an earlier roster lacks the level": lambda: centres(
        award("F1", "技术中心", "2026-01-01", 轮次="获评"), CENTRE
    ),
    "awarded again and that gives nothing": lambda: centres(
        EARLIER, award("F2", "技术中心", 级别="省级", 轮次="获评"), again=Again.NOTHING
    ),
    "awarded again and that counts as renewed": lambda: centres(
        EARLIER, award("F2", "技术中心", 级别="省级", 轮次="获评"), again=Again.AS_RENEWED
    ),
    "the row is for another round": lambda: centres(award("F", "技术中心", 级别="国家级", 轮次="复评")),
    "the first and the next": lambda: determine(
        city(policy(FIRST)),
        award("F", "技术中心", 级别="国家级"),
        award("G", "技术中心", "2026-05-01", 级别="国家级"),
        award("H", "技术中心", "2026-06-01", 级别="国家级", 轮次="复评"),
    ),
    "whether it is the first cannot be told": lambda: determine(
        city(policy(FIRST)), award("F", "技术中心"), award("G", "技术中心", "2026-05-01", 级别="国家级")
    ),
}

ENTITLE: dict[str, Callable[[], Found]] = {
    "over the cap": lambda: determine(city(policy(BARE)), project("P", 5000)),
    "a rate of an odd sum": lambda: determine(city(policy(BARE)), project("P", None, 有效投入额=99)),
    "the base is missing": lambda: determine(city(policy(BARE)), project("P", None)),
    "the base is zero": lambda: determine(city(policy(BARE)), project("P", 0)),
    "an exact sum": lambda: determine(city(policy(EXACT)), award("F", "小巨人")),
    "a ceiling": lambda: determine(city(policy(GIANT)), award("F", "小巨人")),
}

EXCLUDE: dict[str, Callable[[], Found]] = {
    "before the first day": lambda: determine(WHERE, project("P", 300, "2025-11-30", 存量企业=True)),
    "after the last day": lambda: determine(WHERE, project("P", 300, "2028-12-02", 存量企业=True)),
    "not known on the day": lambda: determine(
        WHERE, project("P", 300, "2026-12-02", 存量企业=True), as_of="2026-12-01"
    ),
    "the event is still to come": lambda: determine(
        city(
            policy(
                measure(
                    "44",
                    BARE.rows,
                    kind="投资项目",
                    event_date=expression(Shift(trigger("竣工日期", Type.DATE), 3, 0), Type.DATE),
                )
            )
        ),
        project("P", 300, "2026-10-31"),
        as_of="2027-01-30",
    ),
    "the date is missing": lambda: determine(city(policy(BARE)), fact("投资项目", "P", 有效投入额=WAN)),
    "supported from above": lambda: determine(
        WHERE, project("P", 300, 存量企业=True), support(事实编号="P", 级别="省级")
    ),
    "support of unknown level": lambda: determine(
        WHERE, project("P", 300, 存量企业=True), support(事实编号="P")
    ),
    "an exempt row": lambda: determine(
        city(policy(EXACT, exclusions=(BARS,))),
        award("F", "小巨人"),
        support(事实编号="F", 级别="省级"),
    ),
}


def rule(
    reach: CumulationReach = CumulationReach.OTHER_DOCUMENTS,
    same: SameMatter = SameMatter.SAME_FACT,
    after: AfterPayment = AfterPayment.DIFFERENCE,
    clause: str = "（二九）",
) -> Cumulation:
    return Cumulation(clause, same, reach, after)


B43 = measure("43", (rate_row("b", 10, 500),), kind="投资项目", document=OTHER)
RIVALS = city(policy(B43, number=OTHER, cumulation=rule(clause="（五）")), policy(BARE, cumulation=rule()))
WAITING = measure("43", B43.rows, kind="投资项目", document=OTHER, condition=trigger("存量企业", Type.FLAG))
ONCE = measure("09", BARE.rows, kind="投资项目", limits=(Limit(("企业", "年度"), max_count=1),))
PRODUCTS = measure(
    "15", (row("c", 12, 称号="目录产品"),), limits=(Limit(("企业", "年度"), max_fen=20 * WAN),)
)
PER_OBJECT = measure("08", (row("a", 20, 称号="小巨人"),), limits=(Limit(("企业", "对象"), max_count=1),))


def climb(mode: Promotion, *more: object) -> Found:
    rungs = (row("a", 60, 称号="小巨人"), row("b", 20, 称号="中小企业"))
    climbing = measure("03", rungs, ladders=(Ladder("梯度", ("企业",), mode, frozenset(["a", "b"])),))
    where = city(policy(climbing))
    return determine(where, award("S", "中小企业", "2026-01-01"), award("T", "小巨人", "2027-01-01"), *more)  # type: ignore[arg-type]


def tangle() -> Found:
    """Twenty awards, most pairs of them under a sum of their own: more sets than can be searched."""
    size = 20
    pairs = [(one, two) for one in range(size) for two in range(one + 1, size, 5)]
    limits = tuple(
        Limit(("企业",), max_fen=1100 * WAN, rows=frozenset([f"r{one}", f"r{two}"])) for one, two in pairs
    )
    rows = tuple(
        row(f"r{place}", 1000 + (place * 7919) % 97, 称号="小巨人", 对象=f"厂{place}")
        for place in range(size)
    )
    where = city(policy(measure("99", rows, limits=limits)))
    found = determine(where, *(award(f"F{place}", "小巨人", 对象=f"厂{place}") for place in range(size)))
    return {"99:F0": found["99:F0"]}


CHOOSE: dict[str, Callable[[], Found]] = {
    "one matter under two documents": lambda: determine(RIVALS, project("P", 3000)),
    "one matter and an object": lambda: determine(
        city(policy(GIANT, PRODUCTS, cumulation=rule(CumulationReach.ALL_CLAUSES, SameMatter.SAME_OBJECT))),
        award("F", "小巨人", 对象="甲"),
        award("G", "目录产品", 对象="甲"),
        award("H", "目录产品", 对象="乙"),
    ),
    "the rival still lacks facts": lambda: determine(
        city(policy(WAITING, number=OTHER, cumulation=rule(clause="（五）")), policy(BARE)),
        project("P", 3000),
    ),
    "one a year": lambda: determine(city(policy(ONCE)), project("P", 300), project("Q", 400)),
    "one a year after a payment": lambda: determine(
        city(policy(ONCE)), project("P", 300), project("Q", 400), paid("Z", 30, "P", clause="（09）")
    ),
    "a sum a year": lambda: determine(
        city(policy(PRODUCTS)),
        *(award(name, "目录产品", f"2026-0{place}-01") for place, name in enumerate("FGH", 1)),
        paid("Z", 3, clause="（15）", 日期=date(2026, 2, 1)),
    ),
    "one award over its own sum": lambda: determine(
        city(policy(measure("15", (row("c", 30, 称号="目录产品"),), limits=PRODUCTS.limits))),
        award("F", "目录产品"),
    ),
    "the object is not recorded": lambda: determine(
        city(policy(PER_OBJECT)), award("F", "小巨人"), award("G", "小巨人", 对象="乙")
    ),
    "a ladder by difference": lambda: climb(Promotion.DIFFERENCE),
    "a ladder by difference after a payment": lambda: climb(
        Promotion.DIFFERENCE, paid("Z", 15, "S", document="旧〔2022〕9号")
    ),
    "a ladder of the highest only": lambda: climb(Promotion.HIGHEST_ONLY),
    "a ladder of the highest only after a payment": lambda: climb(
        Promotion.HIGHEST_ONLY, paid("Z", 15, "S", document="旧〔2022〕9号")
    ),
    "paid already": lambda: determine(
        city(policy(BARE)), project("P", 300), paid("Z", 30, "P", clause="（09）")
    ),
    "the matter was paid elsewhere": lambda: determine(
        city(policy(BARE, cumulation=rule())),
        project("P", 3000),
        paid("Z", 300, "P", document=OTHER, clause="（43）"),
    ),
    "too entangled": tangle,
}

DECIDED_SHARE = ShareRule(
    "（三一）",
    frozenset(),
    frozenset(),
    (3, 7),
    "3:7",
    Choice("尾差", {"县区": Remainder.COUNTY, "市": Remainder.CITY}),
)
QUESTION = question("条件", ("宽", "严"), "宽")
LENIENT = measure("09", BARE.rows, kind="投资项目", condition=DecidedAs("条件", "宽"))
SCOPED = measure("09", BARE.rows, kind="投资项目", scope=DecidedAs("条件", "严"))

SHARE: dict[str, Callable[[], Found]] = {
    "by ratio": lambda: determine(WHERE, project("P", 300, 存量企业=True), 所属地区="东海县"),
    "by the fiscal table": lambda: determine(
        city(policy(GIANT, shares=SHARES), fiscal=(FiscalShare("海州区", 6, 4, "体制", date(2026, 1, 1)),)),
        award("F", "小巨人"),
        所属地区="海州区",
    ),
    "not in the fiscal table": lambda: determine(
        city(policy(GIANT, shares=SHARES)), award("F", "小巨人"), 所属地区="海州区"
    ),
    "not yet in the fiscal table": lambda: determine(
        city(policy(GIANT, shares=SHARES), fiscal=(FiscalShare("海州区", 6, 4, "体制", date(2027, 1, 1)),)),
        award("F", "小巨人"),
        所属地区="海州区",
    ),
    "the area is missing": lambda: determine(city(policy(GIANT, shares=SHARES)), award("F", "小巨人")),
    "the document has no rule": lambda: determine(
        city(policy(GIANT)), award("F", "小巨人"), 所属地区="海州区"
    ),
    "the last fen is a question": lambda: determine(
        city(policy(BARE, shares=(DECIDED_SHARE,)), questions=(question("尾差", ("县区", "市"), "县区"),)),
        project("P", None, 有效投入额=200 * WAN + 9),
        所属地区="东海县",
    ),
    "a question touches it": lambda: determine(
        city(policy(LENIENT), questions=(QUESTION,)), project("P", 300)
    ),
    "a question touches it in a strict run": lambda: determine(
        city(policy(LENIENT), questions=(QUESTION,)), project("P", 300), strict=True
    ),
    "only another option knows of it": lambda: determine(
        city(policy(SCOPED, shares=SHARES), questions=(QUESTION,)), project("P", 300), 所属地区="东海县"
    ),
}

STEPS = {"match": MATCH, "entitle": ENTITLE, "exclude": EXCLUDE, "choose": CHOOSE, "share": SHARE}


@cache
def situations(step: str) -> dict[str, tuple[Determination, ...]]:
    return {name: tuple(situation().values()) for name, situation in STEPS[step].items()}


@pytest.mark.parametrize("step", STEPS)
def test_every_situation_is_told_as_it_was_read(step: str, golden: Callable[[str | Path, str], None]) -> None:
    golden(f"traces/{step}.txt", "\n".join(told(name, found) for name, found in situations(step).items()))


def test_every_line_that_has_words_stands_in_some_situation() -> None:
    found = [
        each for step in STEPS for determinations in situations(step).values() for each in determinations
    ]
    written = {line.code for each in found for line in each.trace}
    assert written == set(tomllib.loads((files("duixian.wording") / "trace.toml").read_text("utf-8")))
