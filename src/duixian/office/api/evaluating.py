"""Evaluating a dossier that is sent (测算): the reference engine over it, with the whole trace; nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from duixian.errors import Problem
from duixian.evaluate.engine import Engine
from duixian.office.api.dossier_in import DossierIn, Places, read_sent
from duixian.office.api.of_the_city import OfTheCity
from duixian.office.api.refusal_words import edge
from duixian.office.api.schemas_determination import determination_answer
from duixian.office.city import city
from duixian.rules.policy import City
from duixian.wording import Language, problem_words

_NOTES = {
    Language.CHINESE: "以上为最高不超过的测算，不是兑付承诺；实际金额以审核、公示和资金安排为准。",
    Language.ENGLISH: "These are ceilings, no promise: what is paid is decided by review, public notice and budget.",
}
_MOST_ENGINES = 8
_Answers = tuple[tuple[tuple[str, str], ...], bool]


def _no_engines(here: City) -> dict[_Answers, Engine]:
    return {}


_engines = OfTheCity(_no_engines)
_decisions = OfTheCity(lambda city: city.decisions)


def evaluated(
    given: DossierIn, as_of: date, language: Language, rulings: Mapping[str, str], *, is_strict: bool = False
) -> dict[str, Any]:
    """What every policy of the city gives for this dossier on that day.

    Raises:
        Refusal: ``unknown-fact-kind``, ``unreadable-dossier`` (with all problems), ``unknown-question``.
    """
    here = city()
    _demand_known(here, rulings)
    sent = read_sent(given, here)
    problems = [_told(each, sent.places, language) for each in sent.problems]
    if sent.dossier is None:
        raise edge("unreadable-dossier", problems=problems)
    found = _engine(here, rulings, is_strict=is_strict).determine(sent.dossier, as_of)
    touching = {mark.interpretation for each in found for mark in each.marks}
    return {
        "as_of": as_of,
        "rulings": {
            name: option
            for name, option in ({**_decisions(here), **rulings}).items()
            if name in touching | rulings.keys()
        },
        "determinations": [determination_answer(each, language) for each in found],
        "total_fen": sum(each.amount_fen or 0 for each in found),
        "open": sum(each.amount_fen is None for each in found),
        "problems": problems,
        "note": _NOTES[language],
    }


def _engine(here: City, rulings: Mapping[str, str], *, is_strict: bool) -> Engine:
    """An engine for these answers, kept for the next who asks with the same: making it ready costs more than a dossier."""
    engines, key = _engines(here), (tuple(sorted(rulings.items())), is_strict)
    engine = engines.get(key)
    if engine is None:
        if len(engines) >= _MOST_ENGINES:
            engines.clear()
        engine = engines[key] = Engine(here, rulings, strict=is_strict)
    return engine


def _demand_known(here: City, rulings: Mapping[str, str]) -> None:
    for name, option in rulings.items():
        if name not in here.interpretations or option not in here.interpretations[name].options:
            known = here.interpretations.get(name)
            raise edge("unknown-question", question=name, options=list(known.options) if known else [])


def _told(problem: Problem, places: Places, language: Language) -> dict[str, str]:
    words = problem_words(problem, language)
    return {
        "code": problem.code,
        "severity": problem.severity,
        "where": places.path(problem.place),
        "what": words.what,
        "why": words.why,
        "fix": words.fix,
    }
