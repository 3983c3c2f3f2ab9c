"""Names in published lists against known enterprises (企业名称匹配): certain, uncertain or unknown, never a guess.

Certain, when exactly one enterprise is meant:
    the name as registered; the same in another typography; 有限责任公司 for 有限公司 and 股份有限公司 for 股份公司; a former
    name; a line whose own note names the enterprise (原, 曾用名, 现更名为), if the register does not contradict it.
Uncertain, a question to a person:
    any of these for several enterprises (a name may be taken anew one year after its bearer gave it up: 企业名称禁限用规则
    第四条, 工商企注字〔2017〕133号, so an old list may mean either); one 字号 and 行业 under another place, form or 集团;
    a branch; an abbreviation; a likeness of letters.
Unknown: nothing like it is known.

A lookup that is certain costs a few dictionary reads, whatever the number of enterprises; see ``names_nearby`` for the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from duixian.exchange.names.nearby import Nearby, likeness, slips_between, slips_in_core, slips_in_name
from duixian.exchange.names.notes import NotedNames, noted_names
from duixian.exchange.names.outcome import Candidate, Difference, KnownName, MatchRule, NameMatch, Outcome
from duixian.exchange.names.parts import NameParser, NameParts, differences
from duixian.exchange.names.spelling import one_legal_form, one_spelling

__all__ = [
    "MOST_CANDIDATES",
    "Candidate",
    "Difference",
    "KnownName",
    "MatchRule",
    "NameIndex",
    "NameMatch",
    "Outcome",
]

MOST_CANDIDATES = 5
"""How many candidates an uncertain match lists; the others are counted in ``left_out``."""

# A longer cell is prose or junk: comparing it would cost much and mean nothing.
_LONGEST_NAME = 200
_SHORTEST_ABBREVIATION = 2
_SHORTEST_CUT_NAME = 4
_APART = frozenset({Difference.PLACE, Difference.LEGAL_FORM, Difference.BRANCH})
_RANKS = {rule: rank for rank, rule in enumerate(MatchRule)}


class _Bearer(NamedTuple):
    """One name that one enterprise bears or bore."""

    code: str
    name: str
    matched: str
    former: bool


class _Spelt(NamedTuple):
    """The name that is asked for, in one spelling, and its parts."""

    name: str
    parts: NameParts


class _Known(NamedTuple):
    """A known name in one spelling, its parts and its bearer."""

    bearer: _Bearer
    name: str
    parts: NameParts


_Table = dict[str, list[_Bearer]]


class NameIndex:
    """Known enterprises by name (企业名称索引).

    ``places`` are the 行政区划 that may open a name (江苏省, 连云港市, 海州区): they come from the city's vocabulary. The order
    of the entries is of no effect. Entries with a blank name can never be met and are passed over.
    """

    def __init__(self, entries: Iterable[KnownName], places: Iterable[str] = ()) -> None:
        self._parser = NameParser(places)
        self._bearers = sorted(set(_bearers(entries)))
        self._literal: _Table = {}
        self._spelt: _Table = {}
        self._formed: _Table = {}
        self._former: _Table = {}
        for bearer in self._bearers:
            self._enter(bearer)

    def match(self, name: str) -> NameMatch:
        """Whom the name means. Any text may be given; the result always says why."""
        spelling = one_spelling(name)
        if not spelling:
            return NameMatch(name, Outcome.UNKNOWN, MatchRule.BLANK)
        if found := self._same(name, spelling):
            return _settled(name, found)
        if len(spelling) > _LONGEST_NAME:
            return _open(name, [])
        noted = noted_names(spelling) or NotedNames(())
        return self._by_note(name, noted) or _open(
            name,
            [each for part in {spelling, *noted.present, *noted.former} for each in self._alike(part)],
        )

    def _by_note(self, written: str, noted: NotedNames) -> NameMatch | None:
        """Whom the names in the list's own note mean, if anybody.

        Where the list calls a name former and the register knows it as somebody's present name alone, the two contradict
        each other: the register may be behind, or the name taken anew. That is a question.
        """
        present = [each for part in noted.present for each in self._same(part, part)]
        former = [each for part in noted.former for each in self._same(part, part)]
        if not present and not former:
            return None
        agreed = bool(present) or any(each.rule is MatchRule.FORMER_NAME for each in former)
        plain = not noted.bare or self._parser.begins_with_place(noted.former[0])
        return _settled(written, [*present, *former], MatchRule.ROSTER_NOTE, sure=agreed and plain)

    def _enter(self, bearer: _Bearer) -> None:
        spelling = one_spelling(bearer.matched)
        if not spelling:
            return
        formed = one_legal_form(spelling)
        if bearer.former:
            self._former.setdefault(formed, []).append(bearer)
            return
        self._literal.setdefault(bearer.matched, []).append(bearer)
        self._spelt.setdefault(spelling, []).append(bearer)
        self._formed.setdefault(formed, []).append(bearer)

    def _same(self, name: str, spelling: str) -> list[Candidate]:
        """The bearers of the name: present ones at the closest degree that has any, and whoever bore it before."""
        formed = one_legal_form(spelling)
        former = [_candidate(bearer, MatchRule.FORMER_NAME) for bearer in self._former.get(formed, ())]
        degrees = (
            (MatchRule.LITERAL, self._literal.get(name)),
            (MatchRule.SPELLING, self._spelt.get(spelling)),
            (MatchRule.LEGAL_FORM, self._formed.get(formed)),
        )
        for rule, bearers in degrees:
            if bearers:
                return [*(_candidate(bearer, rule) for bearer in bearers), *former]
        return former

    def _alike(self, spelling: str) -> list[Candidate]:
        """Everybody whose 字号 and 行业 are those of the name, near them or longer, and whose whole name is near."""
        asked = _Spelt(spelling, self._parser.parse(spelling))
        candidates = [
            *(
                _of_core(asked, known, rule)
                for core, rule in self._cores_like(asked.parts)
                for known in self._by_core[core]
            ),
            *(_of_name(asked, known) for name in self._names.near(spelling) for known in self._by_name[name]),
        ]
        return [candidate for candidate in candidates if candidate]

    def _cores_like(self, asked: NameParts) -> list[tuple[str, MatchRule]]:
        """The cores near the asked one, and those of which it may be the beginning.

        Without a legal form the asked name is no full one, and two characters may stand for it; with one, words were left out.
        """
        near = [(core, MatchRule.NEAR) for core in self._cores.near(asked.core)]
        if not asked.form and len(asked.core) >= _SHORTEST_ABBREVIATION:
            return [*near, *((core, MatchRule.SHORT_NAME) for core in self._cores.containing(asked.core))]
        if len(asked.core) >= _SHORTEST_CUT_NAME:
            return [*near, *((core, MatchRule.NEAR) for core in self._cores.beginning_with(asked.core))]
        return near

    # Only names that nobody bears need what follows, so it is built when the first of them comes.

    @cached_property
    def _known(self) -> list[_Known]:
        return [
            _Known(bearer, spelling, self._parser.parse(spelling))
            for bearer in self._bearers
            if (spelling := one_spelling(bearer.matched))
        ]

    @cached_property
    def _by_core(self) -> dict[str, list[_Known]]:
        return _grouped(self._known, lambda known: known.parts.core)

    @cached_property
    def _by_name(self) -> dict[str, list[_Known]]:
        return _grouped(self._known, lambda known: known.name)

    @cached_property
    def _cores(self) -> Nearby:
        return Nearby(self._by_core, slips_in_core)

    @cached_property
    def _names(self) -> Nearby:
        return Nearby(self._by_name, slips_in_name)


def _bearers(entries: Iterable[KnownName]) -> Iterable[_Bearer]:
    for entry in entries:
        yield _Bearer(entry.code, entry.name, entry.name, former=False)
        for former in entry.former_names:
            yield _Bearer(entry.code, entry.name, former, former=True)


def _candidate(bearer: _Bearer, rule: MatchRule) -> Candidate:
    return Candidate(bearer.code, bearer.name, bearer.matched, rule)


def _grouped(all_known: Iterable[_Known], key: Callable[[_Known], str]) -> dict[str, list[_Known]]:
    groups: dict[str, list[_Known]] = {}
    for known in all_known:
        if text := key(known):
            groups.setdefault(text, []).append(known)
    return groups


def _of_core(asked: _Spelt, known: _Known, rule: MatchRule) -> Candidate | None:
    """The candidate by its core, unless words and place, form or branch differ: then it is another enterprise's name."""
    found = differences(asked.parts, known.parts)
    if Difference.WORDS not in found:
        rule = MatchRule.BRANCH if Difference.BRANCH in found else MatchRule.VARIANT
    elif not _APART.isdisjoint(found):
        return None
    return _compared(asked, known, rule, found)


def _of_name(asked: _Spelt, known: _Known) -> Candidate:
    """The candidate by its whole name, one slip off."""
    return _compared(asked, known, MatchRule.NEAR, differences(asked.parts, known.parts))


def _compared(asked: _Spelt, known: _Known, rule: MatchRule, found: tuple[Difference, ...]) -> Candidate:
    score = likeness(asked.parts.core, known.parts.core)
    slips = slips_between(asked.name, known.name)
    return Candidate(known.bearer.code, known.bearer.name, known.bearer.matched, rule, score, slips, found)


def _settled(
    written: str, found: Sequence[Candidate], rule: MatchRule | None = None, *, sure: bool = True
) -> NameMatch:
    """Certain for one enterprise, a question for several; ``rule`` overrides that of the candidate."""
    best = _best_of_each(found)
    if len(best) > 1:
        return _question(written, MatchRule.AMBIGUOUS, best)
    outcome = Outcome.CERTAIN if sure else Outcome.UNCERTAIN
    return NameMatch(written, outcome, rule or best[0].rule, tuple(best))


def _open(written: str, found: Sequence[Candidate]) -> NameMatch:
    """A question when anybody is alike, otherwise unknown."""
    if best := _best_of_each(found):
        return _question(written, best[0].rule, best)
    return NameMatch(written, Outcome.UNKNOWN, MatchRule.NOTHING)


def _question(written: str, rule: MatchRule, best: Sequence[Candidate]) -> NameMatch:
    listed = tuple(best[:MOST_CANDIDATES])
    return NameMatch(written, Outcome.UNCERTAIN, rule, listed, len(best) - len(listed))


def _best_of_each(found: Iterable[Candidate]) -> list[Candidate]:
    """One candidate for each enterprise, the best first: by rule, then fewest slips, then score."""
    best: dict[str, Candidate] = {}
    for candidate in sorted(found, key=_order):
        best.setdefault(candidate.code, candidate)
    return list(best.values())


def _order(candidate: Candidate) -> tuple[int, int, int, str, str]:
    return (
        _RANKS[candidate.rule],
        candidate.slips,
        -candidate.score,
        candidate.matched,
        candidate.code,
    )
