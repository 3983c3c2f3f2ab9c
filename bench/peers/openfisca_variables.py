"""What both ways of writing the law in OpenFisca begin and end with (OpenFisca 变量): inputs, time, projects, shares, totals.

All variables are defined for eternity: a fact has its day, and is decided once. Amounts are float32 yuan. Nothing is missing in OpenFisca;
whether an amount was recorded is told by a variable of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
from openfisca_core.indexed_enums import Enum
from openfisca_core.model_api import ETERNITY, Variable  # type: ignore[import-untyped]

from bench.peers.openfisca_groups import TIMES, Array
from bench.peers.openfisca_law import (
    DOCUMENTS,
    Category,
    Enterprise,
    Fact,
    Grade,
    Level,
    Recognition,
    Round,
    Size,
    Title,
    by_category,
)

Formula = Callable[[Any, Any, Any], Array]

_INPUTS: tuple[tuple[str, Any, Any, Any], ...] = (
    ("recognition", Fact, Enum, Recognition),
    ("title", Fact, Enum, Title),
    ("level", Fact, Enum, Level),
    ("grade", Fact, Enum, Grade),
    ("round", Fact, Enum, Round),
    ("category", Fact, Enum, Category),
    ("day", Fact, date, None),
    ("slot", Fact, int, None),
    ("invested", Fact, float, None),
    ("is_invested_known", Fact, bool, None),
    ("is_existing", Fact, bool, None),
    ("is_supported", Fact, bool, None),
    ("size", Enterprise, Enum, Size),
)
"""What facts and enterprises bring along: name, entity, type and enum."""


def variable(name: str, entity: Any, type_: Any, formula: Formula | None = None, enum: Any = None) -> Any:
    """The class of a variable, as an author would write it out."""
    body: dict[str, Any] = {
        "value_type": type_,
        "entity": entity,
        "definition_period": ETERNITY,
        "label": name,
    }
    if enum is not None:
        body |= {"possible_values": enum, "default_value": enum["none"]}
    if formula is not None:
        body["formula"] = formula
    return type(name, (Variable,), body)


def inputs() -> list[Any]:
    """The variables without a formula."""
    return [variable(name, entity, type_, enum=enum) for name, entity, type_, enum in _INPUTS]


def shared() -> list[Any]:
    """Variables of time and force, and of what is paid in the end; the law says what is claimed and given under each document."""
    return [
        variable("time", Fact, int, _time),
        variable("is_project", Fact, bool, _is_project),
        *(variable(f"in_force_{letter}", Fact, bool, _in_force(letter)) for letter in DOCUMENTS),
        variable("paid", Fact, float, _paid),
        variable("paid_by_city", Fact, float, _paid_by_city),
        variable("paid_by_county", Fact, float, _paid_by_county),
        variable("total_paid", Enterprise, float, _total_paid),
    ]


def codes(fact: Any, name: str, period: Any) -> Array:
    """An enum as plain places in its list, to index tables with."""
    return np.asarray(fact(name, period))


def of_category(fact: Any, period: Any, parameters: Any, letter: str, field: str) -> Array:
    """A parameter of each project's category under a document; amounts and rates as float32."""
    table = by_category(parameters(period)[letter].projects, field)
    exact: Array = (table if table.dtype == bool else table.astype(np.float32))[
        codes(fact, "category", period)
    ]
    return exact


def days(fact: Any, period: Any) -> Array:
    """The days of the facts, counted from 1970-01-01."""
    return np.asarray(fact("day", period)).astype("datetime64[D]").astype(np.int32)


def years(fact: Any, period: Any) -> Array:
    """The years of the facts, 2025 as 0."""
    return np.asarray(fact("day", period)).astype("datetime64[Y]").astype(np.int64) - 55


def tie_of(fact: Any, period: Any) -> Array:
    """Which of two equal gains is taken: one without an award under B, of those the first; then of those with one the last."""
    time = fact("time", period)
    tie: Array = np.where(fact("claim_b", period) > 0, time, 2 * TIMES - time)
    return tie


def _time(fact: Any, period: Any, _: Any) -> Array:
    time: Array = days(fact, period) * 100 + fact("slot", period)
    return time


def _is_project(fact: Any, period: Any, _: Any) -> Array:
    is_project: Array = codes(fact, "category", period) != Category["none"].index
    return is_project


def _in_force(letter: str) -> Formula:
    def formula(fact: Any, period: Any, parameters: Any) -> Array:
        node, day = parameters(period)[letter], days(fact, period)
        found: Array = (day >= node.first_day) & (day <= node.last_day)
        return found

    return formula


def _paid(fact: Any, period: Any, _: Any) -> Array:
    paid: Array = fact("given_b", period) + fact("given_a", period)
    return paid


def _paid_by_city(fact: Any, period: Any, parameters: Any) -> Array:
    # A whole percentage: what 0.3 is in float32 would be off in the third part of all shares.
    percent = np.float32(parameters(period).percent_of_the_city)
    city: Array = np.floor(fact("paid", period) * percent) / 100
    return city


def _paid_by_county(fact: Any, period: Any, _: Any) -> Array:
    county: Array = fact("paid", period) - fact("paid_by_city", period)
    return county


def _total_paid(enterprise: Any, period: Any, _: Any) -> Array:
    total: Array = enterprise.sum(enterprise.members("paid", period))
    return total
