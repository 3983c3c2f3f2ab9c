"""Golden cases (定例): dockets at which engines once differed, with what every engine must tell for ever after.

A difference that is found is shrunk and written under ``golden/``; the tests run every file there on every engine.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.engines.codec import decode, encode, written
from tests.engines.decides import DecidesAll, Docket, Reference, Told
from tests.engines.difference import Difference, differences
from tests.engines.shrink import shrunk

FOLDER = Path(__file__).resolve().parent / "golden"


@dataclass(frozen=True, slots=True)
class GoldenCase:
    """A docket, why it is kept, and whether it is decided with marks or strictly."""

    why: str
    docket: Docket
    has_marks: bool = False
    is_strict: bool = False

    @property
    def law(self) -> Reference:
        """The reference engine as this case asks it."""
        return Reference(self.has_marks, self.is_strict)

    def text(self) -> str:
        """The file: the docket, and what the reference engine tells for each dossier."""
        rows = self.law.decide(self.docket)
        return written(
            {
                "why": self.why,
                "has_marks": self.has_marks,
                "is_strict": self.is_strict,
                "docket": encode(self.docket),
                "told": [[_shown(each, self.law) for each in told] for told in rows],
            }
        )


def read_case(path: Path) -> GoldenCase:
    """The case of a file."""
    content = json.loads(path.read_text("utf-8"))
    return GoldenCase(content["why"], decode(content["docket"]), content["has_marks"], content["is_strict"])


def _shown(row: Told, engine: DecidesAll) -> dict[str, Any]:
    """What a row says; what it leaves empty is left out."""
    return {
        name: encode(value)
        for name, value in row._asdict().items()
        if name in engine.tells and value not in (None, "", ()) and value is not False
    }


def golden_files() -> Iterator[Path]:
    """All cases that are kept."""
    yield from sorted(FOLDER.glob("*.json"))


def case_of(difference: Difference, one: Reference, other: DecidesAll) -> GoldenCase:
    """The shrunk case of a difference; the engines must still differ for the reasons for which they did."""
    wanted = difference.reasons

    def still(docket: Docket) -> bool:
        try:
            found = differences(one, other, docket)
        except Exception:  # the law itself breaks down over such a city: no case to keep
            return False
        return any(each.reasons & wanted for each in found)

    start = difference.docket if still(difference.docket) else difference.whole
    docket = shrunk(start, still)
    columns = "、".join(sorted(difference.differing))
    why = f"{other.name} once differed from {one.name} in {columns}"
    return GoldenCase(why, docket, one.has_marks, one.is_strict)


def write_case(case: GoldenCase, folder: Path = FOLDER) -> Path:
    """Write a case, unless one with the same docket is kept already, under whatever name.

    The new file's name follows from its docket; a person gives it a better one, and a better reason.
    """
    for path in sorted(folder.glob("*.json")):
        if read_case(path).docket == case.docket:
            return path
    name = sha256(json.dumps(encode(case.docket), sort_keys=True).encode()).hexdigest()[:10]
    path = folder / f"{name}.json"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(case.text().encode())
    return path
