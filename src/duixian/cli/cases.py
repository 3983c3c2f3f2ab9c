"""``duixian cases``: does every worked case give what its officer wrote down (案例)?"""

from __future__ import annotations

from pathlib import Path

from duixian.cli.city import open_city
from duixian.cli.exit_codes import ExitCode
from duixian.cli.problem_screen import show_problems
from duixian.cli.screen import Screen
from duixian.evaluate.case_run import run_cases
from duixian.source.cases import read_cases
from duixian.wording import Language


def check_cases(language: Language, folder: Path | None) -> int:
    """Run the cases of a city and show those that are not met. 0 when all are."""
    screen = Screen(language)
    city = open_city(screen, folder)
    reading = read_cases(city)
    show_problems(screen, reading.problems)
    failed = 0
    for result in run_cases(city, reading.cases):
        if result.complaints:
            failed += 1
            screen.line(f"{result.case.place}  {result.case.name}", style="bold red")
            for each in result.complaints:
                screen.say(
                    f"case.{each.code}",
                    fact=each.fact,
                    row=each.row,
                    found=each.found,
                    expected=each.expected,
                )
    is_met = not failed and not any(each.is_error for each in reading.problems)
    screen.say(
        "case.result", style="bold green" if is_met else "bold red", count=len(reading.cases), failed=failed
    )
    return ExitCode.OK if is_met else ExitCode.ERRORS
