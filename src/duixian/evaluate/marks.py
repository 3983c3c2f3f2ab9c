"""Marks (口径标记): every determination that another option of an open question would change, and what that option would give.

Each open question is tried on its own, all others at their default. An option that changes nothing for this dossier is not
mentioned, nor one that moves an award from one kind of no to another: no noise.
"""

from __future__ import annotations

from duixian.evaluate.candidate import Candidate
from duixian.evaluate.dossier_view import DossierView
from duixian.evaluate.program import MeasureProgram
from duixian.evaluate.rulebook import RuleBook
from duixian.evaluate.way import DOSSIER_STEPS, Work, decide_alone, document_order
from duixian.rules.determination import Mark, Outcome, Step, TraceLine
from duixian.rules.fact import Fact

Pair = tuple[MeasureProgram, Fact]


class Trials:
    """The candidates of one dossier as they stood before the choice, from which every other option starts."""

    def __init__(self, book: RuleBook, work: Work) -> None:
        self.book, self.view, self.payments = book, work.view, work.payments
        self.before = [each.copied() if each.outcome is None else each for each in work.candidates]
        self.pairs: list[Pair] = list(_pairs(book, work.view))
        self.at: dict[tuple[int, int], int] = {
            (each.program.order, id(each.fact)): place for place, each in enumerate(work.candidates)
        }

    def under(self, name: str, option: str) -> list[Candidate] | None:
        """All candidates under another option, chosen and shared anew; None when the option changes nothing here."""
        changed: dict[int, Candidate | None] = {}
        new: list[Candidate] = []
        for program, fact in self.pairs:
            if name not in self.book.depends_on[program.measure.id]:
                continue
            other = decide_alone(self.book.variant(program, name, option), fact, self.view)
            place = self.at.get((program.order, id(fact)))
            if place is None:
                if other is not None:
                    new.append(other)
            elif other is None or other.local_state != self.before[place].local_state:
                changed[place] = other
        if not new and not any(self._matters(place, other) for place, other in changed.items()):
            return None
        return self._chosen(changed, new)

    def _matters(self, place: int, other: Candidate | None) -> bool:
        """A change in how awards are chosen together matters only where there is company, or something left over to share."""
        before = self.before[place]
        if other is None or other.local_state[:-1] != before.local_state[:-1]:
            return True
        if other.outcome is not None:
            return False
        if other.program.choice_state[-1] != before.program.choice_state[-1]:
            return True
        return bool(self.payments) or sum(each.outcome is None for each in self.before) > 1

    def _chosen(self, changed: dict[int, Candidate | None], new: list[Candidate]) -> list[Candidate]:
        trial = Work(self.book, self.view)
        for place, before in enumerate(self.before):
            other = changed.get(place, before)
            if other is before and before.outcome is None:
                other = before.copied()
            if other is not None:
                trial.candidates.append(other)
        trial.candidates.extend(new)
        trial.candidates.sort(key=document_order)
        for step in DOSSIER_STEPS:
            step(trial)
        return trial.candidates


def _pairs(book: RuleBook, view: DossierView) -> list[Pair]:
    facts = [fact for kind, each in view.by_kind.items() if book.is_trigger(kind) for fact in each]
    facts.extend(fact for fact in view.later if book.is_trigger(fact.kind))
    return [(program, fact) for fact in facts for program in book.about(fact)]


def add_marks(trials: Trials, work: Work) -> None:
    """Give every candidate its marks. An award that only another option knows of is listed as out of scope, marked."""
    needed = {name for program, _ in trials.pairs for name in trials.book.depends_on[program.measure.id]}
    for name in (each for each in trials.book.open if each in needed):
        for option in trials.book.open[name]:
            others = trials.under(name, option)
            if others is not None:
                _compare(work, others, name, option)


def _compare(work: Work, others: list[Candidate], name: str, option: str) -> None:
    by_key = {(each.program.order, id(each.fact)): each for each in others}
    for mine in work.candidates:
        other = by_key.pop((mine.program.order, id(mine.fact)), None)
        if other is None:
            mine.marks += (Mark(name, option, Outcome.INELIGIBLE, 0, None),)
        elif other.money != mine.money:
            mine.marks += (Mark(name, option, other.outcome or Outcome.UNDECIDED, *other.money),)
    for other in by_key.values():
        if other.outcome is Outcome.PAYABLE:
            mine = Candidate(other.program, other.fact)
            line = TraceLine(Step.MATCH, "match.out-of-scope", other.program.measure.clause, (name,))
            mine.settle(Outcome.INELIGIBLE, line)
            mine.marks = (Mark(name, option, other.outcome, *other.money),)
            work.candidates.append(mine)
