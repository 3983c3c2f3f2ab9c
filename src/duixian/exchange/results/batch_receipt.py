"""The receipt of a batch (批量运行凭据): fingerprints of the files that went in and came out, and of all rules and answers between them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from duixian.exchange.results.folder import RECEIPT_FILE, put_file
from duixian.exchange.results.receipt import policy_files
from duixian.exchange.results.version import version_of_duixian
from duixian.rules.policy import City

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class BatchReceipt:
    """What went into a batch beside its facts (批量凭据). ``inputs`` is all of it in one text: equal texts are equal rules."""

    told: Mapping[str, object]

    @property
    def inputs(self) -> str:
        """Everything but the facts, as one text."""
        return json.dumps(self.told, ensure_ascii=False, sort_keys=True)


def batch_receipt(
    city: City, rulings: Mapping[str, str], as_of: date, *, strict: bool, options: Sequence[str]
) -> BatchReceipt:
    """The receipt of a batch, before anything is read."""
    return BatchReceipt({
        "duixian": version_of_duixian(),
        "engine": "kernel",
        "as_of": as_of.isoformat(),
        "strict": strict,
        "options": list(options),
        "policies": policy_files(city),
        "rulings": dict(sorted(rulings.items())),
        "decisions": dict(sorted((city.decisions | dict(rulings)).items())),
    })  # fmt: skip


def write_batch_receipt(receipt: BatchReceipt, out: Path, outputs: Iterable[Path], facts: Path) -> Path:
    """run.json: the rules, the answers, and the hash of every file that went in and came out.

    Raises:
        OSError: when a file cannot be read or written.
    """
    files = sorted(path for path in facts.iterdir() if path.is_file()) if facts.is_dir() else [facts]
    told = dict(receipt.told) | {
        "facts": {path.name: file_hash(path) for path in files},
        "outputs": {path.name: file_hash(path) for path in sorted(outputs)},
    }
    return put_file(out / RECEIPT_FILE, (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode())


def file_hash(path: Path) -> str:
    """The SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()
