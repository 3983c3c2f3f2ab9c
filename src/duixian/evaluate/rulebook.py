"""All measures of a city prepared for running, under the decisions that hold and, when asked, under other options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from duixian.evaluate.program import MeasureProgram
from duixian.rules.decided import Choice
from duixian.rules.expression import DecidedAs
from duixian.rules.fact import Fact
from duixian.rules.interpretation import Effect
from duixian.rules.measure import Measure
from duixian.rules.policy import City, Policy


class RuleBook:
    """The prepared measures, found by fact kind and title (规则手册).

    ``rulings`` are options taken for this run on top of the city's own decisions; an interpretation with a ruling is closed, all others
    are open and their other options can be tried.
    """

    def __init__(self, city: City, rulings: Mapping[str, str] | None = None) -> None:
        self.city = city
        self.decisions = city.decisions | dict(rulings or {})
        self.open = {
            name: tuple(option for option in each.options if option != self.decisions[name])
            for name, each in city.interpretations.items()
            if each.effect is Effect.RULE and not each.is_decided and name not in (rulings or {})
        }
        self.object_fields = {kind.name: kind.object_field for kind in city.vocabulary.kinds.values()}
        self.programs: list[MeasureProgram] = []
        self.depends_on: dict[str, tuple[str, ...]] = {}
        self._untitled: dict[str, list[MeasureProgram]] = {}
        self._titled: dict[str, dict[str, list[MeasureProgram]]] = {}
        self._variants: dict[tuple[str, str, str], MeasureProgram] = {}
        for policy in city.policies:
            shared = frozenset(interpretations_in((policy.validity, policy.cumulation, policy.exclusions, policy.shares)))
            for measure in policy.measures:
                self._add(measure, policy, shared)

    def _add(self, measure: Measure, policy: Policy, shared: frozenset[str]) -> None:
        program = MeasureProgram(measure, policy, self.city, self.decisions, len(self.programs))
        self.programs.append(program)
        named = shared.union(interpretations_in(measure))
        self.depends_on[measure.id] = tuple(name for name in self.open if name in named)
        if program.rows_by_title is None:
            self._untitled.setdefault(measure.kind, []).append(program)
            return
        by_title = self._titled.setdefault(measure.kind, {})
        for title in program.rows_by_title:
            by_title.setdefault(title, []).append(program)

    def is_trigger(self, kind: str) -> bool:
        """Whether facts of this kind can trigger anything at all."""
        return kind in self._untitled or kind in self._titled

    def about(self, fact: Fact) -> list[MeasureProgram]:
        """The measures that could be about a fact, in document order."""
        untitled = self._untitled.get(fact.kind, [])
        by_title = self._titled.get(fact.kind)
        if by_title is None:
            return untitled
        titled = by_title.get(str(fact.values.get(self.programs_title_field(fact.kind), "")), [])
        return sorted((*untitled, *titled), key=lambda program: program.order) if untitled else titled

    def programs_title_field(self, kind: str) -> str:
        """The field of a kind that holds the title."""
        return next(iter(self._titled[kind].values()))[0].title_field

    def variant(self, program: MeasureProgram, interpretation: str, option: str) -> MeasureProgram:
        """The same measure with another option of one open interpretation."""
        key = (program.measure.id, interpretation, option)
        found = self._variants.get(key)
        if found is None:
            decisions = self.decisions | {interpretation: option}
            found = MeasureProgram(program.measure, program.policy, self.city, decisions, program.order)
            self._variants[key] = found
        return found


def interpretations_in(node: object) -> Iterator[str]:
    """The names of all interpretations that a rule depends on, found in its tree."""
    if isinstance(node, Choice):
        yield node.interpretation
        for value in node.options.values():
            yield from interpretations_in(value)
    elif isinstance(node, DecidedAs):
        yield node.interpretation
    elif isinstance(node, tuple | list | frozenset):
        for part in node:
            yield from interpretations_in(part)
    elif is_dataclass(node):
        for each in fields(node):
            yield from interpretations_in(getattr(node, each.name))
