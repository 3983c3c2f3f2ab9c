"""The receipt of a run (批次凭据): everything that led to its results, by hash, in one file of the store.

The audit chain tells the receipt's own hash, so that neither the run nor its files can be exchanged unseen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from duixian.exchange.results.version import version_of_duixian
from duixian.office.runs.decide import EngineName, Law


def receipt_bytes(law: Law, engine: EngineName, hashes: Mapping[str, str], rows: int) -> bytes:
    """The receipt; the same run gives the same bytes."""
    told = {
        "duixian": version_of_duixian(),
        "as_of": law.as_of.isoformat(),
        "strict": law.is_strict,
        "engine": str(engine),
        "rulings": dict(sorted(law.rulings.items())),
        "decisions": dict(sorted((law.city.decisions | dict(law.rulings)).items())),
        "rows": rows,
        **hashes,
    }
    return (json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def read_receipt(content: bytes) -> dict[str, Any]:
    """What a receipt says."""
    told: dict[str, Any] = json.loads(content)
    return told


def digest_of(content: bytes) -> str:
    """The SHA-256 of bytes."""
    return hashlib.sha256(content).hexdigest()
