"""Whose row it is (认企业): by its code, or by its name where exactly one enterprise is meant; anything else is a question to a person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from duixian.exchange.names.index import KnownName, NameIndex, NameMatch, Outcome
from duixian.exchange.names.outcome import EXPLANATIONS, MatchRule
from duixian.exchange.names.spelling import one_legal_form, one_spelling
from duixian.office.registry.known_names import name_index
from duixian.office.registry.models import Verdict
from duixian.office.registry.remarks import ERROR, NOTE, WARNING, remark


@dataclass(slots=True)
class Resolved:
    """Whom a row names (认企业结果): ``code`` is set when that is certain."""

    verdict: str
    code: str = ""
    candidates: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[dict[str, Any]] = field(default_factory=list)


class Resolver:
    """Finds the enterprises of rows among those that the registry knows; a name that comes often is looked up once."""

    def __init__(self, names: dict[str, KnownName], codes: Collection[str]) -> None:
        self._names, self._codes = names, codes
        self._matched: dict[str, NameMatch] = {}
        self._bearers = _bearers(names)

    @cached_property
    def _index(self) -> NameIndex:
        return name_index(self._names)

    def resolve(self, code: str, name: str) -> Resolved:
        """Whom a row with this code and name names; either may be "", not both."""
        return self._by_code(code, name) if code else self._by_name(name)

    def match(self, name: str) -> NameMatch:
        """What the name leads to."""
        found = self._matched.get(name)
        if found is None:
            found = self._matched[name] = self._index.match(name)
        return found

    def _by_code(self, code: str, name: str) -> Resolved:
        if code not in self._codes:
            candidates = told_candidates(self.match(name)) if name else []
            what = remark(
                "enterprise-unknown",
                ERROR,
                "企业库中没有这个统一社会信用代码",
                fix="请先登记该企业，或不入库",
            )
            return Resolved(Verdict.UNKNOWN, candidates=candidates, remarks=[what])
        known = self._names.get(code)
        if not name or known is None or _key(name) in map(_key, (known.name, *known.former_names)):
            return Resolved(Verdict.MATCHED, code)
        own = {
            "code": code,
            "name": known.name,
            "matched": known.name,
            "why": "按统一社会信用代码",
            "score": 100,
        }
        others = [each for each in told_candidates(self.match(name)) if each["code"] != code]
        what = remark(
            "name-differs",
            ERROR,
            f"代码是“{known.name}”，名称却是另一个",
            why="代码与名称指向不同企业",
            fix="请确认是哪一家",
        )
        return Resolved(Verdict.CONFLICT, candidates=[own, *others], remarks=[what])

    def _by_name(self, name: str) -> Resolved:
        known = self._names.get(self._bearers.get(_key(name), ""))
        if known is not None and _key(known.name) == _key(name):
            # Most names of a list are those of the register, and then there is nothing to weigh.
            if known.name == name or one_spelling(known.name) == one_spelling(name):
                return Resolved(Verdict.MATCHED, known.code)
            said = _taken_for(known.name, EXPLANATIONS[MatchRule.LEGAL_FORM])
            return Resolved(Verdict.MATCHED, known.code, remarks=[said])
        match = self.match(name)
        if match.code is not None:
            return Resolved(
                Verdict.MATCHED, match.code, remarks=[_taken_for(match.candidates[0].name, match.why)]
            )
        if match.outcome is Outcome.UNCERTAIN:
            asked = remark(
                "name-uncertain", WARNING, "名称不能确定是哪家企业", why=match.why, fix="请选择企业，或不入库"
            )
            return Resolved(Verdict.UNCERTAIN, candidates=told_candidates(match), remarks=[asked])
        asked = remark(
            "name-unknown",
            WARNING,
            "企业库中没有这个名称",
            why=match.why,
            fix="请选择或先登记该企业，或不入库",
        )
        return Resolved(Verdict.UNKNOWN, remarks=[asked])


def told_candidates(match: NameMatch) -> list[dict[str, Any]]:
    """The enterprises that a name may mean, best first, each with the reason."""
    return [
        {
            "code": each.code,
            "name": each.name,
            "matched": each.matched,
            "why": str(each.rule),
            "score": each.score,
            "differences": [str(difference) for difference in each.differences],
        }
        for each in match.candidates
    ]


def _taken_for(name: str, why: str) -> dict[str, Any]:
    return remark("name-matched", NOTE, f"按“{name}”认定", why=why)


def _bearers(names: Mapping[str, KnownName]) -> dict[str, str]:
    """Every name, present or former, that one enterprise alone bears or bore, with its code; "" for the others."""
    found: dict[str, str] = {}
    for code, known in names.items():
        for name in (known.name, *known.former_names):
            if found.setdefault(_key(name), code) != code:
                found[_key(name)] = ""
    return found


@lru_cache(maxsize=1 << 18)
def _key(name: str) -> str:
    return one_legal_form(one_spelling(name))
