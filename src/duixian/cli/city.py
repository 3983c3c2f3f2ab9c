"""Which city is meant (选定城市): the folder that was named, or the only one there is; read, and refused when it has errors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from duixian.cli.exit_codes import ExitCode
from duixian.cli.problem_screen import show_problems
from duixian.cli.refusal import Refusal
from duixian.cli.screen import Screen
from duixian.rules.interpretation import Interpretation
from duixian.rules.policy import City
from duixian.source.city import read_city
from duixian.source.report import nearest

POLICIES, FIRST_CITY = Path("policies"), Path("policies") / "lianyungang"
_CITY_FILE = "city.yaml"


def find_city(folder: Path | None) -> Path:
    """The folder of the city: as named, else ``policies/lianyungang``, else the only city under ``policies``.

    Raises:
        Refusal: when there is no city, or more than one could be meant.
    """
    if folder is None:
        if (FIRST_CITY / _CITY_FILE).is_file():
            return FIRST_CITY
        folder = POLICIES
    elif not folder.is_dir():
        raise Refusal("error.no-folder", folder=folder)
    if (folder / _CITY_FILE).is_file():
        return folder
    cities = sorted(path.parent for path in folder.glob(f"*/{_CITY_FILE}"))
    if len(cities) == 1:
        return cities[0]
    if cities:
        raise Refusal("error.several-cities", folder=folder, cities="、".join(map(str, cities)))
    raise Refusal("error.no-city", folder=folder)


def open_city(screen: Screen, folder: Path | None) -> City:
    """The city, read without errors: nothing is determined by policies that are not whole.

    Raises:
        Refusal: when the policies have errors; they are shown first.
    """
    path = find_city(folder)
    reading = read_city(path)
    errors = [problem for problem in reading.problems if problem.is_error]
    if errors or reading.city is None:
        show_problems(screen.complaining(), errors)
        raise Refusal("error.policies", ExitCode.ERRORS, count=len(errors), folder=path)
    return reading.city


def read_rulings(answers: Sequence[str], city: City) -> dict[str, str]:
    """``--decide 口径=选项`` as rulings; a question may be named by its number too.

    Raises:
        Refusal: when there is no such question or option, or one question gets two different answers.
    """
    by_number = {each.number: each for each in city.interpretations.values() if each.number}
    rulings: dict[str, str] = {}
    for answer in answers:
        name, equals, option = (part.strip() for part in answer.replace("＝", "=").partition("="))
        if not equals:
            raise Refusal("error.decide", answer=answer)
        question = city.interpretations.get(name) or by_number.get(name)
        if question is None:
            near = nearest(name, city.interpretations) or "—"
            raise Refusal("error.no-question", question=name, near=near)
        earlier = rulings.setdefault(question.name, _option(question, option))
        if earlier != option:
            raise Refusal("error.two-answers", question=question.name, options=f"{earlier}、{option}")
    return rulings


def _option(question: Interpretation, option: str) -> str:
    if option not in question.options:
        raise Refusal(
            "error.no-option", question=question.name, option=option, options="、".join(question.options)
        )
    return option
