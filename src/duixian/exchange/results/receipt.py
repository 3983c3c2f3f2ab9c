"""The receipt of a run (运行凭据): fingerprints of all that went in and came out, so that anyone can run it again.

The same facts, policies, decisions and day give the same bytes; there is no time of day and no folder of a machine in it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from duixian.exchange.results.results import Results
from duixian.exchange.results.version import version_of_duixian
from duixian.rules.fact import Dossier, Fact, Value
from duixian.rules.policy import City

_CITY_FILES = ("city.yaml", "vocabulary.yaml", "regions.csv", "units.csv", "fiscal.csv")
_DOCUMENT_FILES = ("policy.md", "original.txt", "interpretations.yaml")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What went into a run (运行凭据). ``fingerprint`` is the hash of all the rest, the one number to compare."""

    version: str
    facts: str
    policies: Mapping[str, str]
    decisions: Mapping[str, str]
    rulings: Mapping[str, str]
    as_of: date
    is_strict: bool
    dossiers: int
    fact_count: int
    fingerprint: str = ""


def receipt_of(results: Results) -> Receipt:
    """The receipt of a run, before anything is written."""
    dossiers = results.dossiers.values()
    receipt = Receipt(
        version=version_of_duixian(),
        facts=facts_fingerprint(dossiers),
        policies=policy_files(results.city),
        decisions=dict(sorted(results.decisions.items())),
        rulings=dict(sorted(results.rulings.items())),
        as_of=results.as_of,
        is_strict=results.is_strict,
        dossiers=len(results.dossiers),
        fact_count=sum(len(each.facts) for each in dossiers),
    )
    return _sealed(receipt)


def _sealed(receipt: Receipt) -> Receipt:
    return replace(receipt, fingerprint=_sha256(_canonical(inputs_of(receipt))))


def inputs_of(receipt: Receipt) -> dict[str, Any]:
    """The receipt as data, without its fingerprint."""
    return {
        "duixian": receipt.version,
        "as_of": receipt.as_of.isoformat(),
        "strict": receipt.is_strict,
        "facts": {"dossiers": receipt.dossiers, "facts": receipt.fact_count, "sha256": receipt.facts},
        "policies": dict(receipt.policies),
        "rulings": dict(receipt.rulings),
        "decisions": dict(receipt.decisions),
    }


def run_json(receipt: Receipt, outputs: Mapping[str, bytes]) -> str:
    """run.json: the inputs, their fingerprint, and the hash of every file that came of them."""
    told = inputs_of(receipt) | {
        "fingerprint": receipt.fingerprint,
        "outputs": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(outputs.items())},
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def facts_fingerprint(dossiers: Iterable[Dossier]) -> str:
    """The hash of all facts by meaning: neither the order of rows nor the format of the tables changes it."""
    lines = sorted((each.code, dossier_fingerprint(each)) for each in dossiers)
    return _sha256(_canonical(lines))


def dossier_fingerprint(dossier: Dossier) -> str:
    """The hash of one enterprise's facts."""
    facts = sorted(([each.kind, each.id, _values(each)] for each in dossier.facts), key=lambda each: each[:2])
    subject = {name: _plain(value) for name, value in dossier.subject.items()}
    return _sha256(_canonical([dossier.code, dossier.name, subject, facts]))


def policy_files(city: City) -> dict[str, str]:
    """The hash of every file that the rules were read from, by its path inside the city's folder."""
    folder = Path(city.folder)
    documents = sorted(Path(policy.file).parent for policy in city.policies if policy.file)
    paths = [folder / name for name in _CITY_FILES]
    paths += [document / name for document in documents for name in _DOCUMENT_FILES]
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in paths
        if path.is_file()
    }


def _values(fact: Fact) -> dict[str, Any]:
    return {name: _plain(value) for name, value in fact.values.items()}


def _plain(value: Value) -> Any:
    """A value that JSON holds without mixing kinds: a date is marked, since its text could also be a name."""
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return list(value) if isinstance(value, tuple) else value


def _canonical(thing: object) -> str:
    return json.dumps(thing, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
