"""Marks (口径标记): every determination that another option of an open question would change, and what that option would give.

Each open question is tried on its own, all others at their default. An option that changes nothing for this dossier is not
mentioned, nor one that moves an award from one kind of no to another: no noise.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from duixian.evaluate.candidate import Candidate
from duixian.evaluate.clusters import clusters
from duixian.evaluate.dossier_view import DossierView
from duixian.evaluate.program import MeasureProgram
from duixian.evaluate.rivalry import are_rivals
from duixian.evaluate.rulebook import Option, RuleBook
from duixian.evaluate.way import DOSSIER_STEPS, Work, decide_alone, document_order
from duixian.rules.determination import Mark, Outcome, Step, TraceLine
from duixian.rules.fact import Fact

Key = tuple[int, int]
"""A candidate's measure (its order) and fact (its identity)."""
Change = tuple[Option, Candidate | None]
Touched = dict[Key, Candidate | None]
"""Candidates decided anew under one option; None where it takes the fact out of scope."""


class Trials:
    """The candidates of one dossier as they stood before the choice, from which every other option starts."""

    def __init__(self, book: RuleBook, work: Work) -> None:
        self.book, self.view, self.work = book, work.view, work
        self.before = {
            _key(each): each.copied() if each.outcome is None else each for each in work.candidates
        }
        self.company: dict[Key, list[Candidate]] = {}
        for cluster in clusters(list(self.before.values()), book.object_fields):
            for each in cluster:
                self.company[_key(each)] = cluster

    def touched(self) -> dict[tuple[str, str], Touched]:
        """For every option that may matter here: the candidates that it touches, decided anew under it."""
        found: dict[tuple[str, str], Touched] = {}
        settled = {_key(each): each for each in self.work.candidates}
        for program, fact in _pairs(self.book, self.view):
            key = (program.order, id(fact))
            before = self.before.get(key)
            if before is None:
                changes = self._brought_in(program, fact)
            else:
                changes = chain(self._changed(before), self._tied_otherwise(before, settled[key]))
            for option, other in changes:
                found.setdefault(option[:2], {})[key] = other
        return found

    def _brought_in(self, program: MeasureProgram, fact: Fact) -> Iterator[Change]:
        """Options that bring a fact into a measure's scope."""
        for option in self.book.options(program):
            if option.opens_scope:
                other = decide_alone(option.program, fact, self.view)
                if other is not None:
                    yield option, other

    def _changed(self, before: Candidate) -> Iterator[Change]:
        """Options that change what the choice sees of a candidate."""
        for option in self.book.options(before.program):
            for probe in option.probes:
                if probe(before, self.view):
                    other = decide_alone(option.program, before.fact, self.view)
                    if other is None or other.before_choice != before.before_choice:
                        yield option, other
                    break

    def _tied_otherwise(self, before: Candidate, settled: Candidate) -> Iterator[Change]:
        """Options that change the rules between awards, where there are others, or something paid, or a fen left over."""
        if before.outcome is not None:
            return
        others = [each for each in self.company[_key(before)] if each is not before and each.outcome is None]
        if not others and not self.work.payments and not settled.leaves_a_fen:
            return
        for option in self.book.options(before.program):
            if self._ties_otherwise(option, before, others) or (
                option.changes_remainder and settled.leaves_a_fen
            ):
                yield option, decide_alone(option.program, before.fact, self.view)

    def _ties_otherwise(self, option: Option, one: Candidate, others: list[Candidate]) -> bool:
        if not (option.changes_limits or option.changes_ladders or option.changes_rivalry):
            return False
        if self.work.payments:
            return True
        if option.changes_limits and any(two.program.measure is one.program.measure for two in others):
            return True
        if option.changes_ladders and any(not _ladders(one).isdisjoint(_ladders(two)) for two in others):
            return True
        here, there = one.program.cumulation, option.program.cumulation
        fields = self.book.object_fields
        return option.changes_rivalry and any(
            are_rivals(there, one, two, fields) != are_rivals(here, one, two, fields) for two in others
        )

    def under(self, touched: Touched, name: str, option: str) -> tuple[set[Key], list[Candidate]]:
        """The touched clusters, and their candidates chosen and shared anew under one option."""
        is_known = touched.keys() <= self.company.keys()
        keys = {_key(each) for key in touched for each in self.company[key]} if is_known else set(self.before)
        trial = Work(self.book, self.view)
        for key in keys | touched.keys():
            other = touched[key] if key in touched else self._again(self.before[key], name, option)
            if other is not None:
                trial.candidates.append(other)
        trial.candidates.sort(key=document_order)
        for step in DOSSIER_STEPS:
            step(trial)
        return keys, trial.candidates

    def _again(self, before: Candidate, name: str, option: str) -> Candidate:
        """A candidate that the option does not touch itself, in the company of one that it does."""
        if before.outcome is not None:
            return before
        twin = before.copied()
        for each in self.book.options(before.program):
            if each[:2] == (name, option):
                twin.program = each.program
        return twin


def _key(candidate: Candidate) -> Key:
    return (candidate.program.order, id(candidate.fact))


def _ladders(candidate: Candidate) -> set[str]:
    row = candidate.row.row.id if candidate.row else ""
    return {ladder.name for ladder, _, _ in candidate.program.ladders if row in ladder.rows}


def _pairs(book: RuleBook, view: DossierView) -> Iterator[tuple[MeasureProgram, Fact]]:
    for kind, facts in view.by_kind.items():
        if book.is_trigger(kind):
            for fact in facts:
                for program in book.about(fact):
                    yield program, fact


def add_marks(trials: Trials) -> None:
    """Give every candidate its marks. An award that only another option knows of is listed as out of scope, marked."""
    touched = trials.touched()
    if not touched:
        return
    mine = {_key(each): each for each in trials.work.candidates}
    for name, options in trials.book.open.items():
        for option in options:
            if (name, option) in touched:
                keys, others = trials.under(touched[name, option], name, option)
                _compare(trials, {key: mine[key] for key in keys}, others, name, option)


def _compare(
    trials: Trials, mine: dict[Key, Candidate], others: list[Candidate], name: str, option: str
) -> None:
    by_key = {_key(each): each for each in others}
    for key, each in mine.items():
        other = by_key.pop(key, None)
        if other is None:
            each.marks += (Mark(name, option, Outcome.INELIGIBLE, 0, None),)
        elif other.money != each.money:
            each.marks += (Mark(name, option, other.outcome or Outcome.UNDECIDED, *other.money),)
    for other in by_key.values():
        if other.outcome is Outcome.PAYABLE:
            trials.work.candidates.append(_out_of_scope(other, name, option))


def _out_of_scope(other: Candidate, name: str, option: str) -> Candidate:
    each = Candidate(other.program, other.fact)
    each.settle(
        Outcome.INELIGIBLE, TraceLine(Step.MATCH, "match.out-of-scope", other.program.measure.clause, (name,))
    )
    each.marks = (Mark(name, option, Outcome.PAYABLE, *other.money),)
    return each
