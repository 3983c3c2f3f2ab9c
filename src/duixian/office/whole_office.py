"""The whole office verified (全面核验): the audit chain, the ledger, every run recomputed, every stored file. What is wrong is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from duixian.office.audit import verify as chain
from duixian.office.audit.models import AuditEvent
from duixian.office.evidence.models import StoredFile
from duixian.office.evidence.store import is_whole
from duixian.office.runs.models import Run
from duixian.office.runs.verify import verify as verify_run
from duixian.office.treasury import verify as treasury
from duixian.office.treasury.models import JournalEntry


@dataclass(frozen=True, slots=True)
class Verified:
    """One part of the office as it was found (核验结果): what it is, how many things were looked at, and what is wrong."""

    part: str
    count: int
    complaints: list[str]


def verify_office() -> Iterator[Verified]:
    """Every part of the office, one after the other; nothing is changed."""
    for part, look in PARTS.items():
        count, complaints = look()
        yield Verified(part, count, complaints)


def _chain() -> tuple[int, list[str]]:
    return AuditEvent.objects.count(), chain.verify()


def _ledger() -> tuple[int, list[str]]:
    return JournalEntry.objects.count(), treasury.verify()


def _runs() -> tuple[int, list[str]]:
    runs = list(Run.objects.order_by("id"))
    return len(runs), [complaint for run in runs for complaint in verify_run(run)]


def _files() -> tuple[int, list[str]]:
    digests = list(StoredFile.objects.order_by("digest").values_list("digest", flat=True))
    return len(digests), [f"文件 {each} 缺失或已被改动" for each in digests if not is_whole(each)]


PARTS: dict[str, Callable[[], tuple[int, list[str]]]] = {
    "审计链": _chain,
    "台账": _ledger,
    "认定批次": _runs,
    "存档文件": _files,
}
"""What is looked at, and how."""
