"""What hangs on an open question (口径涉及金额): how many determinations another answer would change, and by how much."""

from __future__ import annotations

from dataclasses import dataclass

from duixian.exchange.results.results import Results
from duixian.rules.determination import Determination, Mark
from duixian.rules.interpretation import Effect, Interpretation


@dataclass(frozen=True, slots=True)
class OptionStake:
    """What another option would do to the determinations that it touches (选项影响), in fen.

    ``now_fen`` and ``then_fen`` add up those whose amount is known both ways; ``unknown`` counts the others.
    """

    option: str
    meaning: str
    determinations: int
    enterprises: int
    now_fen: int
    then_fen: int
    unknown: int

    @property
    def change_fen(self) -> int:
        """How much more (or less) the city's awards come to, at most, under this option."""
        return self.then_fen - self.now_fen


@dataclass(frozen=True, slots=True)
class Stake:
    """An open question with what hangs on it (未决口径). Nothing hangs on it when ``determinations`` is 0."""

    question: Interpretation
    holding: str
    determinations: int
    enterprises: int
    options: tuple[OptionStake, ...]

    @property
    def swing_fen(self) -> int:
        """The largest change that any option would bring, up or down."""
        return max((abs(each.change_fen) for each in self.options), default=0)


_Touched = list[tuple[Determination, Mark]]


def stakes(results: Results) -> tuple[Stake, ...]:
    """All open questions: first those with money at stake, the most first, then those that only guide a fact or a procedure."""
    touched: dict[tuple[str, str], _Touched] = {}
    for each in results.determinations:
        for mark in each.marks:
            touched.setdefault((mark.interpretation, mark.option), []).append((each, mark))
    found = [
        _stake(question, results.decisions[question.name], touched) for question in results.open_questions
    ]
    return tuple(
        sorted(found, key=lambda stake: (-stake.swing_fen, -stake.determinations, _rank(stake.question)))
    )


def _rank(question: Interpretation) -> int:
    return list(Effect).index(question.effect)


def _stake(question: Interpretation, holding: str, touched: dict[tuple[str, str], _Touched]) -> Stake:
    others = [option for option in question.options if option != holding]
    marked = [pair for option in others for pair in touched.get((question.name, option), ())]
    return Stake(
        question=question,
        holding=holding,
        determinations=len({each.key for each, _ in marked}),
        enterprises=len({each.enterprise for each, _ in marked}),
        options=tuple(
            _option_stake(option, question.options[option], touched.get((question.name, option), []))
            for option in others
        ),
    )


def _option_stake(option: str, meaning: str, touched: _Touched) -> OptionStake:
    known = [
        (each.amount_fen, mark.amount_fen)
        for each, mark in touched
        if each.amount_fen is not None and mark.amount_fen is not None
    ]
    return OptionStake(
        option=option,
        meaning=meaning,
        determinations=len(touched),
        enterprises=len({each.enterprise for each, _ in touched}),
        now_fen=sum(now for now, _ in known),
        then_fen=sum(then for _, then in known),
        unknown=len(touched) - len(known),
    )
