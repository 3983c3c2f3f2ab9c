"""Marks (口径标记): every determination that another option of an open question would change, and what that option would give.

Each open question is tried on its own, all others at their default. An option that changes nothing for this dossier is not
mentioned, nor one that moves an award from one kind of no to another: no noise.
"""

from __future__ import annotations

from collections.abc import Iterator

from duixian.evaluate.candidate import Candidate
from duixian.evaluate.clusters import clusters
from duixian.evaluate.dossier_view import DossierView
from duixian.evaluate.program import MeasureProgram
from duixian.evaluate.rulebook import Option, RuleBook
from duixian.evaluate.way import DOSSIER_STEPS, Work, decide_alone, document_order
from duixian.rules.determination import Mark, Outcome, Step, TraceLine
from duixian.rules.fact import Fact

Key = tuple[int, int]
"""A candidate's measure (its order) and fact (its identity)."""


class Trials:
    """The candidates of one dossier as they stood before the choice, from which every other option starts."""

    def __init__(self, book: RuleBook, work: Work) -> None:
        self.book, self.view, self.work = book, work.view, work
        self.before = {
            _key(each): each.copied() if each.outcome is None else each for each in work.candidates
        }
        self.company: dict[Key, list[Candidate]] = {}
        for cluster in clusters(list(self.before.values()), work.payments, book.object_fields):
            for each in cluster:
                self.company[_key(each)] = cluster

    def touched(self) -> dict[tuple[str, str], dict[Key, tuple[Option, Fact]]]:
        """For every option that may matter here: the measures and facts to decide anew under it."""
        found: dict[tuple[str, str], dict[Key, tuple[Option, Fact]]] = {}
        settled = {_key(each): each for each in self.work.candidates}
        for program, fact in _pairs(self.book, self.view):
            key = (program.order, id(fact))
            before = self.before.get(key)
            for option in self.book.options(program):
                if self._may_matter(option, fact, before, settled.get(key)):
                    found.setdefault((option.interpretation, option.option), {})[key] = (option, fact)
        return found

    def _may_matter(self, option: Option, fact: Fact, before: Candidate | None, settled: Candidate | None) -> bool:
        for probe in option.probes:
            if probe(fact, before, self.view):
                return True
        if before is None or settled is None or before.outcome is not None:
            return False
        if option.changes_remainder and settled.share is not None and settled.share.city_fen is not None:
            return True
        return option.changes_choice and (bool(self.work.payments) or self._has_rivals(before))

    def _has_rivals(self, before: Candidate) -> bool:
        return any(each is not before and each.outcome is None for each in self.company[_key(before)])

    def under(self, touched: dict[Key, tuple[Option, Fact]]) -> tuple[set[Key], list[Candidate]]:
        """The touched clusters, and their candidates decided, chosen and shared anew under one option."""
        keys: set[Key] = set()
        trial = Work(self.book, self.view)
        for key in touched:
            keys.update(_key(each) for each in self.company.get(key, ()))
        if touched.keys() - self.company.keys():
            keys.update(self.before)
        name_option = next(iter(touched.values()))[0]
        for key in keys | touched.keys():
            option, fact = touched.get(key) or self._same_option(key, name_option)
            before = self.before.get(key)
            if option is None:
                assert before is not None
                trial.candidates.append(before.copied() if before.outcome is None else before)
            elif (other := decide_alone(option.program, fact, self.view)) is not None:
                trial.candidates.append(other)
        trial.candidates.sort(key=document_order)
        for step in DOSSIER_STEPS:
            step(trial)
        return keys, trial.candidates

    def _same_option(self, key: Key, like: Option) -> tuple[Option | None, Fact]:
        """The same option as it bears on another measure of the cluster; None where it does not."""
        before = self.before[key]
        for option in self.book.options(before.program):
            if option[:2] == like[:2]:
                return option, before.fact
        return None, before.fact


def _key(candidate: Candidate) -> Key:
    return (candidate.program.order, id(candidate.fact))


def _pairs(book: RuleBook, view: DossierView) -> Iterator[tuple[MeasureProgram, Fact]]:
    for kind, facts in view.by_kind.items():
        if book.is_trigger(kind):
            for fact in facts:
                for program in book.about(fact):
                    yield program, fact


def add_marks(trials: Trials) -> None:
    """Give every candidate its marks. An award that only another option knows of is listed as out of scope, marked."""
    touched = trials.touched()
    mine = {_key(each): each for each in trials.work.candidates}
    for name, options in trials.book.open.items():
        for option in options:
            if (name, option) in touched:
                keys, others = trials.under(touched[name, option])
                _compare(trials, {key: mine[key] for key in keys}, others, name, option)


def _compare(trials: Trials, mine: dict[Key, Candidate], others: list[Candidate], name: str, option: str) -> None:
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
    each.settle(Outcome.INELIGIBLE, TraceLine(Step.MATCH, "match.out-of-scope", other.program.measure.clause, (name,)))
    each.marks = (Mark(name, option, Outcome.PAYABLE, *other.money),)
    return each
