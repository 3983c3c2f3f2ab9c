"""What a reader means by （三）, 3, A03, A03c, a document with a clause, a question's name, or a title (查找)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from duixian.rules.clause import Clause
from duixian.rules.expression import Comparator
from duixian.rules.interpretation import Interpretation
from duixian.rules.measure import AwardRow, Selector
from duixian.rules.policy import City, Policy
from duixian.rules.vocabulary import FactKind, FieldType, Title
from duixian.source.normalise import fold
from duixian.source.numerals import NotANumeral, read_numeral
from duixian.source.titles import TitleReader, WrittenTitle


@dataclass(frozen=True, slots=True)
class Found:
    """A clause to show (查到的条款). ``measures`` empty means all of the clause; ``rows`` are those asked for."""

    policy: Policy
    clause: Clause
    measures: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()
    question: Interpretation | None = None


def find(city: City, wanted: str) -> list[Found]:
    """All that the words can mean, in the order of the documents; the words may begin with a document's number."""
    text = fold(wanted.strip())
    for policy in city.policies:
        number = fold(policy.number)
        if text.startswith(number):
            rest = text.removeprefix(number).strip()
            return _in_policies(city, (policy,), rest) if rest else []
    return _in_policies(city, city.policies, text)


def _in_policies(city: City, policies: Sequence[Policy], text: str) -> list[Found]:
    """A name of the policies first; a title leads to the rows that pay for it."""
    found = [each for policy in policies for each in _in_policy(city, policy, text)]
    title = None if found else TitleReader.of(city.vocabulary).title(text)
    if title is not None:
        found = [each for policy in policies for each in _paying(city, policy, title)]
    return found


def _paying(city: City, policy: Policy, title: WrittenTitle) -> Iterator[Found]:
    for clause in policy.clauses:
        rows = {
            row.id: measure.id
            for measure in policy.measures
            for row in measure.rows
            if measure.clause == clause.id and _pays(row, city.vocabulary.kinds[measure.kind], title)
        }
        if rows:
            yield Found(policy, clause, frozenset(rows.values()), frozenset(rows))


def _pays(row: AwardRow, kind: FactKind, title: WrittenTitle) -> bool:
    """Whether a row asks for the title; a level or grade that the written form fixes must not be another one."""
    wanted = {
        FieldType.TITLE: title.title,
        FieldType.LEVEL: title.level,
        FieldType.GRADE: title.grade,
    }
    asked = {kind.fields[each.field].type: each for each in row.selectors}
    return FieldType.TITLE in asked and all(
        not name or type_ not in asked or _takes(asked[type_], name) for type_, name in wanted.items()
    )


def _takes(selector: Selector, name: str) -> bool:
    return selector.comparator is not Comparator.EQUAL or name in selector.names


def near_misses(city: City, wanted: str) -> str:
    """What may have been meant."""
    names = [clause.id for policy in city.policies for clause in policy.clauses]
    names += [name for measure in city.measures for name in (measure.id, measure.name, *measure.rows_by_id)]
    names += [name for each in city.interpretations.values() for name in (each.name, each.number)]
    titles = [form for title in city.vocabulary.titles.values() for form in (title.name, *_aliases(title))]
    return "、".join(_near(wanted, names) or _near(wanted, titles))


def _near(wanted: str, names: Iterable[str]) -> list[str]:
    return get_close_matches(wanted.strip(), dict.fromkeys(names), n=5, cutoff=0.4)


def _in_policy(city: City, policy: Policy, text: str) -> Iterator[Found]:
    for clause in policy.clauses:
        if text in (fold(clause.id), _bare(clause.id), fold(clause.name)) or _is_number(clause.id, text):
            yield Found(policy, clause)
    for measure in policy.measures:
        rows = frozenset(each.id for each in measure.rows if fold(each.id) == text)
        if text in (fold(measure.id), fold(measure.name)) or rows:
            yield Found(policy, policy.clause(measure.clause), frozenset({measure.id}), rows)
    for question in city.interpretations.values():
        if question.document == policy.number and text in (fold(question.name), fold(question.number)):
            yield Found(policy, policy.clause(question.clause), question=question)
    for target in policy.targets:
        if fold(target.id) == text:
            yield Found(policy, policy.clause(target.clause))


def _bare(clause_id: str) -> str:
    """A clause's id as somebody types it in a hurry: 三 for （三）."""
    return fold(clause_id).strip("()")


def _is_number(clause_id: str, text: str) -> bool:
    """Whether digits write the numeral of a clause: 9 for （九）."""
    if not text.isascii() or not text.isdecimal():
        return False
    try:
        return read_numeral(_bare(clause_id)) == int(text)
    except NotANumeral:
        return False


def _aliases(title: Title) -> Iterator[str]:
    return (alias.text for alias in title.aliases)
