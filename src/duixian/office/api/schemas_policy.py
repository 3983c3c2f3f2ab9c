"""Policies as answers (政策答复): documents, clauses, measures with their rows, and open questions, as the public part tells them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from duixian.office.api.schema import Schema
from duixian.rules.asking import interpretations_in
from duixian.rules.clause import Clause
from duixian.rules.decided import Choice, Decided, resolve
from duixian.rules.expression_text import SIGNS, expression_text
from duixian.rules.interpretation import Interpretation
from duixian.rules.measure import Amount, AwardRow, FixedSum, Limit, Measure
from duixian.rules.policy import City, Policy
from duixian.rules.vocabulary import FactKind, Field

T = TypeVar("T")


class DocumentAnswer(Schema):
    """A document (政策文件). The days of its validity are those that hold by the city's decisions."""

    number: str
    title: str
    notice_title: str
    short_name: str
    issuer: str
    written_on: date | None
    status: str
    first_day: date
    last_day: date
    clauses: int
    measures: int


class AmountAnswer(Schema):
    """What a row gives (奖励标准): a fixed sum or a rate of a base; a ceiling unless it is exact. Rates are exact fractions."""

    kind: str
    ceiling_fen: int | None
    rate: str | None
    base: str | None
    is_exact: bool


class MeasureRowAnswer(Schema):
    """A row of an award table (奖励条目): which facts it takes, in words, and what it gives."""

    id: str
    takes: dict[str, str]
    round: str | None
    condition: str
    amount: AmountAnswer


class LimitAnswer(Schema):
    """A limit (限制): at most so many, or so much, for each group."""

    per: list[str]
    max_count: int | None
    max_fen: int | None
    rows: list[str]
    is_one_off: bool


class MeasureAnswer(Schema):
    """A measure (扶持事项) under its clause. ``questions`` are the open questions that it hangs on."""

    id: str
    name: str
    document: str
    clause: str
    fact_kind: str
    delivery: str
    payee: str
    condition: str
    rows: list[MeasureRowAnswer]
    limits: list[LimitAnswer]
    units: list[str]
    questions: list[str]


class ClauseAnswer(Schema):
    """A clause (条款): its text as published, what kind it is, and the measures beneath it."""

    id: str
    name: str
    kinds: list[str]
    text: str
    units: list[str]
    measures: list[MeasureAnswer]
    questions: list[str]


class QuestionAnswer(Schema):
    """An open question (口径): its options, which one holds, and whether an officer decided that."""

    name: str
    number: str
    document: str
    clause: str
    question: str
    options: dict[str, str]
    default: str
    holding: str
    is_decided: bool
    basis: str
    effect: str


class WholeDocumentAnswer(DocumentAnswer):
    """A document, clause by clause."""

    text: list[ClauseAnswer]
    questions: list[QuestionAnswer]


class FieldAnswer(Schema):
    """A field of a fact kind (字段)."""

    name: str
    type: str
    is_required: bool
    options: list[str]
    note: str


class KindAnswer(Schema):
    """A fact kind (事实种类): what a dossier may hold."""

    name: str
    is_subject: bool
    date_field: str
    fields: list[FieldAnswer]


def document_answer(city: City, policy: Policy) -> dict[str, Any]:
    """A document without its text."""
    head, decisions = policy.head, city.decisions
    return {
        "number": head.number,
        "title": head.title,
        "notice_title": head.notice_title,
        "short_name": head.short_name,
        "issuer": head.issuer,
        "written_on": head.written_on,
        "status": head.status,
        "first_day": resolve(policy.validity.first_day, decisions),
        "last_day": resolve(policy.validity.last_day, decisions),
        "clauses": len(policy.clauses),
        "measures": len(policy.measures),
    }


def whole_document(city: City, policy: Policy) -> dict[str, Any]:
    """A document with its text, clause by clause."""
    questions = [each for each in city.interpretations.values() if each.document == policy.number]
    return {
        **document_answer(city, policy),
        "text": [_clause(city, policy, each) for each in policy.clauses],
        "questions": [question_answer(each) for each in questions],
    }


def _clause(city: City, policy: Policy, clause: Clause) -> dict[str, Any]:
    return {
        "id": clause.id,
        "name": clause.name,
        "kinds": list(clause.kinds),
        "text": clause.text.strip("\n"),
        "units": list(clause.units),
        "measures": [measure_answer(city, each) for each in policy.measures if each.clause == clause.id],
        "questions": list(clause.interpretations),
    }


def measure_answer(city: City, measure: Measure) -> dict[str, Any]:
    """A measure; what questions leave open is told as it holds now."""
    decisions = city.decisions
    return {
        "id": measure.id,
        "name": measure.name,
        "document": measure.document,
        "clause": measure.clause,
        "fact_kind": measure.kind,
        "delivery": _word(measure.delivery, decisions),
        "payee": measure.payee,
        "condition": _one_line(measure.condition.text),
        "rows": [_row(each) for each in measure.rows],
        "limits": [_limit(each, decisions) for each in measure.limits],
        "units": list(measure.units),
        "questions": list(dict.fromkeys((*interpretations_in(measure), *measure.interpretations))),
    }


def question_answer(question: Interpretation) -> dict[str, Any]:
    """An open question."""
    return {
        "name": question.name,
        "number": question.number,
        "document": question.document,
        "clause": question.clause,
        "question": question.question,
        "options": dict(question.options),
        "default": question.default,
        "holding": question.holding_option,
        "is_decided": question.is_decided,
        "basis": question.basis,
        "effect": question.effect,
    }


def kind_answer(kind: FactKind) -> dict[str, Any]:
    """A fact kind."""
    return {
        "name": kind.name,
        "is_subject": kind.is_subject,
        "date_field": kind.date_field,
        "fields": [_field(each) for each in kind.fields.values()],
    }


def _field(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "type": field.type,
        "is_required": field.is_required,
        "options": list(field.options),
        "note": field.note,
    }


def _row(row: AwardRow) -> dict[str, Any]:
    takes = {
        each.field: f"{'' if each.comparator.value == '=' else SIGNS[each.comparator.value] + ' '}{'、'.join(each.names)}"
        for each in row.selectors
    }
    return {
        "id": row.id,
        "takes": takes,
        "round": row.round,
        "condition": _one_line(row.condition.text),
        "amount": _amount(row.amount),
    }


def _amount(amount: Amount) -> dict[str, Any]:
    if isinstance(amount, FixedSum):
        return {
            "kind": "sum",
            "ceiling_fen": amount.fen,
            "rate": None,
            "base": None,
            "is_exact": amount.is_exact,
        }
    return {
        "kind": "rate",
        "ceiling_fen": amount.cap_fen,
        "rate": str(amount.rate),
        "base": expression_text(amount.base.root),
        "is_exact": amount.is_exact,
    }


def _limit(limit: Limit, decisions: Mapping[str, str]) -> dict[str, Any]:
    per: tuple[str, ...] = resolve(limit.per, decisions)
    return {
        "per": list(per),
        "max_count": limit.max_count,
        "max_fen": limit.max_fen,
        "rows": sorted(limit.rows),
        "is_one_off": limit.is_one_off,
    }


def _word(value: Decided[StrEnum] | Any, decisions: Mapping[str, str]) -> str:
    return str(value.options[decisions[value.interpretation]] if isinstance(value, Choice) else value)


def _one_line(text: str) -> str:
    return " ".join(text.split())
