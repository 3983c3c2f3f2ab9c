"""The reference engine: one dossier in, its determinations out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from duixian.evaluate.candidate import Candidate
from duixian.evaluate.dossier_view import DossierView
from duixian.evaluate.marks import Trials, add_marks
from duixian.evaluate.rulebook import RuleBook
from duixian.evaluate.way import DOSSIER_STEPS, LOCAL_STEPS, Work, document_order
from duixian.rules.determination import Determination, Outcome, Step, TraceLine, write_determination
from duixian.rules.fact import Dossier, Fact
from duixian.rules.policy import City

NO_MEASURE = TraceLine(Step.MATCH, "match.no-measure", "")


class Engine:
    """Decides dossiers by the book (参照引擎).

    ``rulings`` take options on top of the city's own decisions. With ``strict``, an award that an open question touches is 待定
    instead of running on the default.
    """

    def __init__(self, city: City, rulings: Mapping[str, str] | None = None, *, strict: bool = False) -> None:
        self.city = city
        self.strict = strict
        self.book = RuleBook(city, rulings)

    def determine(
        self, dossier: Dossier, as_of: date, *, with_marks: bool = True
    ) -> tuple[Determination, ...]:
        """What every policy of the city gives this enterprise for its facts known on ``as_of``, or why nothing.

        One determination for each fact under each measure that is about it, in document order; facts that no measure is
        about come last. The order of facts in the dossier changes nothing.
        """
        view = DossierView(dossier, self.city.vocabulary.kinds, as_of)
        work = Work(self.book, view)
        for step in LOCAL_STEPS:
            step(work)
        trials = Trials(self.book, work) if with_marks or self.strict else None
        for step in DOSSIER_STEPS:
            step(work)
        if trials is not None:
            add_marks(trials)
            work.candidates.sort(key=document_order)
        if self.strict:
            _hold_back(work.candidates)
        told = {id(each.fact) for each in work.candidates} if work.unmatched else set()
        nothing = [fact for fact in work.unmatched if id(fact) not in told]
        return (
            *(_determination(each, dossier.code) for each in work.candidates),
            *(
                _for_nothing(fact, dossier.code)
                for fact in sorted(nothing, key=lambda each: (each.kind, each.id))
            ),
        )


def _hold_back(candidates: list[Candidate]) -> None:
    for each in candidates:
        if each.marks:
            names = tuple(dict.fromkeys(mark.interpretation for mark in each.marks))
            each.amount, each.share = None, None
            each.settle(
                Outcome.UNDECIDED,
                TraceLine(Step.CHOOSE, "choose.strict", each.program.measure.clause, (names,)),
            )


def _determination(each: Candidate, code: str) -> Determination:
    measure, row = each.program.measure, each.row
    assert each.outcome is not None
    assert each.reason is not None
    fact = each.fact
    return write_determination((
        code, measure.document, measure.clause, measure.id, measure.name, row.row.id if row else "", fact.kind, fact.id,
        each.outcome, each.ceiling, each.base, each.rate, row.is_exact if row else False, each.told_amount,
        each.reason, tuple(each.trace), each.share, each.marks, each.missing, each.year,
    ))  # fmt: skip


def _for_nothing(fact: Fact, code: str) -> Determination:
    return Determination(
        enterprise=code,
        document="",
        clause="",
        measure_id="",
        measure="",
        row="",
        fact_kind=fact.kind,
        fact=fact.id,
        outcome=Outcome.INELIGIBLE,
        ceiling_fen=None,
        base_fen=None,
        rate=None,
        is_exact=False,
        amount_fen=0,
        reason=NO_MEASURE,
        trace=(NO_MEASURE,),
        share=None,
        marks=(),
        missing=(),
        year=None,
    )
