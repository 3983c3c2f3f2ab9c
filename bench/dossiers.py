"""The dossiers that are decided (测量用的一企一档): one written by hand, and many drawn from the demo city."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.city import dossiers_in
from bench.plan import SEED, Plan
from duixian.exchange.demo.write import write_demo_city
from duixian.rules.fact import Dossier

FACTS = 12
WRITTEN = Path(__file__).resolve().parent / "dossier"
"""One equipment maker under both documents, as tables that ``duixian explain`` reads too."""


def written_dossier() -> Dossier:
    """The dossier of twelve facts in ``bench/dossier``."""
    (dossier,) = dossiers_in(WRITTEN)
    assert len(dossier.facts) == FACTS
    return dossier


def random_dossiers(plan: Plan) -> list[Dossier]:
    """Manufacturers of the demo city, each with twelve facts drawn from all facts of the city.

    Real dossiers of the city are shorter; these hold more kinds and meet more measures than any of them.
    """
    with TemporaryDirectory() as folder:
        city = dossiers_in(write_demo_city(Path(folder), SEED, plan.enterprises).facts)
    facts = [fact for dossier in city for fact in dossier.facts]
    makers = [dossier for dossier in city if dossier.subject.get("制造业") is True]
    rng = Random(SEED)
    return [
        replace(maker, facts=tuple(replace(each, enterprise=maker.code) for each in rng.sample(facts, FACTS)))
        for maker in rng.sample(makers, plan.random_dossiers)
    ]
