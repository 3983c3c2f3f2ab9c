"""Finding enterprises (查找企业): by code or by a part of a name, each officer within his area.

Asked all day long: the queries are written out, since putting them together takes longer than running them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from duixian.credit_code import LENGTH
from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.city import city
from duixian.office.registry.attribute_names import REGISTERED, attribute, name_field
from duixian.rules.house_words import AREA


@dataclass(frozen=True, slots=True)
class Listed:
    """An enterprise in a list (企业): what it is called today, and whose it is."""

    code: str
    name: str
    area: str


@dataclass(frozen=True, slots=True)
class Found:
    """A part of what was found (查找结果), and how many there are in all."""

    total: int
    enterprises: list[Listed]


@dataclass(frozen=True, slots=True)
class _Condition:
    """A condition on an enterprise ``e`` (条件), with what stands in it."""

    text: str
    given: tuple[Any, ...] = ()


def find_enterprises(actor: Actor, text: str = "", *, first: int = 0, most: int = 50) -> Found:
    """The enterprise whose code is the text; else those one of whose names, past ones too, holds it; all without a text.

    By code, from ``first`` on, so many at most.
    """
    demand(actor, "enterprise.list")
    text = text.strip()
    if _is_known(text.upper()):
        mine = [each for each in listed([text.upper()]) if _lies_within(each, actor.area)]
        return Found(len(mine), mine[first : first + most])
    wanted = [_named(text)] if text else []
    if actor.area:
        wanted.append(_within(actor.area))
    where = " AND ".join(each.text for each in wanted) or "1 = 1"
    given = [each for condition in wanted for each in condition.given]
    with connection.cursor() as cursor:
        cursor.execute(_PAGE.format(where), [*given, most, first])
        rows = cursor.fetchall()
        total = rows[0][1] if rows else 0
        if first and not rows:
            cursor.execute(_COUNT.format(where), given)
            ((total,),) = cursor.fetchall()
    return Found(total, listed([code for code, _ in rows]))


def listed(codes: Sequence[str]) -> list[Listed]:
    """Enterprises with their names and areas of today, as ``name_of`` and ``area_of`` have them, read for all of them in one go."""
    if not codes:
        return []
    today, registered = _today(), attribute(REGISTERED).name
    query = _OF_TODAY.format(", ".join(["%s"] * len(codes)))
    with connection.cursor() as cursor:
        cursor.execute(query, [*codes, name_field(), AREA, registered, today, today])
        # Of two that count at once, which the registry does not let in, the first one stands.
        held = {(code, name): _told(value) for code, name, value in reversed(cursor.fetchall())}
    return [
        Listed(
            code,
            held.get((code, name_field()), ""),
            held.get((code, AREA)) or held.get((code, registered), ""),
        )
        for code in codes
    ]


def _is_known(code: str) -> bool:
    """Whether this is the code of an enterprise: what looks like one is looked up before names are searched."""
    if len(code) != LENGTH or not code.isascii():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM registry_enterprise WHERE code = %s", [code])
        return cursor.fetchone() is not None


def _lies_within(each: Listed, area: str) -> bool:
    return not area or city().region.lies_in(each.area, frozenset((area,)))


def _named(text: str) -> _Condition:
    """The codes whose names hold the text."""
    like = f"%{connection.ops.prep_for_like_query(text)}%"
    return _Condition(
        f"e.code IN (SELECT a.enterprise_id FROM registry_attribute a WHERE a.name = %s AND {_text()} {_like()} %s ESCAPE '\\' "
        f"AND {_CURRENT})",
        (name_field(), like),
    )


def _within(area: str) -> _Condition:
    """The codes whose area of today, as ``area_of`` has it, lies in this one; none where the city does not know it."""
    region, today = city().region, _today()
    names = [name for name in region.areas if region.lies_in(name, frozenset((area,)))]
    if not names:
        return _Condition("1 = 0")
    held = f"a.name = %s AND {_text()} IN ({', '.join(['%s'] * len(names))}) AND {_CURRENT} AND {_HOLDS.format('a')}"
    return _Condition(
        f"e.code IN (SELECT a.enterprise_id FROM registry_attribute a WHERE {held} "
        f"UNION SELECT a.enterprise_id FROM registry_attribute a WHERE {held} AND NOT EXISTS ("
        "SELECT 1 FROM registry_attribute m WHERE m.enterprise_id = a.enterprise_id AND m.name = %s AND NOT m.is_withdrawal "
        f"AND {_HOLDS.format('m')} AND NOT EXISTS (SELECT 1 FROM registry_attribute s WHERE s.supersedes_id = m.id)))",
        (AREA, *names, today, today, attribute(REGISTERED).name, *names, today, today, AREA, today, today),
    )


_PAGE = (
    "SELECT e.code, COUNT(*) OVER () FROM registry_enterprise e WHERE {} ORDER BY e.code LIMIT %s OFFSET %s"
)
"""One page, and in each row how many there are in all: found once, not once more to be counted."""
_COUNT = "SELECT COUNT(*) FROM registry_enterprise e WHERE {}"
_CURRENT = (
    "NOT a.is_withdrawal AND NOT EXISTS (SELECT 1 FROM registry_attribute s WHERE s.supersedes_id = a.id)"
)
"""The rows of ``current_attributes``."""
_HOLDS = "({0}.valid_from IS NULL OR {0}.valid_from <= %s) AND ({0}.valid_to IS NULL OR {0}.valid_to >= %s)"
_OF_TODAY = f"""
    SELECT a.enterprise_id, a.name, a.value FROM registry_attribute a
    WHERE a.enterprise_id IN ({{}}) AND a.name IN (%s, %s, %s) AND {_CURRENT} AND {_HOLDS.format("a")}
    ORDER BY a.id
"""


def _text() -> str:
    """The text in a JSON value."""
    return "json_extract(a.value, '$')" if connection.vendor == "sqlite" else "(a.value #>> '{}')"


def _like() -> str:
    """Large and small letters are the same in a search, on both databases."""
    return "LIKE" if connection.vendor == "sqlite" else "ILIKE"


def _told(value: str) -> str:
    read = json.loads(value)
    return str(read) if read is not None else ""


def _today() -> Any:
    return connection.ops.adapt_datefield_value(timezone.localdate())
