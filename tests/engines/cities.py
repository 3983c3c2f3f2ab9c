"""Random cities: one to three documents over one vocabulary, with open and decided questions, and rulings on some of them."""

from __future__ import annotations

from datetime import date, timedelta

from duixian.money import MAX_FEN
from duixian.rules.decided import Decided
from duixian.rules.expression import Type
from duixian.rules.house_words import PER_ENTERPRISE, PER_ROW, PER_YEAR
from duixian.rules.interpretation import Effect, Interpretation, Ruling
from duixian.rules.measure import Measure, Promotion
from duixian.rules.policy import (
    AfterPayment,
    City,
    Cumulation,
    CumulationReach,
    Exclusion,
    Head,
    Policy,
    Remainder,
    SameMatter,
    ShareRule,
    Validity,
)
from duixian.rules.region import Region
from duixian.rules.vocabulary import FactKind, Vocabulary
from tests.engines.lot import Lot
from tests.engines.measures import Drafter, LadderTerms, Per
from tests.engines.trees import Figures, Frame, Trees, expression
from tests.engines.vocabularies import RATIOS, draw_fiscal_table, draw_region, draw_vocabulary

NUMBERS = ("甲政办规〔2025〕6号", "乙办发〔2023〕36号", "丙〔2024〕1号")
CLAUSES = ("（一）", "（二）", "（三）", "第三条", "附则")
OPTIONS = ("甲", "乙", "丙", "丁")
SUMS = (
    1,
    99,
    50_000_00,
    100_000_00,
    150_000_00,
    200_000_00,
    200_000_03,
    333_333_33,
    600_000_00,
    5_000_000_00,
)
FIRST_DAYS = (date(2023, 7, 1), date(2024, 2, 29), date(2025, 1, 1), date(2025, 12, 1))
LAST_DAYS = (date(2026, 6, 30), date(2026, 12, 31), date(2028, 2, 29), date(2028, 12, 1))
ONE_DAY = timedelta(days=1)


def draw_city(lot: Lot) -> City:
    """A whole city."""
    vocabulary, region = draw_vocabulary(lot), draw_region(lot)
    questions = _questions(lot)
    trees = Trees(lot, vocabulary, region, _options(questions), _figures(lot))
    drafter = Drafter(lot, trees, tuple(lot.sample(SUMS, lot.randint(2, 4))), {})
    drafter.ladder_terms = _ladder_terms(drafter, vocabulary)
    policies = [_policy(drafter, place, region) for place in range(lot.weighted({1: 4, 2: 5, 3: 2}))]
    clauses = [measure.clause for policy in policies for measure in policy.measures]
    table = draw_fiscal_table(lot, region, [each.number for each in policies], clauses)
    if lot.chance(30):
        policies.reverse()
    return City(
        "某市",
        vocabulary,
        Region(region.areas, {}, table),
        tuple(policies),
        {each.name: each for each in questions},
    )


def draw_rulings(lot: Lot, city: City) -> dict[str, str]:
    """None, or options taken on some questions, decided ones among them."""
    if lot.chance(50):
        return {}
    questions = [each for each in city.interpretations.values() if each.effect is Effect.RULE]
    return {each.name: lot.of(tuple(each.options)) for each in lot.some(questions)}


def _questions(lot: Lot) -> tuple[Interpretation, ...]:
    found = []
    for place in range(lot.randint(0, 5)):
        options = OPTIONS[: lot.weighted({2: 6, 3: 3, 4: 1})]
        ruling = Ruling(lot.of(options), date(2026, 1, 5), "市工信局") if lot.chance(25) else None
        effect = Effect.RULE if lot.chance(92) else lot.of((Effect.FACT, Effect.PROCEDURE))
        found.append(
            Interpretation(
                f"问{place + 1}",
                f"X{place + 1}",
                "附则",
                "？",
                {each: each for each in options},
                lot.of(options),
                "原文",
                effect,
                ruling=ruling,
            )
        )
    return tuple(found)


def _options(questions: tuple[Interpretation, ...]) -> dict[str, tuple[str, ...]]:
    """The options of the questions that rules may depend on."""
    return {each.name: tuple(each.options) for each in questions if each.effect is Effect.RULE}


def _figures(lot: Lot) -> Figures:
    edges = (lot.of(FIRST_DAYS), lot.of(LAST_DAYS), date(2026, 1, 31), date(2025, 8, 31))
    money = (
        lot.of((0, 1, 100_00)),
        *lot.sample(SUMS, 2),
        2_000_000_00,
        MAX_FEN if lot.chance(4) else 30_000_000_00,
    )
    return Figures(money, (0, 1, 2, 3), (2024, 2025, 2026), (*edges, lot.of(edges) + ONE_DAY))


def _ladder_terms(drafter: Drafter, vocabulary: Vocabulary) -> LadderTerms:
    """How each ladder groups its rungs and promotes; measures of several kinds and documents may share it."""
    lot = drafter.lot
    kinds = [each for each in vocabulary.kinds.values() if not each.is_subject]

    def per() -> Per:
        field = lot.of(tuple(lot.of(kinds).fields))
        more = lot.some((PER_YEAR, PER_ROW, "对象", field), 0, 2 if lot.chance(40) else 0)
        return tuple(dict.fromkeys((PER_ENTERPRISE, *more)))

    def promotion() -> Promotion:
        return lot.of((Promotion.FULL, Promotion.DIFFERENCE, Promotion.DIFFERENCE, Promotion.HIGHEST_ONLY))

    return {name: (drafter.decided(per), drafter.decided(promotion)) for name in ("梯", "阶", "级")}


def _policy(drafter: Drafter, place: int, region: Region) -> Policy:
    lot, number = drafter.lot, NUMBERS[place]
    kinds = [each for each in drafter.trees.kinds if each.name not in RARE_TRIGGERS or lot.chance(4)]
    measures = tuple(
        drafter.measure(f"{'ABC'[place]}{order}", number, lot.of(CLAUSES), lot.of(kinds))
        for order in range(lot.weighted({1: 3, 2: 4, 3: 3, 4: 1}))
    )
    triggers = tuple(
        drafter.trees.vocabulary.kinds[name] for name in dict.fromkeys(each.kind for each in measures)
    )
    return Policy(
        Head(number, "某政策"),
        Validity(
            drafter.decided(lambda: lot.of(FIRST_DAYS)), drafter.decided(lambda: lot.of(LAST_DAYS)), "附则"
        ),
        (),
        measures,
        _cumulation(drafter) if lot.chance(70) else None,
        lot.times(0, 2, lambda: _exclusion(drafter, measures, triggers)) if lot.chance(50) else (),
        _shares(drafter, measures, region),
    )


RARE_TRIGGERS = ("上级支持", "已兑付")
"""Kinds that prove or pay, and seldom trigger anything themselves."""


def _cumulation(drafter: Drafter) -> Cumulation:
    lot = drafter.lot
    return Cumulation(
        "附则",
        drafter.decided(lambda: lot.of(tuple(SameMatter))),
        drafter.decided(lambda: lot.of(tuple(CumulationReach))),
        drafter.decided(lambda: lot.of(tuple(AfterPayment))),
    )


def _exclusion(drafter: Drafter, measures: tuple[Measure, ...], triggers: tuple[FactKind, ...]) -> Exclusion:
    """A bar for all measures of a document; some rows are exempt, under some options all or none."""
    lot = drafter.lot
    rows = [row.id for measure in measures for row in measure.rows]

    def exempt() -> frozenset[str]:
        return frozenset(lot.some(rows)) if lot.chance(40) else frozenset()

    root = drafter.trees.condition(Frame(triggers), lot.of((0, 1, 2, 2, 3)))
    name = lot.of(("上级扶持", "失信", "同类扶持"))
    return Exclusion(name, "附则", expression(root, Type.FLAG), drafter.decided(exempt))


def _shares(drafter: Drafter, measures: tuple[Measure, ...], region: Region) -> tuple[ShareRule, ...]:
    lot, clauses = drafter.lot, [each.clause for each in measures]
    remainder: Decided[Remainder] = drafter.decided(lambda: lot.of(tuple(Remainder)))

    def rule() -> ShareRule:
        ratio = lot.of(RATIOS) if lot.chance(60) else None
        return ShareRule(
            lot.of(("附则", "（九）")),
            frozenset(lot.some(clauses, 1)) if lot.chance(35) else frozenset(),
            frozenset(lot.some(tuple(region.areas), 1, 2)) if lot.chance(45) else frozenset(),
            ratio,
            f"{ratio[0]}:{ratio[1]}" if ratio else "现行财政体制",
            remainder,
        )

    return lot.times(0, 4, rule) if lot.chance(90) else ()
