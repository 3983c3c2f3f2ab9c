"""Many bring the same invoice under claims of their own at the same time: every two of them have a stop then."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

CLAIMS, ROUNDS = 8, 5


def attach_at_once() -> tuple[int, int]:
    """How many pieces and how many stops there are."""
    from django.db import connection

    from duixian.office.accounts.actor import actor_of
    from duixian.office.accounts.models import Role, User
    from duixian.office.evidence.attach import attach
    from duixian.office.evidence.models import Evidence, EvidenceStop
    from duixian.office.runs.models import Run, RunState
    from tests.office.conftest import AREA, CODE
    from tests.office.evidence.conftest import make_claim

    actor = actor_of(User.objects.create(username="经办", role=Role.CITY_OFFICER))
    run = Run.objects.create(
        title="测试",
        as_of=date(2026, 3, 1),
        engine="reference",
        state=RunState.FINISHED,
        started_by_id=actor.account_id,
    )
    claims = [make_claim(run, CODE, AREA, f"P-{number}").pk for number in range(CLAIMS)]

    def bring(number: int) -> None:
        identity = {"发票代码": "3200182130", "发票号码": f"{number // CLAIMS:08}"}
        try:
            attach(actor, claims[number % CLAIMS], "invoice", "发票.pdf", identity)
        finally:
            connection.close()

    with ThreadPoolExecutor(CLAIMS) as pool:
        list(pool.map(bring, range(CLAIMS * ROUNDS)))
    return Evidence.objects.count(), EvidenceStop.objects.count()
