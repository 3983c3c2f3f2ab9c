"""Step 5, share (分担): city and county parts in fen that add up exactly; an unknown fiscal rule is 待定, never guessed."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from duixian.evaluate.candidate import Candidate
from duixian.evaluate.dossier_view import DossierView
from duixian.evaluate.program import MeasureProgram
from duixian.rules.determination import CostShare, Outcome, Step, TraceLine, write_line
from duixian.rules.house_words import AREA
from duixian.rules.policy import Remainder, ShareRule
from duixian.rules.region import Region

SHARE, PAYABLE = Step.SHARE, Outcome.PAYABLE


class Payer(NamedTuple):
    """Who pays for a measure in an area: a rule with a ratio or a fiscal table to ask, or an answer that is open for good."""

    rule: ShareRule | None
    remainder: Remainder
    area: str
    open_answer: tuple[CostShare, TraceLine] | None


class Sharing:
    """Who pays for what in one city; the rule for a measure in an area is looked up once."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self._payers: dict[tuple[MeasureProgram, str], Payer] = {}

    def payer(self, program: MeasureProgram, area: str) -> Payer:
        """The first rule of the document that fits the clause and, when it is known, the area."""
        found = self._payers.get((program, area))
        if found is None:
            found = self._payers[program, area] = self._find(program, area)
        return found

    def _find(self, program: MeasureProgram, area: str) -> Payer:
        for rule, remainder in zip(program.policy.shares, program.remainders, strict=True):
            if rule.clauses and program.measure.clause not in rule.clauses:
                continue
            if not area:
                line = write_line((SHARE, "share.area-unknown", rule.clause, (rule.basis,)))
                return Payer(rule, remainder, area, (CostShare(None, None, rule.basis), line))
            if not rule.areas or self.region.lies_in(area, rule.areas):
                is_open = rule.ratio is None and all(each.area != area for each in self.region.fiscal_table)
                return Payer(rule, remainder, area, _undecided(rule, area) if is_open else None)
        line = write_line((SHARE, "share.no-rule", program.measure.clause, ()))
        return Payer(None, Remainder.COUNTY, area, (CostShare(None, None, ""), line))


def share(candidate: Candidate, view: DossierView, sharing: Sharing) -> None:
    """Split a payable award between city and county."""
    if candidate.outcome is not PAYABLE:
        return
    payer = sharing.payer(candidate.program, str(view.subject.get(AREA, "")))
    if payer.open_answer is not None:
        candidate.share, line = payer.open_answer
        candidate.trace.append(line)
    elif payer.rule is not None:
        _split(candidate, payer.rule, payer, sharing.region)


def _undecided(rule: ShareRule, area: str) -> tuple[CostShare, TraceLine]:
    return CostShare(None, None, rule.basis), write_line(
        (SHARE, "share.undecided", rule.clause, (area, rule.basis))
    )


def _split(candidate: Candidate, rule: ShareRule, payer: Payer, region: Region) -> None:
    amount = candidate.amount or 0
    ratio, basis = rule.ratio, rule.basis
    if ratio is None:
        found = _fiscal_ratio(candidate, payer.area, region)
        if found is None:
            candidate.share, line = _undecided(rule, payer.area)
            candidate.trace.append(line)
            return
        ratio, basis = found
    city, county = split_fen(amount, ratio, payer.remainder)
    candidate.leaves_a_fen = amount * ratio[0] % sum(ratio) != 0
    candidate.share = CostShare(city, county, basis)
    candidate.trace.append(write_line((SHARE, "share.ratio", rule.clause, (payer.area, ratio, city, county))))


def split_fen(amount: int, ratio: tuple[int, int], remainder: Remainder) -> tuple[int, int]:
    """City and county parts of an amount in fen; the fen that the ratio leaves over goes to ``remainder``.

    >>> split_fen(10, (3, 7), Remainder.COUNTY), split_fen(5, (3, 7), Remainder.CITY)
    ((3, 7), (2, 3))
    """
    whole = sum(ratio)
    if remainder is Remainder.COUNTY:
        city = amount * ratio[0] // whole
        return city, amount - city
    county = amount * ratio[1] // whole
    return amount - county, county


def _fiscal_ratio(candidate: Candidate, area: str, region: Region) -> tuple[tuple[int, int], str] | None:
    """The line of the city's fiscal table that holds for this area, day, document and clause; the most specific one."""
    day, measure = candidate.event_date, candidate.program.measure
    if not isinstance(day, date):
        return None
    lines = [
        each
        for each in region.fiscal_table
        if each.area == area
        and each.valid_from <= day
        and (each.valid_to is None or day <= each.valid_to)
        and each.document in ("", measure.document)
        and each.clause in ("", measure.clause)
    ]
    if not lines:
        return None
    best = max(lines, key=lambda each: (each.clause != "", each.document != "", each.valid_from))
    return (best.city_part, best.county_part), best.basis
