"""A policy folder → a city (城市): words and places first, then open questions, then every document."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from duixian.errors import Place, Problem
from duixian.rules.interpretation import Effect, Interpretation
from duixian.rules.policy import City, Policy
from duixian.rules.region import Region
from duixian.rules.vocabulary import Vocabulary
from duixian.source.desk import Desk, Uses
from duixian.source.document import read_policy
from duixian.source.draft import Draft, read_draft
from duixian.source.file_schema import CITY
from duixian.source.interpretations import read_interpretations
from duixian.source.read_file import read_record
from duixian.source.region import read_region, written_names
from duixian.source.report import Report, listed, nearest
from duixian.source.titles import TitleReader
from duixian.source.vocabulary import read_vocabulary


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a folder (读取结果): the city as far as it could be read, and every problem by place."""

    city: City | None
    problems: tuple[Problem, ...]

    @property
    def has_errors(self) -> bool:
        """Whether some problem is an error: then no run may start."""
        return any(problem.is_error for problem in self.problems)


def read_city(folder: Path) -> Reading:
    """Read a folder of policies. ``city`` is None only when there is no vocabulary to read rules with."""
    report = Report()
    head = read_record(folder / "city.yaml", CITY, report)
    vocabulary = read_vocabulary(folder / "vocabulary.yaml", report)
    region = read_region(folder, report)
    names = [item.text for item in head.items("文件顺序")] if head else []
    drafts = [(name, read_draft(folder / name / "policy.md", report)) for name in names]
    if vocabulary is None:
        return Reading(None, report.sorted())
    before = len(report.problems)
    interpretations = _interpretations(folder, drafts, report)
    has_all_questions = len(report.problems) == before
    desk = _desk(vocabulary, region, interpretations, has_all_questions, report)
    policies = tuple(read_policy(draft, desk) for _, draft in drafts if draft is not None)
    _check_numbers(policies, report)
    # A rule that could not be read may be the one that uses the question.
    if not any(problem.place.file == policy.file for problem in report.problems for policy in policies):
        _check_questions(interpretations, desk)
    title = head.text("城市") if head else folder.name
    city = City(title, vocabulary, region or Region({}, {}), policies, interpretations, str(folder))
    return Reading(city, report.sorted())


def _desk(
    vocabulary: Vocabulary,
    region: Region | None,
    interpretations: dict[str, Interpretation],
    has_all_questions: bool,
    report: Report,
) -> Desk:
    return Desk(
        titles=TitleReader.of(vocabulary),
        region=region,
        interpretations=interpretations,
        has_all_questions=has_all_questions,
        report=report,
        uses=Uses(),
        area_names=written_names(region.areas.values()) if region else {},
        unit_names=written_names(region.units.values()) if region else {},
    )


def _interpretations(
    folder: Path, drafts: list[tuple[str, Draft | None]], report: Report
) -> dict[str, Interpretation]:
    """All open questions by name; the names are unique in the city, since results carry them."""
    found: dict[str, Interpretation] = {}
    for name, draft in drafts:
        if draft is None:
            continue
        for each in read_interpretations(folder / name / "interpretations.yaml", draft.head.number, report):
            first = found.setdefault(each.name, each)
            if first is not each:
                report.add("duplicate-id", each.place, each.name, str(first.place))
            _check_clause(each, draft, report)
    return found


def _check_clause(question: Interpretation, draft: Draft, report: Report) -> None:
    known = [clause.id for clause in draft.clauses]
    # The clause may be one that could not be read.
    if question.clause and question.clause not in known and draft.is_whole:
        near = nearest(question.clause, known)
        report.add("unknown-clause", question.place, question.clause, near or listed(known, 30), near=near)


def _check_numbers(policies: tuple[Policy, ...], report: Report) -> None:
    seen: dict[str, str] = {}
    for policy in policies:
        first = seen.setdefault(policy.number, policy.file)
        if first != policy.file:
            report.add("duplicate-id", Place(policy.file), policy.number, first)


def _check_questions(questions: dict[str, Interpretation], desk: Desk) -> None:
    """A question that rules compute must be used by one, and every option must lead somewhere."""
    uses = desk.uses
    for question in questions.values():
        named = uses.named_options.get(question.name, set())
        if question.effect is not Effect.RULE:
            if named:
                desk.report.add(
                    "question-not-computed",
                    question.place,
                    question.effect,
                    Effect.RULE,
                    question=question.name,
                )
            continue
        if question.name in uses.decided:
            continue
        unnamed = [option for option in question.options if option not in named]
        if not named:
            desk.report.add("question-unused", question.place, question.name, clause=question.clause)
        elif len(unnamed) > 1:
            # One option may go unnamed (否则 takes it); two would be the same to every rule.
            desk.report.add(
                "option-missing",
                question.place,
                listed(sorted(named)),
                listed(unnamed),
                clause=question.clause,
                question=question.name,
            )
