"""Step 5, share (分担): city and county parts in fen that add up exactly; an unknown fiscal rule is 待定, never guessed."""

from __future__ import annotations

from datetime import date

from duixian.evaluate.candidate import Candidate
from duixian.evaluate.dossier_view import DossierView
from duixian.evaluate.program import MeasureProgram
from duixian.rules.determination import CostShare, Outcome, Step, write_line
from duixian.rules.house_words import AREA
from duixian.rules.policy import Remainder, ShareRule
from duixian.rules.region import Region

SHARE = Step.SHARE


class Sharing:
    """Who pays for what in one city; the rule for a measure in an area is looked up once."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self._rules: dict[tuple[MeasureProgram, str], tuple[ShareRule, Remainder] | None] = {}

    def rule_for(self, program: MeasureProgram, area: str) -> tuple[ShareRule, Remainder] | None:
        """The first rule of the document that fits the clause and, when it is known, the area."""
        key = (program, area)
        if key not in self._rules:
            self._rules[key] = self._find(program, area)
        return self._rules[key]

    def _find(self, program: MeasureProgram, area: str) -> tuple[ShareRule, Remainder] | None:
        for rule, remainder in zip(program.policy.shares, program.remainders, strict=True):
            if rule.clauses and program.measure.clause not in rule.clauses:
                continue
            if not area or not rule.areas or self.region.lies_in(area, rule.areas):
                return rule, remainder
        return None


def share(candidate: Candidate, view: DossierView, sharing: Sharing) -> None:
    """Split a payable award between city and county."""
    if candidate.outcome is not Outcome.PAYABLE:
        return
    area = str(view.subject.get(AREA, ""))
    found = sharing.rule_for(candidate.program, area)
    if found is None:
        candidate.share = CostShare(None, None, "")
        candidate.trace.append(write_line((SHARE, "share.no-rule", candidate.program.measure.clause, ())))
        return
    rule, remainder = found
    if not area:
        candidate.share = CostShare(None, None, rule.basis)
        candidate.trace.append(write_line((SHARE, "share.area-unknown", rule.clause, (rule.basis,))))
        return
    _split(candidate, rule, remainder, area, sharing.region)


def _split(candidate: Candidate, rule: ShareRule, remainder: Remainder, area: str, region: Region) -> None:
    assert candidate.amount is not None
    ratio, basis = rule.ratio, rule.basis
    if ratio is None:
        found = _fiscal_ratio(candidate, area, region)
        if found is None:
            candidate.share = CostShare(None, None, rule.basis)
            candidate.trace.append(write_line((SHARE, "share.undecided", rule.clause, (area, rule.basis))))
            return
        ratio, basis = found
    city, county = split_fen(candidate.amount, ratio, remainder)
    candidate.leaves_a_fen = candidate.amount * ratio[0] % sum(ratio) != 0
    candidate.share = CostShare(city, county, basis)
    candidate.trace.append(write_line((SHARE, "share.ratio", rule.clause, (area, ratio, city, county))))


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
    if not region.fiscal_table or not isinstance(day, date):
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
