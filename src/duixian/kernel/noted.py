"""Marks from notes (口径标记): what other options would give, beside the determinations that they would change."""

from __future__ import annotations

from collections.abc import Sequence

from duixian.kernel import words as w
from duixian.kernel.questions import Option
from duixian.kernel.telling import Teller
from duixian.kernel.trying import N_AMOUNT, N_CITY, N_FACT, N_OUTCOME, N_RESULT, N_RULE, N_SET
from duixian.rules.determination import Determination, Mark
from duixian.rules.fact import Fact

MISSING = w.MISSING


def mark_of(note: Sequence[int], options: Sequence[Option]) -> Mark:
    """The mark that a note tells."""
    interpretation, option = options[note[N_SET] - 1]
    amount, city = note[N_AMOUNT], note[N_CITY]
    return Mark(
        interpretation,
        option,
        w.OUTCOMES[note[N_OUTCOME]],
        None if amount == MISSING else amount,
        None if city == MISSING else city,
    )


def with_notes(
    found: tuple[Determination, ...],
    first: int,
    notes: Sequence[Sequence[int]],
    options: Sequence[Option],
    teller: Teller,
    enterprise: str,
    facts: Sequence[Fact],
    first_fact: int,
) -> tuple[Determination, ...]:
    """The determinations of one enterprise with their marks, and with awards that only another option knows of.

    ``facts`` are its own, in the order of its words; ``first`` is the number of its first result among all, ``first_fact`` that of its
    first fact.
    """
    if not notes:
        return found
    marks: dict[int, list[Mark]] = {}
    brought = []
    for note in notes:
        if note[N_RESULT] >= 0:
            marks.setdefault(note[N_RESULT] - first, []).append(mark_of(note, options))
        else:
            brought.append(note)
    marked = [
        each._replace(marks=tuple(marks[place])) if place in marks else each
        for place, each in enumerate(found)
    ]
    if not brought:
        return tuple(marked)
    outside = [
        (
            (teller.order(note[N_RULE]), note[N_FACT]),
            teller.out_of_scope(
                note[N_RULE], enterprise, teller.fact(note[N_FACT], facts, first_fact), mark_of(note, options)
            ),
        )
        for note in brought
    ]
    told = {
        (fact.kind, fact.id) for note in brought for fact in [teller.fact(note[N_FACT], facts, first_fact)]
    }
    inside = [each for each in marked if each.document]
    rest = [each for each in marked if not each.document and (each.fact_kind, each.fact) not in told]
    return (*_merged(inside, outside, teller, facts, first_fact), *rest)


def _merged(
    inside: list[Determination],
    outside: list[tuple[tuple[int, int], Determination]],
    teller: Teller,
    facts: Sequence[Fact],
    first_fact: int,
) -> list[Determination]:
    """In document order, then in the order of facts; those of one award in the order of the questions."""
    place = {(fact.kind, fact.id): number for number, fact in enumerate(facts, first_fact)}
    keyed = [
        ((teller.order_of(each.measure_id, each.document), place[each.fact_kind, each.fact]), each)
        for each in inside
    ]
    width = teller.width
    keyed += [((order, at // width), each) for (order, at), each in outside]
    return [each for _, each in sorted(keyed, key=lambda pair: pair[0])]
