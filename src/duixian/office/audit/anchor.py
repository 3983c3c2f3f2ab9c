"""Anchors (链头存证): how long the chain was at a moment, and how it ended, kept outside of the database.

A chain that somebody cut short, or wrote anew from some event on, is whole in itself: only who knows what it was before sees
that. So anchors belong where the database's keeper cannot reach: with the auditor, or on paper. They carry a signature made with the
office's secret key.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from secrets import token_hex

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils import timezone

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.audit.chain import BEGINNING
from duixian.office.audit.models import AuditEvent


@dataclass(frozen=True, slots=True)
class Anchor:
    """The end of the chain at a moment (链头): ``number`` events, the last with ``hash``; ``signature`` is the office's."""

    number: int
    hash: str
    at: str
    signature: str = ""

    @property
    def is_ours(self) -> bool:
        """Whether the signature is the office's, with its present or a former key."""
        try:
            _signer().unsign(f"{self._said}:{self.signature}")
        except BadSignature:
            return False
        return True

    @property
    def _said(self) -> str:
        return f"{self.number}/{self.hash}/{self.at}"

    def as_text(self) -> str:
        """The anchor as the file that an auditor keeps."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True) + "\n"


def anchor_of(text: str) -> Anchor:
    """An anchor from its file.

    Raises:
        ValueError: when the text is no anchor.
    """
    said = json.loads(text)
    match said:
        case {"number": int(), "hash": str(), "at": str(), "signature": str(), **others} if not others:
            return Anchor(**said)
    raise ValueError("no anchor")


def head() -> Anchor:
    """The end of the chain as it is now, signed."""
    number, last = AuditEvent.objects.order_by("-number").values_list("number", "hash").first() or (
        0,
        BEGINNING,
    )
    bare = Anchor(number, last, timezone.now().isoformat(timespec="seconds"))
    return Anchor(bare.number, bare.hash, bare.at, _signer().signature(bare._said))


def cast_anchor(actor: Actor) -> Anchor:
    """Note the end of the chain in the office's folder, and give it out to be kept elsewhere."""
    with acting():
        demand(actor, "audit.anchor")
        anchor = head()
        tell(actor, "audit.anchor", str(anchor.number))
    keep(anchor)
    return anchor


def keep(anchor: Anchor) -> Path:
    """Write an anchor into the office's folder, whole or not at all; one that is there already stays."""
    folder = settings.HOME / "anchors"
    folder.mkdir(parents=True, exist_ok=True)
    path: Path = folder / f"{anchor.number:012}.json"
    if not path.exists():
        # Half an anchor would stand in the place of a whole one for good, and look like a forged one.
        waiting = folder / f"{anchor.number:012}.{token_hex(8)}"
        try:
            with waiting.open("w", encoding="utf-8") as file:
                file.write(anchor.as_text())
                file.flush()
                os.fsync(file.fileno())
            os.replace(waiting, path)
        finally:
            waiting.unlink(missing_ok=True)
    return path


def kept_anchors() -> Iterator[Anchor | Path]:
    """The anchors in the office's folder; the path where a file is none."""
    for path in sorted((settings.HOME / "anchors").glob("*.json")):
        try:
            yield anchor_of(path.read_text("utf-8"))
        except ValueError:
            yield path


def _signer() -> Signer:
    return Signer(salt="duixian.audit.anchor")
