"""Clusters: awards of one dossier that can influence each other, so that all others are settled on their own.

Two awards stand in one cluster when they share a measure (its limits), a ladder, a fact or an object (就高不重复). A payment reaches no
further: it counts for its own fact, its measure's limits, its ladder and its matter. Decisions never split a cluster: it holds under
every option.
"""

from __future__ import annotations

from duixian.evaluate.candidate import Candidate


def clusters(candidates: list[Candidate], object_fields: dict[str, str]) -> list[list[Candidate]]:
    """The clusters of a dossier's candidates; within each, and among them, the order of documents is kept."""
    if len(candidates) < 2:
        return [candidates] if candidates else []
    first_with: dict[object, int] = {}
    leader = list(range(len(candidates)))
    for place, each in enumerate(candidates):
        fact = each.fact
        about = fact.values.get(object_fields[fact.kind])
        own = (
            (id(fact), *each.program.ties)
            if about is None
            else (id(fact), ("对象", about), *each.program.ties)
        )
        for key in own:
            other = first_with.setdefault(key, place)
            if other != place and leader[other] != leader[place]:
                _join(leader, leader[other], leader[place])
    found: dict[int, list[Candidate]] = {}
    for place, each in enumerate(candidates):
        found.setdefault(leader[place], []).append(each)
    return list(found.values())


def _join(leader: list[int], one: int, two: int) -> None:
    low, high = min(one, two), max(one, two)
    for place, each in enumerate(leader):
        if each == high:
            leader[place] = low
