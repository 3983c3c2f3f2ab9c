"""The way of one award, in five steps that every engine takes in this order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from operator import attrgetter

from duixian.evaluate import choose as choosing
from duixian.evaluate import match as matching
from duixian.evaluate import share as sharing
from duixian.evaluate.candidate import Candidate
from duixian.evaluate.clusters import clusters
from duixian.evaluate.dossier_view import DAY_ZERO, DossierView
from duixian.evaluate.entitle import entitle
from duixian.evaluate.exclude import exclude
from duixian.evaluate.payments import payments_of
from duixian.evaluate.program import MeasureProgram
from duixian.evaluate.rulebook import RuleBook
from duixian.rules.determination import Outcome, Step, write_line
from duixian.rules.fact import Fact

EXCLUDE = Step.EXCLUDE
_of_program = attrgetter("program.order")


class Work:
    """One dossier on its way: the view, and the candidates found so far, in document order."""

    __slots__ = ("book", "candidates", "payments", "unmatched", "view")

    def __init__(self, book: RuleBook, view: DossierView) -> None:
        self.book = book
        self.view = view
        self.payments = payments_of(view)
        self.candidates: list[Candidate] = []
        self.unmatched: list[Fact] = []


def match(work: Work) -> None:
    """Facts meet the measures that they trigger; those that meet none are kept aside, to be told."""
    book, view, candidates = work.book, work.view, work.candidates
    for kind, facts in view.by_kind.items():
        for fact in facts if book.is_trigger(kind) else ():
            before = len(candidates)
            for program in book.about(fact):
                candidate = matching.match(program, fact, view)
                if candidate is not None:
                    candidates.append(candidate)
            if len(candidates) == before:
                work.unmatched.append(fact)
    for fact in view.later:
        if book.is_trigger(fact.kind):
            candidates.extend(_not_yet(program, fact, view) for program in book.about(fact))
            if not book.about(fact):
                work.unmatched.append(fact)
    # Facts come in the order of time, and the sort keeps it among those of one measure.
    candidates.sort(key=_of_program)


def entitle_all(work: Work) -> None:
    """Each match gets its ceiling."""
    for candidate in work.candidates:
        entitle(candidate, work.view)


def exclude_all(work: Work) -> None:
    """Validity and bars end what they must end."""
    for candidate in work.candidates:
        exclude(candidate, work.view)


def choose(work: Work) -> None:
    """The best set under every matter and limit, after what was paid."""
    for cluster in clusters(work.candidates, work.book.object_fields):
        choosing.choose(cluster, work.payments, work.book.object_fields)


def share(work: Work) -> None:
    """City and county parts."""
    for candidate in work.candidates:
        sharing.share(candidate, work.view, work.book.sharing)


LOCAL_STEPS: tuple[Callable[[Work], None], ...] = (match, entitle_all, exclude_all)
"""Steps that look at one fact at a time."""
DOSSIER_STEPS: tuple[Callable[[Work], None], ...] = (choose, share)
"""Steps that look at all awards of the dossier together."""
STEPS = LOCAL_STEPS + DOSSIER_STEPS
"""match → entitle → exclude → choose → share."""


def document_order(candidate: Candidate) -> tuple[int, date, str]:
    """The order of documents and clauses, then of time, then of ids."""
    kind = candidate.program.fact_kind
    day = candidate.fact.values.get(kind.date_field)
    return (candidate.program.order, day if isinstance(day, date) else DAY_ZERO, candidate.fact.id)


def decide_alone(program: MeasureProgram, fact: Fact, view: DossierView) -> Candidate | None:
    """The local steps for one fact under one measure."""
    candidate = matching.match(program, fact, view)
    if candidate is not None:
        entitle(candidate, view)
        exclude(candidate, view)
    return candidate


def _not_yet(program: MeasureProgram, fact: Fact, view: DossierView) -> Candidate:
    """A fact dated after the day of determination is not known yet: it gives nothing and proves nothing."""
    candidate = Candidate(program, fact)
    day = fact.values.get(program.fact_kind.date_field)
    args = (day, view.as_of)
    candidate.settle(
        Outcome.NOT_IN_FORCE, write_line((EXCLUDE, "exclude.after-as-of", program.validity_clause, args))
    )
    return candidate
