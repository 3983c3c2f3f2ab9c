"""The generator is not blind: it draws every part of the language, and its dossiers come to every end that the engine knows."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from functools import cache
from hashlib import sha256

from duixian.evaluate.engine import Engine
from duixian.rules.determination import Outcome
from tests.engines.codec import encode, written
from tests.engines.dockets import draw_docket, draw_dockets
from tests.engines.seen import codes_of_engine, expected_features, features
from tests.engines.soundness import dossier_faults, faults

CITIES, DOSSIERS, LEAST = 600, 8, 4
CROWDED, CROWD = 25, 20
"""Cities with dossiers of twenty facts about one measure: there awards hang together in too many ways."""


@cache
def seen() -> Counter[str]:
    """What some hundred cities have, and what became of their dossiers."""
    found: Counter[str] = Counter()
    for docket in draw_dockets("seen", CITIES, DOSSIERS):
        found += features(docket)
        plain, strict = (Engine(docket.city, docket.rulings, strict=each) for each in (False, True))
        for dossier in docket.dossiers[:2]:
            found.update(each.reason.code for each in strict.determine(dossier, docket.as_of))
        for dossier in docket.dossiers:
            for each in plain.determine(dossier, docket.as_of):
                found[f"outcome {each.outcome}"] += 1
                found.update({line.code for line in (*each.trace, each.reason)})
    return found


@cache
def seen_in_crowds() -> Counter[str]:
    found: Counter[str] = Counter()
    for number in range(CROWDED):
        docket = draw_docket("crowd", number, 4, crowd=CROWD)
        engine = Engine(docket.city, docket.rulings)
        for dossier in docket.dossiers:
            for each in engine.determine(dossier, docket.as_of, with_marks=False):
                found.update((each.reason.code, f"outcome {each.outcome}"))
    return found


def test_every_part_of_the_language_is_drawn() -> None:
    all_seen = seen() + seen_in_crowds()
    rare = {name: all_seen[name] for name in expected_features() if all_seen[name] < LEAST}
    assert not rare


def test_every_code_of_the_engine_is_told() -> None:
    all_seen = seen() + seen_in_crowds()
    rare = {code: all_seen[code] for code in codes_of_engine() if all_seen[code] < LEAST}
    assert not rare


def test_every_outcome_is_frequent() -> None:
    outcomes = {name: count for name, count in seen().items() if name.startswith("outcome ")}
    frequent = {name for name, count in outcomes.items() if count * 100 > sum(outcomes.values())}
    # 待定 is for strict runs and for awards that hang together in too many ways.
    assert frequent == {f"outcome {each}" for each in Outcome if each is not Outcome.UNDECIDED}, outcomes


def test_what_is_drawn_could_have_been_read() -> None:
    for docket in draw_dockets("sound", 150, 15):
        assert not list(faults(docket.city))
        for dossier in docket.dossiers:
            assert not list(dossier_faults(docket.city, dossier))


def digest() -> str:
    text = "".join(written(encode(docket)) for docket in draw_dockets("same", 5, 20))
    return sha256(text.encode()).hexdigest()


def test_a_seed_draws_the_same_under_every_hash_seed() -> None:
    command = [sys.executable, "-c", f"from {__name__} import digest; print(digest())"]
    around = {
        **os.environ,
        "PYTHONHASHSEED": "4242",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONUTF8": "1",
    }
    said = subprocess.run(command, env=around, capture_output=True, text=True, check=True).stdout
    assert said.strip() == digest()
