"""Clusters: awards of one dossier that can influence each other, so that all others are settled on their own.

Two awards stand in one cluster when they share a measure (its limits), a ladder, a fact or an object (就高不重复). Payments tie
everything together, since they may be led back to any of them. Decisions never split a cluster: it holds under every option.
"""

from __future__ import annotations

from duixian.evaluate.candidate import Candidate
from duixian.evaluate.payments import Payment


def clusters(
    candidates: list[Candidate], payments: tuple[Payment, ...], object_fields: dict[str, str]
) -> list[list[Candidate]]:
    """The clusters of a dossier's candidates; within each, and among them, the order of documents is kept."""
    if payments or len(candidates) < 2:
        return [candidates] if candidates else []
    cluster_of: dict[object, list[int]] = {}
    for place, each in enumerate(candidates):
        own = [place]
        for key in _ties(each, object_fields):
            other = cluster_of.get(key)
            if other is not None and other is not own:
                other.extend(own)
                for moved, cluster in cluster_of.items():
                    if cluster is own:
                        cluster_of[moved] = other
                own = other
            cluster_of[key] = own
    found = {id(each): each for each in cluster_of.values()}.values()
    return [[candidates[place] for place in sorted(each)] for each in sorted(found, key=min)]


def _ties(each: Candidate, object_fields: dict[str, str]) -> list[object]:
    fact, program = each.fact, each.program
    ties: list[object] = [program.measure.id, (fact.kind, fact.id)]
    about = fact.values.get(object_fields[fact.kind])
    if about is not None:
        ties.append(("对象", about))
    ties.extend(("阶梯", ladder.name) for ladder, _, _ in program.ladders)
    return ties
