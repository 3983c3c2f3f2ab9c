"""What the generator has drawn (所见): every part of the language with every option that it can take, counted.

What must be seen is listed from the rule types themselves: a new comparator, promotion or node that nothing draws is told at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from itertools import product
from pathlib import Path

import duixian.evaluate
from duixian.rules.decided import Choice
from duixian.rules.determination import Outcome
from duixian.rules.expression import (
    Compare,
    Contains,
    Exists,
    FieldRef,
    IfElse,
    Literal,
    Scope,
    Shift,
    Sum,
    Type,
    type_of,
)
from duixian.rules.fact import Dossier
from duixian.rules.house_words import PAYMENT, PAYMENT_AMOUNT, PER_ENTERPRISE, PER_ROW, PER_YEAR
from duixian.rules.interpretation import Effect
from duixian.rules.measure import Again, FirstAmong, FixedSum, Limit, Measure, Promotion, RateOfBase, Selector
from duixian.rules.policy import (
    AfterPayment,
    City,
    CumulationReach,
    Policy,
    Remainder,
    SameMatter,
    ShareRule,
)
from duixian.rules.vocabulary import Round
from duixian.source.names import NAMED, RANKED, TYPES
from tests.engines.decides import Docket
from tests.engines.trees import COMPARATORS, COUNTED, EQUALITY, PLAIN_NAMES, TEXTS
from tests.laws.words import nodes

_ENUMERATIONS: tuple[type[StrEnum], ...] = (
    Again, FirstAmong, Promotion, AfterPayment, CumulationReach, SameMatter, Remainder, Round,
)  # fmt: skip
_CODE = re.compile(r'"((?:match|entitle|exclude|choose|share)\.[a-z-]+)"')


def codes_of_engine() -> set[str]:
    """Every code that the reference engine can write, as its source has them."""
    folder = Path(duixian.evaluate.__file__).parent
    return {code for path in folder.glob("*.py") for code in _CODE.findall(path.read_text("utf-8"))}


def expected_features() -> Iterator[str]:
    """Everything that a city or a dossier can be made of."""
    yield from (f"outcome {each}" for each in Outcome)
    for type_ in _ENUMERATIONS:
        yield from (f"{type_.__name__} {each.value}" for each in type_)
    yield from (f"compare {type_} {each.value}" for type_, each in product((*COUNTED, *RANKED), COMPARATORS))
    yield from (f"compare {type_} {each.value}" for type_, each in product((*PLAIN_NAMES, *TEXTS), EQUALITY))
    yield from (f"compare fields of {type_}" for type_ in (*COUNTED, *RANKED, *PLAIN_NAMES, *TEXTS))
    yield from (f"contains {type_}" for type_ in sorted(NAMED))
    yield from (f"selector {type_}" for type_ in sorted(NAMED))
    yield from (f"selector {type_} {each.value}" for type_, each in product(sorted(RANKED), COMPARATORS))
    yield from (f"node {name}" for name in NODES)
    yield from (f"{scope.name} {type_}" for scope, type_ in product((Scope.TRIGGER, Scope.CANDIDATE), Type))
    yield from (f"decided {place}" for place in DECIDED)
    yield from (f"limit per {word}" for word in (PER_ENTERPRISE, PER_YEAR, PER_ROW, "a field"))
    yield from OTHERS


NODES = (
    "Literal", "FieldRef", "Compare", "Contains", "All", "Any", "Not", "Exists", "DecidedAs", "IfElse", "Shift", "Sum",
    "YearOf", "YearEnd",
)  # fmt: skip
DECIDED = (
    "Measure.event_date", "Measure.year", "Limit.per", "Ladder.per", "Ladder.promotion", "History.first_among",
    "History.first_per", "History.again", "Validity.first_day", "Validity.last_day", "Cumulation.same_matter",
    "Cumulation.reach", "Cumulation.after_payment", "Exclusion.exempt", "ShareRule.remainder",
)  # fmt: skip
"""Every place where a question may decide a value."""
OTHERS = (
    "a ceiling", "an exact sum", "a rate", "a rate with a cap", "an exact rate", "a base that is calculated",
    "a row with a condition", "a row of several titles", "a table with rows of any title", "a scope", "a condition",
    "a sum of another sign", "a shift by months", "a shift by days", "a shift backwards", "有 in 有",
    "若 over names", "若 over amounts", "若 over days", "若 over conditions",
    "a limit of awards", "a limit of money", "a limit of some rows",
    "a ladder over measures", "a ladder over documents", "a ladder over kinds", "a ladder on other terms",
    "an exclusion", "an exempt row", "several documents", "two measures of a clause", "two measures of a name",
    "a share of some clauses", "a share of some areas", "a ratio", "the fiscal table",
    "a fiscal line of a document", "a fiscal line of a clause", "a fiscal line that ends",
    "a kind without a day", "a kind without an object", "a kind without a title", "grades of one rank",
    "a decided question", "a question about facts", "a ruling on an open question", "a ruling on a decided question",
    "no facts", "twenty facts", "an enterprise that is not described", "one number for two kinds", "two facts alike but for the number",
    "a payment of nothing", "a payment back", "a payment without an amount", "a sum beyond 64 bits after a rate",
    "a fact of a kind that triggers nothing",
)  # fmt: skip


def features(docket: Docket) -> Counter[str]:
    """How often a docket has each feature; a city's own count once."""
    found = Counter(set(_city_features(docket.city)))
    found.update(set(_ruling_features(docket)))
    for dossier in docket.dossiers:
        found.update(set(_dossier_features(dossier, docket.city)))
    return found


def _city_features(city: City) -> Iterator[str]:
    for node, owner in _owned(city.policies, ""):
        if isinstance(node, Choice):
            yield f"decided {owner}"
        if isinstance(node, StrEnum) and isinstance(node, _ENUMERATIONS):
            yield f"{type(node).__name__} {node.value}"
        if type(node).__name__ in NODES:
            yield f"node {type(node).__name__}"
        yield from _node_features(node)
    for policy in city.policies:
        yield from _policy_features(policy, city)
    yield from _vocabulary_features(city)
    yield from _ladder_features(city)
    for line in city.region.fiscal_table:
        yield from _where(
            ("a fiscal line of a document", line.document),
            ("a fiscal line of a clause", line.clause),
            ("a fiscal line that ends", line.valid_to),
        )


def _owned(node: object, owner: str) -> Iterator[tuple[object, str]]:
    """Every part of a rule with the class and field in which it stands."""
    yield node, owner
    if isinstance(node, tuple | list | frozenset):
        for part in node:
            yield from _owned(part, owner)
    elif isinstance(node, Mapping):
        for part in node.values():
            yield from _owned(part, owner)
    elif is_dataclass(node):
        for each in fields(node):
            yield from _owned(getattr(node, each.name), f"{type(node).__name__}.{each.name}")


def _where(*pairs: tuple[str, object]) -> Iterator[str]:
    yield from (name for name, holds in pairs if holds)


def _node_features(node: object) -> Iterator[str]:
    match node:
        case Compare(comparator=comparator, left=left, right=right):
            type_ = type_of(left)
            yield f"compare {type_} {comparator.value}"
            if isinstance(left, FieldRef) and isinstance(right, FieldRef):
                yield f"compare fields of {type_}"
            yield from _where(("若 over names", isinstance(left, IfElse) and type_ in NAMED))
        case FieldRef(scope=scope, type=type_):
            yield f"{scope.name} {type_}"
        case Contains(left=left):
            yield f"contains {left.type}"
        case Exists(condition=condition):
            yield from _where(("有 in 有", any(isinstance(each, Exists) for each in nodes(condition))))
        case IfElse(then=then):
            kind = {Type.MONEY: "amounts", Type.DATE: "days", Type.FLAG: "conditions"}.get(type_of(then))
            yield from _where((f"若 over {kind}", kind))
        case Sum(sign=sign):
            yield from _where(("a sum of another sign", sign < 0))
        case Shift(months=months, days=days):
            yield from _where(
                ("a shift by months", months),
                ("a shift by days", days),
                ("a shift backwards", months < 0 or days < 0),
            )
        case FixedSum(is_exact=is_exact):
            yield "an exact sum" if is_exact else "a ceiling"
        case RateOfBase():
            yield from _where(
                ("a rate", True),
                ("a rate with a cap", node.cap_fen is not None),
                ("an exact rate", node.is_exact),
                ("a base that is calculated", not isinstance(node.base.root, FieldRef | Literal)),
            )


def _policy_features(policy: Policy, city: City) -> Iterator[str]:
    clauses = [each.clause for each in policy.measures]
    names = [each.name for each in policy.measures]
    yield from _where(
        ("several documents", len(city.policies) > 1),
        ("two measures of a clause", len(set(clauses)) < len(clauses)),
        ("two measures of a name", len(set(names)) < len(names)),
        ("an exclusion", policy.exclusions),
        (
            "an exempt row",
            any(isinstance(each.exempt, frozenset) and each.exempt for each in policy.exclusions),
        ),
    )
    for share in policy.shares:
        yield from _share_features(share)
    for measure in policy.measures:
        yield from _measure_features(measure, city)


def _share_features(share: ShareRule) -> Iterator[str]:
    yield from _where(
        ("a share of some clauses", share.clauses),
        ("a share of some areas", share.areas),
        ("a ratio", share.ratio),
        ("the fiscal table", share.ratio is None),
    )


def _measure_features(measure: Measure, city: City) -> Iterator[str]:
    kind = city.vocabulary.kinds[measure.kind]
    titled = [any(each.field == kind.title_field for each in row.selectors) for row in measure.rows]
    yield from _where(
        ("a scope", measure.scope.text),
        ("a condition", measure.condition.text),
        ("a table with rows of any title", len(set(titled)) > 1),
    )
    for row in measure.rows:
        yield from _where(("a row with a condition", row.condition.text))
        for each in row.selectors:
            yield from _selector_features(each, TYPES[kind.fields[each.field].type])
    for limit in measure.limits:
        yield from _limit_features(limit)


def _selector_features(selector: Selector, type_: Type) -> Iterator[str]:
    yield f"selector {type_}"
    yield f"selector {type_} {selector.comparator.value}"
    yield from _where(("a row of several titles", type_ is Type.TITLE and len(selector.names) > 1))


def _limit_features(limit: Limit) -> Iterator[str]:
    yield from _where(
        ("a limit of awards", limit.max_count is not None),
        ("a limit of money", limit.max_fen is not None),
        ("a limit of some rows", limit.rows),
    )
    for group in limit.per.options.values() if isinstance(limit.per, Choice) else (limit.per,):
        for name in group:
            yield f"limit per {name if name in (PER_ENTERPRISE, PER_YEAR, PER_ROW) else 'a field'}"


def _ladder_features(city: City) -> Iterator[str]:
    by_name: dict[str, list[Measure]] = {}
    terms: dict[str, set[str]] = {}
    for measure in city.measures:
        for ladder in measure.ladders:
            by_name.setdefault(ladder.name, []).append(measure)
            terms.setdefault(ladder.name, set()).add(repr((ladder.per, ladder.promotion)))
    for name, measures in by_name.items():
        yield from _where(
            ("a ladder over measures", len(measures) > 1),
            ("a ladder over documents", len({each.document for each in measures}) > 1),
            ("a ladder over kinds", len({each.kind for each in measures}) > 1),
            ("a ladder on other terms", len(terms[name]) > 1),
        )


def _vocabulary_features(city: City) -> Iterator[str]:
    for kind in city.vocabulary.kinds.values():
        yield from _where(
            ("a kind without a day", not kind.date_field and not kind.is_subject),
            ("a kind without an object", not kind.object_field and not kind.is_subject),
            ("a kind without a title", not kind.title_field and not kind.is_subject),
        )
    ranks = [rank for title in city.vocabulary.titles.values() for rank in title.grades]
    questions = city.interpretations.values()
    yield from _where(
        ("grades of one rank", any(len(rank) > 1 for rank in ranks)),
        ("a decided question", any(each.is_decided for each in questions)),
        ("a question about facts", any(each.effect is not Effect.RULE for each in questions)),
    )


def _ruling_features(docket: Docket) -> Iterator[str]:
    for name in docket.rulings:
        is_decided = docket.city.interpretations[name].is_decided
        yield "a ruling on a decided question" if is_decided else "a ruling on an open question"


def _dossier_features(dossier: Dossier, city: City) -> Iterator[str]:
    facts = dossier.facts
    ids, triggers = {each.id for each in facts}, {each.kind for each in city.measures}
    amounts = [each.values.get(PAYMENT_AMOUNT) for each in facts if each.kind == PAYMENT]
    sums = [value for each in facts for value in each.values.values() if type(value) is int]
    yield from _where(
        ("no facts", not facts),
        ("twenty facts", len(facts) >= 20),
        ("an enterprise that is not described", not dossier.subject),
        ("one number for two kinds", len(ids) < len(facts)),
        ("two facts alike but for the number", _are_some_alike(dossier)),
        ("a payment of nothing", 0 in amounts),
        ("a payment back", any(isinstance(each, int) and each < 0 for each in amounts)),
        ("a payment without an amount", None in amounts),
        ("a sum beyond 64 bits after a rate", any(each >= 10**16 for each in sums)),
        ("a fact of a kind that triggers nothing", any(each.kind not in triggers for each in facts)),
    )


def _are_some_alike(dossier: Dossier) -> bool:
    own = {"编号"}
    seen = [
        (each.kind, {name: value for name, value in each.values.items() if name not in own})
        for each in dossier.facts
    ]
    return any(one == two for place, one in enumerate(seen) for two in seen[place + 1 :])
