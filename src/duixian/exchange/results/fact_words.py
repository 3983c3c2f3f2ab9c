"""A fact in words (事实用语): its kind, its number, and the fields that it has."""

from __future__ import annotations

from datetime import date

from duixian.money import format_wan
from duixian.rules.fact import Dossier, Fact, Value
from duixian.rules.vocabulary import FactKind, FieldType, Vocabulary

_IDENTITY = (FieldType.CREDIT_CODE, FieldType.IDENTIFIER)
_NAME = "企业名称"


def fact_words(fact: Fact, vocabulary: Vocabulary) -> str:
    """``认定 R1（称号 智能工厂，等级 先进级，日期 2026-03-01）``: fields in the order of the vocabulary, blank ones left out."""
    kind = vocabulary.kinds[fact.kind]
    told = [
        f"{name} {value_words(fact.values[name], kind, name)}"
        for name, field in kind.fields.items()
        if name in fact.values and field.type not in _IDENTITY and name != _NAME
    ]
    return f"{fact.kind} {fact.id}（{'，'.join(told)}）" if told else f"{fact.kind} {fact.id}"


def subject_words(dossier: Dossier, vocabulary: Vocabulary) -> str:
    """What is known of the enterprise itself."""
    kind = vocabulary.subject
    return "，".join(
        f"{name} {value_words(dossier.subject[name], kind, name)}"
        for name, field in kind.fields.items()
        if name in dossier.subject and field.type not in _IDENTITY and name != _NAME
    )


def value_words(value: Value, kind: FactKind, name: str) -> str:
    """One value as an officer writes it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if kind.fields[name].type is FieldType.MONEY and isinstance(value, int):
        return format_wan(value)
    if isinstance(value, date):
        return value.isoformat()
    return "、".join(value) if isinstance(value, tuple) else str(value)
