"""Values that a 口径 decides (可决定的值): every option of the question must lead to a value."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from duixian.rules.decided import Choice, Decided
from duixian.rules.interpretation import Effect
from duixian.source.report import listed, nearest
from duixian.source.shape import Item, Open

if TYPE_CHECKING:
    from duixian.rules.interpretation import Interpretation
    from duixian.source.desk import Desk
    from duixian.source.shape import Shape

T = TypeVar("T")
Word = TypeVar("Word", bound=StrEnum)
Read = Callable[["Shape", bool], "T | None"]
"""Reads a plain value; the flag says whether it stands under a question."""


def read_decided(shape: Shape, desk: Desk, read: Read[T]) -> Decided[T] | None:
    """A plain value, or a choice with one value for every option of its question."""
    if not isinstance(shape, Open):
        return read(shape, False)
    question = question_of(shape, desk)
    if question is None:
        return None
    if not _are_all_handled(shape, question, desk):
        return None
    values = {name: read(value, True) for name, (_, value) in shape.options.items()}
    good = {name: value for name, value in values.items() if value is not None}
    return Choice(question.name, good) if len(good) == len(values) else None


def read_decided_word(
    shape: Shape | None, desk: Desk, kind: type[Word], default: Word
) -> Decided[Word] | None:
    """One of the words of an enumeration; the short form ``{口径: 名称}`` takes the question's options as the words."""
    if shape is None:
        return default
    if not isinstance(shape, Open) or shape.options:
        return read_decided(
            shape, desk, lambda plain, _: kind(plain.text) if isinstance(plain, Item) else None
        )
    question = question_of(shape, desk)
    if question is None:
        return None
    known = [each.value for each in kind]
    strange = [option for option in question.options if option not in known]
    if strange:
        near = listed(known)
        desk.problem(
            "options-not-values", shape.question.place, listed(strange), near, question=question.name
        )
        return None
    return Choice(question.name, {option: kind(option) for option in question.options})


def question_of(shape: Open, desk: Desk) -> Interpretation | None:
    """The question of a choice; it must be one that rules compute."""
    question = desk.question(shape.question.text, shape.question.place)
    if question is None:
        return None
    desk.uses.decided.add(question.name)
    if question.effect is not Effect.RULE:
        desk.problem(
            "question-not-computed",
            shape.question.place,
            question.effect,
            Effect.RULE,
            question=question.name,
        )
    return question


def _are_all_handled(shape: Open, question: Interpretation, desk: Desk) -> bool:
    missing = [option for option in question.options if option not in shape.options]
    if missing:
        desk.problem(
            "option-missing", shape.place, listed(shape.options), listed(missing), question=question.name
        )
    strange = [item for name, (item, _) in shape.options.items() if name not in question.options]
    for item in strange:
        near = nearest(item.text, question.options)
        desk.problem(
            "unknown-answer",
            item.place,
            item.text,
            listed(question.options),
            question=question.name,
            near=near,
        )
    return not missing and not strange
