"""Problems and open names out (问题清单、名单核对): for the person who mends the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from duixian.errors import Problem
from duixian.exchange.names.outcome import Candidate
from duixian.exchange.results.csv_out import csv_text
from duixian.exchange.tables.roster import UncertainName
from duixian.exchange.tables.table import column_letters
from duixian.wording import Language, problem_words, screen_words

PROBLEMS_HEADER = (
    "文件",
    "工作表",
    "行",
    "列",
    "严重程度",
    "代码",
    "条款",
    "发现",
    "应为",
    "问题",
    "影响",
    "怎么改",
)
NAMES_HEADER = (
    "文件", "工作表", "行", "事实种类", "事实编号", "名单上的名称", "结论", "依据",
    "候选序号", "候选企业", "候选代码", "比对的名称", "差异", "确认的统一社会信用代码",
)  # fmt: skip
"""The last column is for the person: once filled in, the code goes into the table of facts."""


def problems_csv(problems: Iterable[Problem], language: Language) -> str:
    """All problems of the tables as CSV."""
    return csv_text(PROBLEMS_HEADER, (problem_row(each, language) for each in problems))


def names_csv(names: Iterable[UncertainName]) -> str:
    """The names that a person has to settle as CSV: one line for each enterprise that a name may mean."""
    return csv_text(NAMES_HEADER, (row for each in names for row in name_rows(each)))


def problem_row(problem: Problem, language: Language) -> tuple[str, ...]:
    """One problem: where, how heavy, what was found and expected, what to do."""
    place, words = problem.place, problem_words(problem, language)
    return (
        place.file,
        place.sheet,
        str(place.line) if place.line else "",
        column_letters(place.column) if place.column else "",
        screen_words(f"severity.{problem.severity}", language),
        problem.code,
        problem.clause,
        problem.found,
        problem.expected,
        words.what,
        words.why,
        words.fix,
    )


def name_rows(name: UncertainName) -> Iterator[tuple[str, ...]]:
    """One name with each enterprise that it may mean; a name like nobody's has one row without a candidate."""
    place, match = name.place, name.match
    asked = (
        place.file, place.sheet, str(place.line), name.kind, name.fact, name.name, str(match.outcome), match.why,
    )  # fmt: skip
    if not match.candidates:
        yield (*asked, "", "", "", "", "", "")
    for number, candidate in enumerate(match.candidates, start=1):
        yield (*asked, str(number), *_candidate(candidate), "")


def _candidate(each: Candidate) -> tuple[str, str, str, str]:
    return each.name, each.code, each.matched, "、".join(each.differences)
