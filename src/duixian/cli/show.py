"""``duixian show``: a clause as text and as rules, its open questions, and what becomes of its awards (查看)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from duixian.cli.city import open_city
from duixian.cli.exit_codes import ExitCode
from duixian.cli.refusal import Refusal
from duixian.cli.rule_words import RuleWords, condition_words
from duixian.cli.screen import Screen
from duixian.cli.show_find import Found, find, near_misses
from duixian.cli.show_settlement import settling_clauses, show_settlement
from duixian.money import format_wan
from duixian.rules.asking import interpretations_in
from duixian.rules.interpretation import Interpretation
from duixian.rules.measure import Measure
from duixian.rules.policy import City
from duixian.wording import Language


def show_clause(language: Language, wanted: str, policies: Path | None) -> int:
    """Show all that the words can mean.

    Raises:
        Refusal: when they mean nothing in these policies.
    """
    screen = Screen(language)
    city = open_city(screen, policies)
    found = find(city, wanted)
    if not found:
        raise Refusal("error.no-clause", clause=wanted, near=near_misses(city, wanted) or "—")
    for place, each in enumerate(found):
        if place:
            screen.line("─" * 40, style="dim")
        if each.question:
            _question_page(screen, city, each, each.question)
        else:
            _clause_page(screen, city, each)
    return ExitCode.OK


def _clause_page(screen: Screen, city: City, found: Found) -> None:
    _head(screen, found)
    measures = [
        each
        for each in found.policy.measures
        if each.clause == found.clause.id and (not found.measures or each.id in found.measures)
    ]
    words = RuleWords(screen, city.decisions)
    for measure in measures:
        _measure(words, measure, found.rows)
    _plan(screen, found)
    asked = {question.name for question in questions_of(city, found, measures)}
    questions = [each for each in city.interpretations.values() if each.name in asked]
    if questions:
        screen.say("show.questions", style="bold", count=len(questions))
    for question in questions:
        _question(screen, question)
    if measures or found.clause.id in settling_clauses(found.policy):
        show_settlement(words, found.policy)


def questions_of(city: City, found: Found, measures: Iterable[Measure]) -> Iterable[Interpretation]:
    """The questions that stand in a clause, and those that its measures hang on."""
    for question in city.interpretations.values():
        if (
            question.document == found.policy.number
            and question.clause == found.clause.id
            and not found.measures
        ):
            yield question
    for measure in measures:
        for name in (*interpretations_in(measure), *measure.interpretations):
            yield city.interpretations[name]


def _head(screen: Screen, found: Found) -> None:
    clause, policy = found.clause, found.policy
    kinds = "、".join(clause.kinds)
    screen.line(f"{policy.number}{clause.id}{clause.name}", style="bold")
    screen.say("show.kind", kinds=kinds, place=clause.place)
    screen.line()
    for line in clause.text.strip("\n").split("\n"):
        screen.line(f"  {line}")
    screen.line()
    for each in clause.annotations:
        screen.say("show.annotation", written=each.written, meaning=each.meaning)
    for idle in clause.non_operative:
        screen.say("show.non-operative", written=idle.written, reason=idle.reason)
    if clause.units:
        screen.say("show.units", units="、".join(clause.units))


def _measure(words: RuleWords, measure: Measure, asked: frozenset[str]) -> None:
    screen, delivery = words.screen, words.named(measure.delivery)
    screen.line(f"{measure.name}（{measure.id}）", style="bold")
    screen.say("show.measure", kind=measure.kind, delivery=delivery, payee=measure.payee)
    if measure.condition.text:
        screen.say("show.measure-condition", condition=condition_words(measure.condition.text))
    screen.say("show.event-date", date=words.decided(measure.event_date, lambda each: each.text))
    rows = [words.row_cells(measure, each) for each in measure.rows]
    marked = [[f"▸ {cells[0]}" if cells[0] in asked else cells[0], *cells[1:]] for cells in rows]
    screen.table(words.row_headers(measure), marked)
    for limit in measure.limits:
        screen.line(f"  {words.limit(limit)}")
    for ladder in measure.ladders:
        screen.line(f"  {words.ladder(ladder)}")
    if measure.units:
        screen.say("show.units", units="、".join(measure.units))
    if measure.note:
        screen.say("show.note", note=measure.note)
    screen.line()


def _plan(screen: Screen, found: Found) -> None:
    """Targets, tasks and chains that stand in the clause."""
    policy, here = found.policy, found.clause.id
    for target in policy.targets:
        if target.clause == here:
            until = target.to_year or ""
            figure = f"{target.relation} {_figure(target.value, target.unit)}"
            screen.say(
                "show.target",
                id=target.id,
                indicator=target.indicator,
                figure=figure,
                nature=target.nature,
                until=until,
            )
    for task in policy.tasks:
        if task.clause == here:
            screen.say("show.task", number=task.number, name=task.name, units="、".join(task.units))
    for chain in policy.chains:
        if chain.clause == here:
            leaves = "、".join(branch.name for branch in chain.branches)
            screen.say("show.chain", name=chain.name, tier=chain.tier, leaves=leaves)
    for definition in policy.definitions:
        if definition.clause == here:
            screen.say("show.definition", word=definition.word, meaning=definition.meaning)


def _figure(value: int, unit: str) -> str:
    """A target's figure in its own unit; money is held in fen."""
    return format_wan(value) if unit.endswith("元") else f"{value}{unit}"


def _question_page(screen: Screen, city: City, found: Found, question: Interpretation) -> None:
    _question(screen, question)
    used = [
        each for each in city.measures if question.name in {*interpretations_in(each), *each.interpretations}
    ]
    for measure in used:
        screen.say(
            "show.used-by",
            document=measure.document,
            clause=measure.clause,
            measure=measure.name,
            id=measure.id,
        )
    screen.line()
    _head(screen, found)


def _question(screen: Screen, question: Interpretation) -> None:
    state = "show.decided" if question.ruling else "show.undecided"
    screen.line(f"{question.number} {question.name}", style="bold")
    screen.say(
        state,
        effect=question.effect,
        carrier=f" {question.carrier}" if question.carrier else "",
        by=question.ruling.decided_by if question.ruling else "",
        on=question.ruling.decided_on if question.ruling else "",
        document=question.ruling.document if question.ruling else "",
    )
    screen.line(f"  {question.question}")
    for option, meaning in question.options.items():
        sign = "●" if option == question.holding_option else "○"
        screen.line(f"    {sign} {option}：{meaning}")
    screen.say("show.reason", basis=question.basis)
