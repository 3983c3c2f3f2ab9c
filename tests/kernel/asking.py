"""One expression as code, evaluated by the machine for one fact of one dossier of the small city."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np

from duixian.kernel import words as w
from duixian.kernel.assembler import Assembler
from duixian.kernel.dossier_words import DossierWords
from duixian.kernel.machine import RANGES, evaluate, room
from duixian.kernel.program import Program
from duixian.rules.expression import Expr, Type, type_of
from duixian.rules.fact import Fact, Value
from duixian.rules.policy import City
from tests.evaluate.build import city, dossier, expression, measure, policy, row

EPOCH = date(1970, 1, 1)


def asking(expr: Expr, kind: str) -> tuple[Program, Assembler]:
    """A program in which facts of a kind are asked the expression."""
    asked_for = measure("问", (row("a", 1),), kind=kind, event_date=expression(expr, type_of(expr)))
    program = Program(city(policy(asked_for)))
    program.add_set({})
    return program, program.sets[0][0].assembler


def asked(expr: Expr, about: Fact, *others: Fact, **subject: Value) -> Any:
    """What the expression is for a fact: an int, a bool, a date, or the set of the fields that are missing."""
    program, assembler = asking(expr, about.kind)
    at = assembler.assemble(expr).at
    facts, description, order = DossierWords(program.book).encode(dossier(about, *others, **subject))
    image, width = program.image, program.layout.fact_words
    desk = room(len(program.layout.kinds))
    for place, fact in enumerate(order):
        kind = program.layout.kinds[fact.kind].index
        if desk[RANGES + 2 * kind + 1] == 0:
            desk[RANGES + 2 * kind] = place * width
        desk[RANGES + 2 * kind + 1] = (place + 1) * width
    trigger = order.index(about) * width
    value, mask = evaluate(image, at, facts.reshape(-1), trigger, description, 0, desk)
    return set(assembler.bits.missing(mask)) if mask else _told(int(value), type_of(expr))


def _told(value: int, type_: Type) -> object:
    if type_ is Type.FLAG:
        assert value in (w.NO, w.YES)
        return bool(value)
    return EPOCH + timedelta(days=value) if type_ is Type.DATE else value


def flat(rows: Any) -> Any:
    """Rows of words, one after the other."""
    return np.array(rows, np.int64).reshape(-1)


def compiled_city(where: City) -> Program:
    """A city's program as decided."""
    program = Program(where)
    program.add_set(where.decisions)
    return program
