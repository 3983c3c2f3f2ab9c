"""The names of attributes (属性名): the fields of the city's 企业 table, and four areas that are four different facts.

Where an enterprise is registered, where it pays tax, where it is counted and which zone manages it need not be one place. A city's
table may call them its own way (注册地, 管理板块); the office knows each under the name that the city has for it.
"""

from __future__ import annotations

from collections.abc import Mapping

from duixian.exchange.tables.header import HeaderNames
from duixian.office.city import city
from duixian.office.refusal import Refusal
from duixian.rules.vocabulary import FactKind, Field, FieldType

REGISTERED, TAXED, COUNTED, MANAGED = "注册地区", "纳税地区", "统计地区", "管理园区"
AREAS: Mapping[str, tuple[str, ...]] = {
    REGISTERED: ("注册地", "注册地区"),
    TAXED: ("纳税地", "纳税地区"),
    COUNTED: ("统计地", "统计地区"),
    MANAGED: ("管理板块", "管理园区"),
}
"""The four areas, each with the names under which a city's table may carry it."""
FORMER_NAMES = "曾用名"
"""The field with the names that an enterprise bore before, separated by 、 or ；."""


def attribute(name: str) -> Field:
    """The field behind a name: its own name, another header of it, or one of the four areas.

    Raises:
        Refusal: ``attribute-unknown``.
    """
    subject = city().vocabulary.subject
    names = _names(subject)
    for written in (name, *AREAS.get(name, ())):
        found = names.field(written)
        if found is not None:
            return found[0]
    if name in AREAS:
        return Field(name, FieldType.AREA)
    raise Refusal(
        "attribute-unknown",
        f"没有这个企业属性：{name[:40]}",
        why="不是企业表的字段，也不是四种地区",
        fix=f"可用的属性：{'、'.join(subject.fields)}",
    )


def _names(subject: FactKind) -> HeaderNames:
    """The names of the subject's fields, kept as long as the city stays the same: every look at an enterprise asks for them."""
    global _kept
    if _kept is None or _kept[0] is not subject:
        _kept = (subject, HeaderNames(subject))
    return _kept[1]


_kept: tuple[FactKind, HeaderNames] | None = None


def name_field() -> str:
    """The field that holds an enterprise's name (企业名称): the first text field of the subject."""
    return city().vocabulary.subject.field_of_type(FieldType.TEXT)


def code_field() -> str:
    """The field that holds the credit code (统一社会信用代码)."""
    return city().vocabulary.subject.field_of_type(FieldType.CREDIT_CODE)
