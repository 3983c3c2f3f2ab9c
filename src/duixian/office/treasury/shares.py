"""Shares (分担): how city and county share what is payable of an award, by the rule of its document.

The same rule as in the determination, whatever part of the ceiling is paid: 3:7 where the text says so, elsewhere the city's fiscal
table. That table starts empty: an award in whose area nobody knows the shares cannot be ordered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from duixian.evaluate.share import split_fen
from duixian.office.awards.models import Award
from duixian.office.city import city
from duixian.office.refusal import Clash
from duixian.office.registry.models import FactRecord
from duixian.office.runs.models import StoredDetermination
from duixian.office.treasury.fiscal_area import fiscal_area
from duixian.office.treasury.models import Level
from duixian.rules.decided import resolve
from duixian.rules.policy import City, Remainder, ShareRule
from duixian.rules.region import FiscalShare


@dataclass(frozen=True, slots=True)
class Share:
    """Who bears an award (分担): the ratio city : county, who bears the fen left over, the basis, and the county's treasury."""

    ratio: tuple[int, int]
    remainder: Remainder
    basis: str
    area: str

    def split(self, fen: int) -> tuple[int, int]:
        """The parts of city and county in fen; they add up exactly."""
        return split_fen(fen, self.ratio, self.remainder)

    @property
    def remainder_level(self) -> Level:
        """Whose the fen is that the ratio leaves over."""
        return Level.CITY if self.remainder is Remainder.CITY else Level.COUNTY


def share_of(award: Award) -> Share:
    """Who bears an award.

    Raises:
        Clash: ``share-unknown`` when the fiscal rule is open (待定); ``share-differs`` when the rule of today would not give what the
            determination said.
    """
    determination, here = award.determination, city()
    area = determination.area or award.area
    rule = _rule(here, determination, area)
    ratio, basis = _ratio(here, rule, determination, area)
    decisions = {**here.decisions, **_texts(determination.run.rulings)}
    treasury = fiscal_area(area)
    if ratio is None or not treasury:
        raise _unknown(basis or determination.basis)
    share = Share(ratio, resolve(rule.remainder, decisions) if rule else Remainder.COUNTY, basis, treasury)
    _demand_as_determined(share, determination)
    return share


def _rule(here: City, determination: StoredDetermination, area: str) -> ShareRule | None:
    """The first rule of the document that fits clause and area."""
    policy = next((each for each in here.policies if each.number == determination.document), None)
    for rule in policy.shares if policy and area else ():
        fits_clause = not rule.clauses or determination.clause in rule.clauses
        if fits_clause and (not rule.areas or here.region.lies_in(area, rule.areas)):
            return rule
    return None


def _ratio(
    here: City, rule: ShareRule | None, determination: StoredDetermination, area: str
) -> tuple[tuple[int, int] | None, str]:
    """The ratio with its basis; None while nobody knows it."""
    if rule is None or rule.ratio is not None:
        return (None, "") if rule is None else (rule.ratio, rule.basis)
    lines = [each for each in here.region.fiscal_table if _holds(each, determination, area)]
    if not lines:
        return None, rule.basis
    best = max(lines, key=lambda each: (each.clause != "", each.document != "", each.valid_from))
    return (best.city_part, best.county_part), best.basis


def _holds(line: FiscalShare, determination: StoredDetermination, area: str) -> bool:
    """Whether a line of the fiscal table is about this area, document, clause and the day on which it happened."""
    if line.area != area or line.document not in ("", determination.document):
        return False
    if line.clause not in ("", determination.clause):
        return False
    day = _day(determination)
    return day is not None and line.valid_from <= day and (line.valid_to is None or day <= line.valid_to)


def _day(determination: StoredDetermination) -> date | None:
    """The day of the fact that the award is for."""
    versions = FactRecord.objects.filter(kind=determination.fact_kind, number=determination.fact)
    last = versions.filter(successor=None, is_withdrawal=False).first()
    return last.happened_on if last else None


def _demand_as_determined(share: Share, determination: StoredDetermination) -> None:
    said = (determination.city_fen, determination.county_fen)
    if None in said or determination.amount_fen is None:
        return
    if share.split(determination.amount_fen) != said:
        raise Clash(
            "share-differs",
            "现在的分担规则与认定时不一致",
            why=f"认定依据：{determination.basis}；现行依据：{share.basis}",
            fix="请核对政策文件和财政体制表，重新认定后再办",
        )


def _unknown(basis: str) -> Clash:
    return Clash(
        "share-unknown",
        "市县分担待定，不能下达",
        why=f"依据“{basis or '未写明'}”，但财政体制表没有该地区的分担比例",
        fix="请财政部门在 fiscal.csv 填写该地区的分担比例和依据",
        basis=basis,
    )


def _texts(rulings: object) -> dict[str, str]:
    """The rulings that a run was made under, option by interpretation."""
    if not isinstance(rulings, Mapping):
        return {}
    return {str(name): option for name, option in rulings.items() if isinstance(option, str)}
