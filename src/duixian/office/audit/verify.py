"""Verify the chain (核验审计链): every event says what it said when it was written, none is missing, none came between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from django.db import Error

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.audit.anchor import Anchor, kept_anchors
from duixian.office.audit.chain import BEGINNING, hash_of
from duixian.office.audit.models import AuditEvent

_CHUNK = 1_000
MOST_FINDINGS = 1_000
"""So many findings are told; a chain with more is not better understood by the rest."""


def verify(anchors: Iterable[Anchor] | None = None) -> list[str]:
    """What is wrong with the chain, in Chinese; empty when nothing is.

    The chain is read as a stream, and held against anchors: those given, or those in the office's folder. Without any, a chain that was cut
    at its end, or written anew from some event to its end, looks whole.
    """
    wanted, findings = _sorted_out(kept_anchors() if anchors is None else anchors)
    findings.extend(islice(_findings(wanted), MOST_FINDINGS))
    return findings


def verify_as(actor: Actor) -> list[str]:
    """``verify`` for an actor, told in the chain."""
    with acting():
        demand(actor, "audit.verify")
        findings = verify()
        tell(actor, "audit.verify", detail={"findings": len(findings)})
    return findings


def _sorted_out(anchors: Iterable[Anchor | Path]) -> tuple[dict[int, set[str]], list[str]]:
    """The hashes that the anchors want, by number; and the anchors that are none."""
    wanted: dict[int, set[str]] = {}
    findings = []
    for anchor in anchors:
        if isinstance(anchor, Path):
            findings.append(f"链头存证 {anchor.name} 读不通")
        elif not anchor.is_ours:
            findings.append(f"第 {anchor.number} 号的链头存证签名不对")
        else:
            wanted.setdefault(anchor.number, set()).add(anchor.hash)
    return wanted, findings


def _findings(wanted: dict[int, set[str]]) -> Iterator[str]:
    number, previous = 0, BEGINNING
    yield from _against(wanted, number, previous)
    for key, event in _events():
        number += 1
        if event is None:
            yield f"第 {key} 号读不通"
            continue
        if event.number != number:
            yield f"应为第 {number} 号，却是第 {event.number} 号：其间有缺失或插入"
        if event.previous_hash != previous:
            yield f"第 {event.number} 号与前一事件接不上"
        if not _is_as_written(event):
            yield f"第 {event.number} 号的内容与哈希不符"
        number, previous = event.number, event.hash
        yield from _against(wanted, number, previous)
    for missing in sorted(wanted):
        yield f"链头存证有第 {missing} 号，链中没有：末尾被截去"


def _against(wanted: dict[int, set[str]], number: int, found: str) -> Iterator[str]:
    if any(each != found for each in wanted.pop(number, set())):
        yield f"第 {number} 号与链头存证不符"


def _is_as_written(event: AuditEvent) -> bool:
    """Whether the hash is that of the content. What no service could have written has none."""
    try:
        return hash_of(event) == event.hash
    except (AttributeError, TypeError, ValueError):
        return False


def _events() -> Iterator[tuple[object, AuditEvent | None]]:
    """Every event with its key, by number; None for one that no longer fits its columns (SQLite lets anything be written into them)."""
    keys = AuditEvent.objects.order_by("number").values_list("number", flat=True).iterator(chunk_size=_CHUNK)
    while chunk := list(islice(keys, _CHUNK)):
        try:
            found = AuditEvent.objects.in_bulk(chunk)
        except (Error, AttributeError, TypeError, ValueError):
            found = {key: event for key in chunk if (event := _one(key)) is not None}
        for key in chunk:
            yield key, found.get(key)


def _one(key: int) -> AuditEvent | None:
    try:
        return AuditEvent.objects.filter(pk=key).first()
    except (Error, AttributeError, TypeError, ValueError):
        return None
