"""Answers that are kept as they were sent (留存答复): what many ask and what seldom changes is checked and written once.

_measures = KeptAnswers(Page[MeasureAnswer])

def public_measures(request: HttpRequest, wanted: Query[Wanted]) -> HttpResponse:
    return _measures.told(wanted, basis, lambda: page_of(…, wanted))
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from pydantic import TypeAdapter

from duixian.office.api.schema import Schema

MOST = 512
"""So many answers of a route are remembered at once."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """An answer (答复) with what it rests on: it is told again as long as that is the same."""

    basis: Hashable
    content: bytes
    etag: str


class KeptAnswers:
    """The answers of one route (留存答复) by what was asked, each in the form of the route's schema."""

    def __init__(self, schema: Any) -> None:
        self._form = TypeAdapter[Any](schema)
        self._kept: dict[str, _Kept] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def told(self, asked: Schema | str, basis: Hashable, make: Callable[[], Any]) -> HttpResponse:
        """The answer to what was asked, made anew when there is none, or one on another basis. It has an ``ETag``.

        What an address holds beyond the parameters of its route was not asked.
        """
        key = asked if isinstance(asked, str) else asked.model_dump_json()
        kept = self._kept.get(key)
        if kept is None or kept.basis != basis:
            kept = self._keep(key, basis, make())
        answer = HttpResponse(kept.content, content_type="application/json; charset=utf-8")
        answer["ETag"] = kept.etag
        return answer

    def _keep(self, key: str, basis: Hashable, value: Any) -> _Kept:
        content = self._form.dump_json(self._form.validate_python(value))
        kept = _Kept(basis, content, f'"{hashlib.sha256(content).hexdigest()[:32]}"')
        if len(self._kept) >= MOST:
            self._kept.clear()
        self._kept[key] = kept
        return kept
