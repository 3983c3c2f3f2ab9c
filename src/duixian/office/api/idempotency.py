"""Requests that may come twice (幂等请求): the first answer under a client's ``Idempotency-Key`` is kept, and told again.

The kept answer and the change that it tells of are one transaction: neither is ever there without the other. What comes at the same
time under the same key waits for the first. Only answers that something was done are kept; a refusal changed nothing, so the same
request may be tried again. Nothing needs to be written in handlers: every write of every router works so.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from duixian.office.advisory_lock import wait_in_line
from duixian.office.api.models import KeptAnswer
from duixian.office.api.refusal_words import edge
from duixian.office.api.refusals import refused
from duixian.office.api.signing_in import signed_in
from duixian.office.kept_query import KeptQuery
from duixian.office.plain_rows import insert
from duixian.office.refusal import Refusal

KEPT_DAYS = 30
MOST_KEY_LENGTH = 120
WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
TOLD_AGAIN = "Idempotency-Replayed"
"""The header of an answer that is told again."""
_KEPT_HEADERS = ("Content-Type", "ETag", "Location", "Content-Disposition")


def answered_once(run: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A run that does its work once for each key of an account."""

    @wraps(run)
    def answered(request: HttpRequest, **named: Any) -> HttpResponseBase:
        key = request.headers.get("Idempotency-Key")
        if key is None or request.method not in WRITES:
            return run(request, **named)
        try:
            actor = signed_in(request)
            if actor is None or actor.id is None:
                return run(request, **named)
            _demand_proper(key)
            return _once(request, actor.id, key, lambda: run(request, **named))
        except Refusal as refusal:
            return refused(request, refusal)

    return answered


def forget_old_answers() -> int:
    """Drop the answers that are older than :data:`KEPT_DAYS`; how many there were."""
    old = KeptAnswer.objects.filter(kept_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))
    return old.delete()[0]


def _demand_proper(key: str) -> None:
    if not 0 < len(key) <= MOST_KEY_LENGTH or not all("!" <= each <= "~" for each in key):
        raise edge("idempotency-key-malformed")


def _once(request: HttpRequest, user: int, key: str, run: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    asked = _hash_of(request)
    with transaction.atomic():
        wait_in_line(f"answer:{user}:{key}")
        kept = _KEPT.first(user, key)
        if kept is not None:
            return _told_again(kept, asked)
        answer = run()
        if isinstance(answer, HttpResponse) and answer.status_code < 400:
            _keep(answer, user, key, asked)
        # What a refusal leaves behind on purpose stays, as it would without a key: a wrong code makes its device wait.
        return answer


_KEPT = KeptQuery(lambda user, key: KeptAnswer.objects.filter(user=user, key=key))


def _hash_of(request: HttpRequest) -> str:
    """What a request asks: method, path and content. The boundary of a form is no content."""
    told = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type == "multipart/form-data":
        for name, values in sorted(request.POST.lists()):
            told.update(repr((name, values)).encode())
        for name, file in sorted(request.FILES.items()):
            told.update(repr((name, getattr(file, "name", ""))).encode())
            for chunk in file.chunks():  # type: ignore[union-attr]
                told.update(chunk)
            file.seek(0)  # type: ignore[union-attr]
    else:
        told.update(request.body)
    return told.hexdigest()


def _keep(answer: HttpResponse, user: int, key: str, asked: str) -> None:
    insert(
        KeptAnswer(
            user_id=user,
            key=key,
            request_hash=asked,
            status=answer.status_code,
            body=b64encode(answer.content).decode(),
            headers={name: answer[name] for name in _KEPT_HEADERS if answer.has_header(name)},
        )
    )


def _told_again(kept: KeptAnswer, asked: str) -> HttpResponse:
    if kept.request_hash != asked:
        raise edge("idempotency-key-reused")
    answer = HttpResponse(b64decode(kept.body or ""), status=kept.status)
    del answer["Content-Type"]
    for name, value in kept.headers.items():
        answer[name] = value
    answer[TOLD_AGAIN] = "true"
    return answer
