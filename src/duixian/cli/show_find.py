"""What a reader means by （三）, A03, A03c, a document with a clause, or the name of a question (查找)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from duixian.rules.clause import Clause
from duixian.rules.interpretation import Interpretation
from duixian.rules.policy import City, Policy
from duixian.source.normalise import fold


@dataclass(frozen=True, slots=True)
class Found:
    """A clause to show (查到的条款). ``measures`` empty means all of the clause; ``row`` is the row asked for."""

    policy: Policy
    clause: Clause
    measures: frozenset[str] = frozenset()
    row: str = ""
    question: Interpretation | None = None


def find(city: City, wanted: str) -> list[Found]:
    """All that the words can mean, in the order of the documents; the words may begin with a document's number."""
    text = fold(wanted.strip())
    for policy in city.policies:
        number = fold(policy.number)
        if text.startswith(number):
            rest = text.removeprefix(number).strip()
            return list(_in_policy(city, policy, rest)) if rest else []
    return [found for policy in city.policies for found in _in_policy(city, policy, text)]


def near_misses(city: City, wanted: str) -> str:
    """What may have been meant."""
    names = [clause.id for policy in city.policies for clause in policy.clauses]
    names += [name for measure in city.measures for name in (measure.id, measure.name, *measure.rows_by_id)]
    names += [name for each in city.interpretations.values() for name in (each.name, each.number)]
    return "、".join(get_close_matches(wanted.strip(), dict.fromkeys(names), n=5, cutoff=0.4))


def _in_policy(city: City, policy: Policy, text: str) -> Iterator[Found]:
    for clause in policy.clauses:
        if text in (fold(clause.id), _bare(clause.id), fold(clause.name)):
            yield Found(policy, clause)
    for measure in policy.measures:
        row = next((each.id for each in measure.rows if fold(each.id) == text), "")
        if text in (fold(measure.id), fold(measure.name)) or row:
            yield Found(policy, policy.clause(measure.clause), frozenset({measure.id}), row)
    for question in city.interpretations.values():
        if question.document == policy.number and text in (fold(question.name), fold(question.number)):
            yield Found(policy, policy.clause(question.clause), question=question)
    for target in policy.targets:
        if fold(target.id) == text:
            yield Found(policy, policy.clause(target.clause))


def _bare(clause_id: str) -> str:
    """A clause's id as somebody types it in a hurry: 三 for （三）."""
    return fold(clause_id).strip("()")
