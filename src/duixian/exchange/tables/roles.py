"""Which fields of a kind say whose row it is (身份栏): its number, its enterprise's code, its enterprise's name."""

from __future__ import annotations

from dataclasses import dataclass

from duixian.rules.vocabulary import FactKind, FieldType, Vocabulary


@dataclass(frozen=True, slots=True)
class Roles:
    """The identifying fields of a kind (身份栏); "" where the kind has none.

    Rows of a kind that ``may_be_roster`` (名单) may come without a code, which is then looked up by the name.
    """

    id: str
    code: str
    name: str
    may_be_roster: bool = False


def roles_of(kind: FactKind, vocabulary: Vocabulary) -> Roles:
    """The identifying fields of a kind.

    The number is the first required field of type 编号 (others of that type refer to facts). The name is the first text field
    of the subject (企业名称), and in other kinds the field of the same name. A kind whose code is not required may be a roster.
    """
    code = kind.field_of_type(FieldType.CREDIT_CODE)
    name = vocabulary.subject.field_of_type(FieldType.TEXT)
    if kind.is_subject:
        return Roles("", code, name)
    numbers = [
        each.name for each in kind.fields.values() if each.type is FieldType.IDENTIFIER and each.is_required
    ]
    name = name if name in kind.fields else ""
    is_optional = bool(code) and not kind.fields[code].is_required
    return Roles(numbers[0] if numbers else "", code, name, may_be_roster=bool(name) and is_optional)


def required_of(kind: FactKind, roles: Roles) -> tuple[str, ...]:
    """The fields that every row fills: those that the vocabulary requires, and always whose row it is."""
    return tuple(each.name for each in kind.fields.values() if each.is_required or each.name == roles.code)


def references_of(kind: FactKind, roles: Roles) -> tuple[str, ...]:
    """The fields that hold the number of another fact (事实编号)."""
    return tuple(
        each.name
        for each in kind.fields.values()
        if each.type is FieldType.IDENTIFIER and each.name != roles.id
    )
