"""The law as an OpenFisca author lays it down (OpenFisca 参数树): entities, enums, and parameters in yuan by measure and by title.

An author would write the parameters in YAML files; here they are read from the policies, so that they are the same ones.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNode  # type: ignore[import-untyped]

from bench.peers.workload import FACTORY, FIRST_ONLY, FREE_OF_BAR, GIVES, SOFTWARE, B, Rules, city, rules
from bench.world.columns import SIZES
from bench.world.happenings import CATEGORIES, LEVELS, RECOGNITIONS

DOCUMENTS = ("b", "a")
COUNTED, SUMMED = ("A13-2", "A19", "A09"), ("A07", "A15-2", "A15-3")
"""Measures of which one award is given for ever or a year, and those whose awards have a greatest sum."""
BY_YEAR = ("A19", "A09", "A15-3")
SINCE = "2023-08-10"


def _enum(name: str, texts: list[str]) -> Any:
    """An enum whose members are named by their place; the last one stands for none."""
    numbered = [(f"{name[0].lower()}{place:02d}", text) for place, text in enumerate(texts)]
    return Enum(name, [*numbered, ("none", "none of them")])


TITLES = list(dict.fromkeys(each.title for each in RECOGNITIONS))
GRADES = list(
    dict.fromkeys(name for each in city().vocabulary.titles.values() for rank in each.grades for name in rank)
)
Fact = build_entity("fact", "facts", "A recognition or a project", is_person=True)
Enterprise = build_entity(
    "enterprise", "enterprises", "An enterprise and its facts", roles=[{"key": "fact", "plural": "facts"}]
)
Recognition = _enum("Recognition", [f"{each.title}{each.level}{each.grade}" for each in RECOGNITIONS])
Title, Level, Grade = _enum("Title", TITLES), _enum("Level", list(LEVELS)), _enum("Grade", GRADES)
Round = _enum("Round", ["获评", "复评"])
Category = _enum("Category", list(CATEGORIES))
Size = _enum("Size", list(SIZES))


def parameters() -> Any:
    """The whole tree."""
    known = rules()
    limits = {
        own_name(measure): yuan(int(known.measure_limit_fen[known.measure_ids.index(measure)]))
        for measure in SUMMED
    }
    tree: dict[str, Any] = {"percent_of_the_city": 30, "limits": limits}
    for document, letter in enumerate(DOCUMENTS):
        tree[letter] = {
            "first_day": known.first_day[document],
            "last_day": known.last_day[document],
            "recognitions": {
                each: {
                    round_: _recognition(document, turn, place) for turn, round_ in enumerate(Round.names[:2])
                }
                for place, each in enumerate(Recognition.names)
            },
            "projects": {each: _project(document, place) for place, each in enumerate(Category.names)},
        }
    tree["rows"] = {own_name(row): yuan(int(known.row_fen[place])) for place, row in enumerate(known.row_ids)}
    return ParameterNode("", data=_dated(tree))


def own_name(id_: str) -> str:
    """A measure's or a row's id as the name of a parameter or a variable."""
    return "m_" + "".join(each if each.isalnum() else "_" for each in id_)


def yuan(fen: int) -> float:
    """A sum as OpenFisca holds it."""
    return fen / 100


def _recognition(document: int, turn: int, title: int) -> dict[str, Any]:
    """What a document says of one title at a level and a grade, in one round."""
    known, place = rules(), (document, turn, title)
    measure = known.title_measure[place] if title < len(RECOGNITIONS) else -1
    id_ = known.measure_ids[measure] if measure >= 0 else ""
    way, row = (int(known.title_way[place]), int(known.title_row[place])) if id_ else (-1, -1)
    return {
        "pays": way in (GIVES, FIRST_ONLY),
        "amount": yuan(int(known.row_fen[row])) if row >= 0 else 0.0,
        "first_only": way == FIRST_ONLY,
        "needs_factory": id_ == FACTORY,
        "needs_software": id_ == SOFTWARE,
        "may_be_barred": bool(id_) and document == B and id_ != FREE_OF_BAR,
        "counted": COUNTED.index(id_) + 1 if id_ in COUNTED else 0,
        "summed": SUMMED.index(id_) + 1 if id_ in SUMMED else 0,
    } | _history(known, title)


def _history(known: Rules, title: int) -> dict[str, Any]:
    """What other facts ask of a title: the row that it is the first of, and whether it is a smart factory."""
    if title == len(RECOGNITIONS):
        return {"first_row": -1, "is_factory": False}
    return {"first_row": int(known.first_row[title]), "is_factory": bool(known.is_factory[title])}


def _project(document: int, category: int) -> dict[str, Any]:
    known = rules()
    row = int(known.project_row[document, category]) if category < len(CATEGORIES) else -1
    if row < 0:
        return {"pays": False, "percent": 0.0, "threshold": 0.0, "cap": 0.0}
    return {
        "pays": True,
        "percent": int(known.row_bp[row]) / 100,
        "threshold": yuan(int(known.row_threshold_fen[row])),
        "cap": yuan(int(known.row_cap_fen[row])),
    }


def _dated(tree: Any) -> Any:
    """Every value from the day on which the first document came into force."""
    if isinstance(tree, dict):
        return {each: _dated(value) for each, value in tree.items()}
    return {"values": {SINCE: {"value": tree}}}


def by_recognition(node: Any, field: str) -> npt.NDArray[Any]:
    """A parameter of recognitions as a table [round, recognition].

    Indexing the node with an array would do the same, one fact at a time in Python.
    """
    return np.array([[node[each][turn][field] for each in Recognition.names] for turn in Round.names[:2]])


def by_category(node: Any, field: str) -> npt.NDArray[Any]:
    """A parameter of projects as a table [category]."""
    return np.array([node[each][field] for each in Category.names])
