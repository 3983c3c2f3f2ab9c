"""Step 4, choose (就高): 就高不重复 and all limits together, after what was already paid; the best set is exact.

The rejected stay, with the reason and what beat them.
"""

from __future__ import annotations

from duixian.evaluate.best_set import Item, Rules, TooEntangled, best_set
from duixian.evaluate.candidate import Candidate
from duixian.evaluate.contest import Bound, Contest
from duixian.evaluate.ladders import add_ladders
from duixian.evaluate.limits import add_limits, applies
from duixian.evaluate.payments import Payment, is_paid_under
from duixian.evaluate.rivalry import add_rivalry, conflicts
from duixian.rules.determination import Outcome, Step, write_line

CHOOSE, PAYABLE = Step.CHOOSE, Outcome.PAYABLE


def choose(everyone: list[Candidate], payments: tuple[Payment, ...], object_fields: dict[str, str]) -> None:
    """Settle every candidate that is still alive: payable with its amount, not the highest, or over a limit.

    ``everyone`` is one cluster, in document order. Awards that were paid already are settled first; the rest is chosen together.
    """
    if payments:
        _settle_paid(everyone, payments)
    elif len(everyone) == 1:
        if everyone[0].outcome is None:
            _settle_alone(everyone[0])
        return
    alive = [each for each in everyone if each.outcome is None]
    if not alive:
        return
    contest = Contest(alive, everyone, payments, object_fields, Rules(), [])
    unkeyed = add_limits(contest)
    if unkeyed:
        for each, field in unkeyed:
            line = write_line((CHOOSE, "choose.key-unknown", each.program.measure.clause, ((field,),)))
            each.wait_for(frozenset([field]), line)
        choose(everyone, payments, object_fields)
        return
    add_ladders(contest)
    add_rivalry(contest)
    _warn_of_unknowns(contest)
    if contest.rules.are_none:
        for each in alive:
            _settle_alone(each)
        return
    items = [Item(each.ceiling or 0, (each.event_date, place)) for place, each in enumerate(alive)]
    try:
        amounts = best_set(items, contest.rules)
    except TooEntangled:
        for each in alive:
            each.settle(
                Outcome.UNDECIDED,
                write_line((CHOOSE, "choose.too-entangled", each.program.measure.clause, ())),
            )
        return
    _settle(contest, amounts)


def _settle_alone(each: Candidate) -> None:
    """An award without rivals takes its ceiling, or what its own limit allows."""
    amount, clause = each.ceiling or 0, each.program.measure.clause
    for limit in each.program.limits:
        most = limit.limit.max_fen
        if most is not None and most < amount and applies(limit, each):
            amount = most
            each.trace.append(write_line((CHOOSE, "choose.sum", clause, (limit.per, most, 0, amount))))
    _pay(each, amount)


def _settle_paid(everyone: list[Candidate], payments: tuple[Payment, ...]) -> None:
    """An award that was paid is finished, even below its ceiling: approval decided the amount."""
    for each in everyone:
        if each.outcome is not None:
            continue
        own = [
            paid
            for paid in payments
            if paid.fact == each.fact.id and is_paid_under(paid, each.program.measure)
        ]
        if own:
            total = sum(paid.amount for paid in own)
            each.settle(
                Outcome.OVER_LIMIT,
                write_line((CHOOSE, "choose.paid", each.program.measure.clause, (total, own[0].id))),
            )


def _warn_of_unknowns(contest: Contest) -> None:
    """Say where a fact still missing elsewhere could change this award: the other one of its matter is not decided."""
    waiting = [each for each in contest.everyone if each.outcome is Outcome.UNKNOWN]
    if not waiting:
        return
    for each in contest.alive:
        for place, other, clause in conflicts([each, *waiting], contest.object_fields):
            if place == 0:
                rival = waiting[other - 1].program.measure
                each.trace.append(
                    write_line((CHOOSE, "choose.rival-unknown", clause, (rival.name, rival.document)))
                )


def _settle(contest: Contest, amounts: list[int | None]) -> None:
    bounds_of: dict[int, list[Bound]] = {}
    for bound in contest.bounds:
        for member in bound.members:
            bounds_of.setdefault(member, []).append(bound)
    for place, (each, amount) in enumerate(zip(contest.alive, amounts, strict=True)):
        bounds = bounds_of.get(place)
        if bounds is None:
            _pay(each, amount or 0)
            continue
        tight = [one for one in bounds if one.is_tight(place, each.ceiling or 0, amounts)]
        if amount:
            _give(contest, place, amounts, bounds, tight)
        else:
            # An award may be left out for the sake of others although it would have fitted in: then any of its rules tells why.
            _refuse(contest, place, amounts, tight or bounds)


def _pay(each: Candidate, amount: int) -> None:
    each.amount = amount
    each.settle(PAYABLE, write_line((CHOOSE, "choose.payable", each.program.measure.clause, (amount,))))


def _give(
    contest: Contest, place: int, amounts: list[int | None], bounds: list[Bound], tight: list[Bound]
) -> None:
    """The award with what cut it, and the rivals it was preferred to."""
    each, amount = contest.alive[place], amounts[place] or 0
    for bound in tight:
        if bound.cuts and amount < (each.ceiling or 0):
            each.trace.append(write_line((CHOOSE, bound.code, bound.clause, (*bound.args, amount))))
    for bound in (one for one in bounds if not one.cuts):
        beaten = tuple(_name(contest.alive[other]) for other in bound.members if amounts[other] is None)
        if beaten:
            each.trace.append(write_line((CHOOSE, "choose.preferred", bound.clause, (beaten,))))
    _pay(each, amount)


def _refuse(contest: Contest, place: int, amounts: list[int | None], tight: list[Bound]) -> None:
    """Name the rule that kept it out, or that left it nothing: a conflict with a chosen award before any limit."""
    each = contest.alive[place]
    if amounts[place] is None:
        tight = [one for one in tight if not one.cuts] or tight
    bound = min(tight, key=lambda one: one.code != "choose.beaten")
    if bound.cuts:
        each.settle(bound.refuses, write_line((CHOOSE, bound.code, bound.clause, (*bound.args, 0))))
        return
    winners = [other for other in bound.members if other != place and amounts[other] is not None]
    names, given = (
        tuple(_name(contest.alive[other]) for other in winners),
        sum(amounts[other] or 0 for other in winners),
    )
    each.settle(bound.refuses, write_line((CHOOSE, bound.code, bound.clause, (*bound.args, names, given))))


def _name(candidate: Candidate) -> str:
    """How a trace names another award: its matter, document and fact."""
    measure = candidate.program.measure
    return f"{measure.name}（{measure.document}{measure.clause}，{candidate.fact.id}）"
