"""All measures of a city prepared for running, under the decisions that hold and, when asked, under other options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from duixian.evaluate.probes import Probe, probes
from duixian.evaluate.program import MeasureProgram
from duixian.evaluate.share import Sharing
from duixian.rules.asking import interpretations_in
from duixian.rules.fact import Fact, Value
from duixian.rules.interpretation import Effect
from duixian.rules.measure import Measure
from duixian.rules.policy import City, Policy


class Option(NamedTuple):
    """Another option of an open question as it bears on one measure (口径的另一选项).

    ``probes`` tell whether it could matter to a fact that the measure is about, ``opens_scope`` whether it could bring in others;
    the flags say which rules between awards it changes.
    """

    interpretation: str
    option: str
    program: MeasureProgram
    probes: tuple[Probe, ...]
    opens_scope: bool
    changes_limits: bool
    changes_ladders: bool
    changes_rivalry: bool
    changes_remainder: bool

    @property
    def matters(self) -> bool:
        """Whether it changes anything about the measure."""
        return bool(self.probes) or any(self[4:])


def _option(program: MeasureProgram, variant: MeasureProgram, name: str, option: str) -> Option:
    return Option(
        name,
        option,
        variant,
        probes(program, variant, name),
        opens_scope=name in interpretations_in(program.measure.scope),
        changes_limits=variant.limit_state != program.limit_state,
        changes_ladders=variant.ladder_state != program.ladder_state,
        changes_rivalry=variant.cumulation != program.cumulation,
        changes_remainder=variant.remainders != program.remainders,
    )


NO_PROGRAMS: list[MeasureProgram] = []


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
        self.sharing = Sharing(city.region)
        self.programs: list[MeasureProgram] = []
        self._options: dict[str, tuple[Option, ...]] = {}
        self._untitled: dict[str, list[MeasureProgram]] = {}
        self._titled: dict[str, dict[Value, list[MeasureProgram]]] = {}
        self._title_fields = {kind.name: kind.title_field for kind in city.vocabulary.kinds.values()}
        for policy in city.policies:
            for measure in policy.measures:
                self._add(measure, policy)

    def _add(self, measure: Measure, policy: Policy) -> None:
        program = MeasureProgram(measure, policy, self.city, self.decisions, len(self.programs))
        self.programs.append(program)
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
        by_title = self._titled.get(fact.kind)
        untitled = self._untitled.get(fact.kind, NO_PROGRAMS)
        if by_title is None:
            return untitled
        title = fact.values.get(self._title_fields[fact.kind], "")
        titled = by_title.get(title, NO_PROGRAMS)
        return sorted((*untitled, *titled), key=lambda program: program.order) if untitled else titled

    def options(self, program: MeasureProgram) -> tuple[Option, ...]:
        """Every other option of every open question that bears on a measure; prepared when first asked for."""
        found = self._options.get(program.measure.id)
        if found is None:
            found = self._options[program.measure.id] = tuple(self._prepare_options(program))
        return found

    def _prepare_options(self, program: MeasureProgram) -> list[Option]:
        policy = program.policy
        rules = (program.measure, policy.validity, policy.cumulation, policy.exclusions, policy.shares)
        named = set(interpretations_in(rules))
        found = []
        for name in (each for each in self.open if each in named):
            for option in self.open[name]:
                decisions = self.decisions | {name: option}
                variant = MeasureProgram(program.measure, policy, self.city, decisions, program.order)
                each = _option(program, variant, name, option)
                if each.matters:
                    found.append(each)
        return found
