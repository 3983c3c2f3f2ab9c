"""The rules as decision tables of the zen engine (zen 决策表): one for each document, asked of every fact in turn.

The first rule that fits a fact tells the row, the outcome as far as one fact under one document settles it, and the ceiling in fen.
Every award row has a rule for facts that it pays for, and below it one for facts that it refuses.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bench.peers.lines import INELIGIBLE, NONE, NOT_IN_FORCE, PAYABLE, UNKNOWN
from bench.peers.workload import FACTORY, FREE_OF_BAR, SOFTWARE, A, B, city, rules
from bench.world.happenings import RECOGNITIONS
from duixian.rules.expression import Comparator
from duixian.rules.measure import AwardRow, Measure
from duixian.rules.vocabulary import Round

KEYS = ("b", "a")
"""What the answers under the two documents are called."""
_INPUTS = (
    "title", "level", "grade", "round", "is_first", "has_factory", "is_software",
    "category", "is_existing", "is_supported", "invested",
)  # fmt: skip
OUTPUTS = ("measure", "row", "outcome", "ceiling")
"""What a table answers for each fact."""
_FIELDS = {"称号": "title", "级别": "level", "等级": "grade", "类别": "category"}
Rule = dict[str, str]


def graph() -> dict[str, Any]:
    """The decision: both tables on the same facts, their answers side by side."""
    tables = [_node(each, "decisionTableNode", _table(document)) for document, each in enumerate(KEYS)]
    edges = [("in", each) for each in KEYS] + [(each, "out") for each in KEYS]
    return {
        "nodes": [_node("in", "inputNode"), *tables, _node("out", "outputNode")],
        "edges": [
            {"id": f"{one}-{two}", "sourceId": one, "targetId": two, "type": "edge"} for one, two in edges
        ],
    }


def _node(name: str, type_: str, content: Any = None) -> dict[str, Any]:
    node = {"id": name, "name": name, "type": type_, "position": {"x": 0, "y": 0}}
    return node if content is None else node | {"content": content}


def _table(document: int) -> dict[str, Any]:
    found = [
        rule
        for measure in city().policies[document].measures
        for rule in (
            _recognition_rules(document, measure)
            if measure.kind == "认定"
            else _project_rules(document, measure)
        )
    ]
    return {
        "hitPolicy": "first",
        "executionMode": "loop",
        "inputField": "facts",
        "outputPath": KEYS[document],
        "passThrough": False,
        "inputs": [{"id": each, "name": each, "field": each} for each in _INPUTS],
        "outputs": [{"id": each, "name": each, "field": each} for each in OUTPUTS],
        "rules": [{"_id": f"{KEYS[document]}{place}"} | each for place, each in enumerate(found)],
    }


def _recognition_rules(document: int, measure: Measure) -> Iterator[Rule]:
    settled = _in_force(document, _unless_barred(document, measure, str(PAYABLE)))
    for row in measure.rows:
        wants = {"round": "'复评'" if row.round is Round.RENEWED else "'获评'"}
        if row.round is Round.FIRST:
            wants["is_first"] = "true"
        if measure.id == FACTORY:
            wants["has_factory"] = "true"
        if measure.id == SOFTWARE:
            wants["is_software"] = "true"
        fen = rules().row_fen[rules().row_ids.index(row.id)]
        yield _rule(measure, row, settled, str(fen), wants)
    for row in measure.rows:
        yield _rule(measure, row, str(INELIGIBLE), str(NONE), {})
    titles = {
        name for row in measure.rows for each in row.selectors if each.field == "称号" for name in each.names
    }
    known = {each.title for each in RECOGNITIONS}
    yield _rule(measure, None, str(INELIGIBLE), str(NONE), {"title": _one_of(tuple(sorted(titles & known)))})


def _project_rules(document: int, measure: Measure) -> Iterator[Rule]:
    known = rules()
    for row in measure.rows:
        place = known.row_ids.index(row.id)
        refused = _rule(measure, row, str(INELIGIBLE), str(NONE), {})
        if document == A:
            yield refused | {"is_existing": "false"}
            yield refused | {"is_supported": "true"}
        waiting = _in_force(document, _unless_barred(document, measure, str(UNKNOWN)))
        yield _rule(measure, row, waiting, str(NONE), {"invested": f"== {NONE}"})
        yield refused | {"invested": f"< {known.row_threshold_fen[place]}"}
        settled = _in_force(document, _unless_barred(document, measure, str(PAYABLE)))
        ceiling = f"min([floor(invested * {known.row_bp[place]} / 10000), {known.row_cap_fen[place]}])"
        yield _rule(measure, row, settled, ceiling, {})
    if document == B:
        yield _rule(measure, None, str(INELIGIBLE), str(NONE), {"title": "''"})


def _rule(measure: Measure, row: AwardRow | None, outcome: str, ceiling: str, wants: dict[str, str]) -> Rule:
    """A rule for facts that fit a row's title, level and grade, or its category, and what else is wanted."""
    cells = dict.fromkeys(_INPUTS, "")
    for each in row.selectors if row else ():
        known = city().vocabulary
        names = each.names
        if each.comparator is Comparator.AT_LEAST:
            grades = [name for title in known.titles.values() for rank in title.grades for name in rank]
            order = list(known.levels) if each.field == "级别" else grades[grades.index(names[0]) :]
            names = tuple(order[order.index(names[0]) :])
        cells[_FIELDS[each.field]] = _one_of(names)
    told = {
        "measure": str(rules().measure_ids.index(measure.id)),
        "row": str(rules().row_ids.index(row.id) if row else NONE),
        "outcome": outcome,
        "ceiling": ceiling,
    }
    return cells | wants | told


def _one_of(names: tuple[str, ...]) -> str:
    return ", ".join(f"'{each}'" for each in names)


def _in_force(document: int, then: str) -> str:
    first, last = rules().first_day[document], rules().last_day[document]
    return f"day < {first} or day > {last} ? {NOT_IN_FORCE} : ({then})"


def _unless_barred(document: int, measure: Measure, then: str) -> str:
    if document != B or measure.id == FREE_OF_BAR:
        return then
    return f"is_supported ? {INELIGIBLE} : {then}"
