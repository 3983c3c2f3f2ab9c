"""Numbers of facts from lists (名单事实的编号): the same row of the same document has the same number, whichever version of it comes.

A row is known by its enterprise, its title and its object, and where these come twice, by which of them it is. Level, grade and day are
no part of it: they are what a corrected list corrects.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from duixian.office.registry.stored_values import as_json
from duixian.rules.vocabulary import FactKind
from duixian.source.normalise import fold as fold_text

_LONGEST_DOCUMENT = 40
fold = lru_cache(maxsize=4_096)(fold_text)


class RowNumbers:
    """Gives the rows of one list their numbers, in the order of the rows (编号)."""

    def __init__(self, kind: FactKind, issuer: str, document: str) -> None:
        self._kind = kind
        self._of = [fold(issuer), fold(document), kind.name]
        self._label = (document or issuer)[:_LONGEST_DOCUMENT]
        self._met: Counter[tuple[str, ...]] = Counter()

    def number(self, code: str, values: Mapping[str, Any]) -> str:
        """The number of the next row."""
        fields = (self._kind.title_field, self._kind.object_field)
        identity = (code, *(fold(str(values.get(name, ""))) if name else "" for name in fields))
        self._met[identity] += 1
        told = as_json([*self._of, *identity, self._met[identity]])
        return f"{self._label}/{hashlib.sha256(told.encode()).hexdigest()[:16]}"
