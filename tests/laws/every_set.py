"""The best choice by trying every set of awards, written from the rules and apart from the engine's search."""

from __future__ import annotations

from datetime import date
from itertools import combinations, product

from duixian.rules.determination import Outcome
from duixian.rules.measure import Promotion
from tests.laws.letter import Award, Books, same_group

CHOSEN_FROM = (Outcome.PAYABLE, Outcome.NOT_HIGHEST, Outcome.OVER_LIMIT)


def rivals_in(books: Books) -> list[Award]:
    """The awards that came to the choice, in document order; what was paid already is finished."""
    return [each for each in books.awards if each.found.outcome in CHOSEN_FROM and not books.is_paid(each)]


def best_amounts(books: Books) -> list[int]:
    """The most in fen that any allowed set gives to each rival; of equal sets the one that holds the earlier award."""
    rivals = rivals_in(books)
    best = [0] * len(rivals)
    for taken in product((True, False), repeat=len(rivals)):
        chosen = [each for each, is_taken in zip(rivals, taken, strict=True) if is_taken]
        if _is_allowed(books, chosen):
            amounts: dict[int, int] = {}
            for each in sorted(chosen, key=event_day):
                amounts[id(each)] = _room(books, each, chosen, amounts)
            if sum(amounts.values()) > sum(best):
                best = [amounts.get(id(each), 0) for each in rivals]
    return best


def event_day(award: Award) -> date:
    """The day on which the award fell due, in whose order limits are used up; the trace holds it."""
    day = next(line.args[0] for line in award.found.trace if line.code == "exclude.in-force")
    assert isinstance(day, date)
    return day


def _is_allowed(books: Books, chosen: list[Award]) -> bool:
    """Whether no matter is chosen twice, no count passed and no second rung taken where only one is given."""
    if any(books.are_one_matter(one, two) for one, two in combinations(chosen, 2)):
        return False
    for each in chosen:
        for limit, per, under in books.limits_on(each):
            count = len(same_group(each, per, [one for one in chosen if one in under]))
            if limit.max_count is not None and count + books.count_used(each, limit) > limit.max_count:
                return False
        for per, promotion, under in books.ladders_on(each):
            count = len(same_group(each, per, [one for one in chosen if one in under]))
            if promotion is Promotion.HIGHEST_ONLY and count + (books.paid_on(each, per, under) > 0) > 1:
                return False
    return True


def _room(books: Books, award: Award, chosen: list[Award], amounts: dict[int, int]) -> int:
    """What sum limits, ladders and payments leave to an award after those that took their part before."""
    room = award.ceiling
    for limit, per, under in books.limits_on(award):
        if limit.max_fen is not None:
            taken = _taken(award, per, under, chosen, amounts)
            room = min(room, limit.max_fen - books.fen_used(award, limit) - taken)
    for per, promotion, under in books.ladders_on(award):
        if promotion is Promotion.DIFFERENCE:
            taken = _taken(award, per, under, chosen, amounts)
            room = min(room, award.ceiling - books.paid_on(award, per, under) - taken)
    elsewhere = books.fen_elsewhere(award)
    return max(min(room, books.left_of_matter(award, elsewhere)) if elsewhere else room, 0)


def _taken(
    award: Award, per: tuple[str, ...], under: list[Award], chosen: list[Award], amounts: dict[int, int]
) -> int:
    return sum(
        amounts.get(id(one), 0) for one in same_group(award, per, [one for one in chosen if one in under])
    )
