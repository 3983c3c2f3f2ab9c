"""Step 3, exclude (排除): validity (both days included) and what bars an award, such as support from state or province."""

from __future__ import annotations

from duixian.evaluate.candidate import Candidate
from duixian.evaluate.dossier_view import DossierView
from duixian.evaluate.unknown import Unknown
from duixian.rules.determination import Outcome, Step, write_line

EXCLUDE, UNKNOWN = Step.EXCLUDE, Outcome.UNKNOWN


def exclude(candidate: Candidate, view: DossierView) -> None:
    """Settle a candidate that is out of force or barred. A definite no outweighs what is still unknown (待核)."""
    if candidate.outcome is not None and candidate.outcome is not UNKNOWN:
        return
    _check_validity(candidate, view)
    if candidate.outcome is None or candidate.outcome is UNKNOWN:
        _check_exclusions(candidate, view)


def _check_validity(candidate: Candidate, view: DossierView) -> None:
    program, fact = candidate.program, candidate.fact
    day = program.event_date(fact, None, view)
    if not program.year_is_of_date:
        year = program.year(fact, None, view)
        candidate.year = None if type(year) is Unknown else year
    if type(day) is Unknown:
        if candidate.outcome is None:
            missing = tuple(sorted(day.missing))
            line = write_line((EXCLUDE, "exclude.date-unknown", program.validity_clause, (missing,)))
            candidate.wait_for(day.missing, line)
        return
    candidate.event_date = day
    if program.year_is_of_date:
        candidate.year = day.year
    if program.first_day <= day <= program.last_day:
        line = write_line(
            (EXCLUDE, "exclude.in-force", program.validity_clause, (day, program.first_day, program.last_day))
        )
        candidate.trace.append(line)
        if day > view.as_of:
            future = write_line((EXCLUDE, "exclude.after-as-of", program.validity_clause, (day, view.as_of)))
            candidate.settle(Outcome.NOT_IN_FORCE, future)
        return
    code = "exclude.too-early" if day < program.first_day else "exclude.too-late"
    bound = program.first_day if day < program.first_day else program.last_day
    candidate.settle(Outcome.NOT_IN_FORCE, write_line((EXCLUDE, code, program.validity_clause, (day, bound))))


def _check_exclusions(candidate: Candidate, view: DossierView) -> None:
    row_id = candidate.row.row.id if candidate.row else ""
    for holds, name, clause, exempt in candidate.program.exclusions:
        if row_id in exempt:
            candidate.trace.append(write_line((EXCLUDE, "exclude.exempt", clause, (name,))))
            continue
        barred = holds(candidate.fact, None, view)
        if barred is True:
            candidate.settle(Outcome.INELIGIBLE, write_line((EXCLUDE, "exclude.barred", clause, (name,))))
            return
        if type(barred) is Unknown and candidate.outcome is None:
            missing = tuple(sorted(barred.missing))
            candidate.wait_for(
                barred.missing, write_line((EXCLUDE, "exclude.unknown", clause, (name, missing)))
            )
        elif barred is False:
            candidate.trace.append(write_line((EXCLUDE, "exclude.not-barred", clause, (name,))))
