"""Uploading a list (上传名单): kept as it came, its columns guessed or remembered. The same content again is the first one's roster."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.advisory_lock import wait_in_line
from duixian.office.evidence.file_names import safe_name
from duixian.office.evidence.models import StoredFile
from duixian.office.evidence.store import keep
from duixian.office.refusal import NotThere, Refusal
from duixian.office.registry.models import Roster, RosterState
from duixian.office.registry.rosters.headers import find_plan
from duixian.office.registry.rosters.map_columns import demand_constants
from duixian.office.registry.rosters.roster_file import raw_of, roster_kind
from duixian.office.registry.stored_values import as_json
from duixian.source.normalise import fold


def upload(
    actor: Actor,
    content: bytes | Path,
    file_name: str,
    *,
    kind: str,
    title: str,
    issuer: str,
    document_number: str = "",
    published_on: date | None = None,
    constants: Mapping[str, str] | None = None,
    corrects: int | None = None,
) -> Roster:
    """Upload a list of one kind of facts.

    ``constants`` are texts as a cell would hold them, for every row. ``corrects`` names an earlier list of the same issuer and document:
    with this one's commit, what stands no longer on it is withdrawn.

    Raises:
        Refusal: what the store refuses of a file, ``roster-kind``, ``roster-title``, ``roster-unreadable``, ``constant-unfit``.
    """
    demand(actor, "roster.upload")
    fact_kind = roster_kind(kind)
    if not title.strip() or not issuer.strip():
        raise Refusal("roster-title", "名单没有名称或发布单位", why="来源要说得清楚", fix="请填写")
    demand_constants(fact_kind, constants or {})
    with acting():
        file = keep(content, file_name)
        content_hash = _content_hash(file, kind, issuer, document_number)
        wait_in_line(f"roster:{content_hash}")
        first = Roster.objects.filter(content_hash=content_hash).exclude(state=RosterState.UNDONE).first()
        if first is not None:
            return first
        name = safe_name(file_name)
        roster = Roster(
            title=title.strip()[:200], kind=kind, issuer=issuer.strip(), document_number=document_number.strip(),
            published_on=published_on, file=file, file_name=name, constants=dict(constants or {}), content_hash=content_hash,
            uploaded_by_id=actor.account_id, corrects=_corrected(corrects, kind, issuer, document_number),
        )  # fmt: skip
        raw = raw_of(roster, fact_kind)
        roster.mapping = find_plan(raw, fact_kind, roster.issuer).as_json()
        roster.problems = [*raw.problems, *raw.broken.values()]
        roster.save()
        tell(
            actor, "roster.upload", roster, detail={"file": file.digest, "kind": kind, "rows": len(raw.rows)}
        )
        return roster


def _content_hash(file: StoredFile, kind: str, issuer: str, document_number: str) -> str:
    told = as_json([file.digest, kind, fold(issuer), fold(document_number)])
    return hashlib.sha256(told.encode()).hexdigest()


def _corrected(number: int | None, kind: str, issuer: str, document_number: str) -> Roster | None:
    if number is None:
        return None
    earlier = Roster.objects.filter(pk=number, state=RosterState.COMMITTED).first()
    if earlier is None:
        raise NotThere("not-there", "没有找到被更正的名单", why="没有这份名单，或它没有入库")
    same = (earlier.kind, fold(earlier.issuer), fold(earlier.document_number))
    if same != (kind, fold(issuer), fold(document_number)):
        raise Refusal(
            "roster-corrects-another",
            "更正的不是同一份名单",
            why="更正名单与原名单的种类、发布单位、文号须一致",
            fix="请核对发布单位和文号",
        )
    return earlier
