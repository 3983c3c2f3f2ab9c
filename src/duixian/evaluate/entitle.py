"""Step 2, entitle (计算): the ceiling or exact sum of each match, rounded down to the fen."""

from __future__ import annotations

from duixian.evaluate.candidate import Candidate
from duixian.evaluate.dossier_view import DossierView
from duixian.evaluate.unknown import Unknown
from duixian.money import share_floor
from duixian.rules.determination import Outcome, Step, write_line

ENTITLE, INELIGIBLE = Step.ENTITLE, Outcome.INELIGIBLE


def entitle(candidate: Candidate, view: DossierView) -> None:
    """Compute the ceiling of a candidate that has a row; also of one that waits for facts, where it does not depend on them."""
    row = candidate.row
    if row is None or candidate.outcome is INELIGIBLE:
        return
    if row.base is None:
        candidate.ceiling = row.amount
        candidate.trace.append(row.line)
        return
    clause = candidate.program.measure.clause
    base = row.base(candidate.fact, None, view)
    if type(base) is Unknown:
        if candidate.outcome is None:
            missing = tuple(sorted(base.missing))
            candidate.wait_for(
                base.missing, write_line((ENTITLE, "entitle.base-unknown", clause, (missing,)))
            )
        return
    assert row.rate is not None
    ceiling = share_floor(base, row.rate) if base > 0 else 0
    candidate.base, candidate.rate = base, row.rate
    candidate.trace.append(write_line((ENTITLE, "entitle.rate", clause, (base, row.rate, ceiling))))
    if row.cap is not None and ceiling > row.cap:
        ceiling = row.cap
        candidate.trace.append(write_line((ENTITLE, "entitle.cap", clause, (row.cap,))))
    candidate.ceiling = ceiling
    if ceiling == 0 and candidate.outcome is None:
        candidate.settle(INELIGIBLE, write_line((ENTITLE, "entitle.nothing", clause, (base,))))
