"""Many do the same in the registry at the same time: how often it was done then.

Run by itself it works in the office of its environment: ``python -m tests.office.registry.at_once``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

WORKERS, ROUNDS = 8, 5


def everything_at_once() -> dict[str, int]:
    """What there is of each thing after all have done it, and how many different answers they got."""
    from duixian.credit_code import make_code
    from duixian.office.accounts.actor import actor_of
    from duixian.office.accounts.models import Role, User
    from duixian.office.registry.models import Attribute, FactRecord, Roster
    from duixian.office.registry.record import FactRow, record_enterprise, record_facts
    from duixian.office.registry.rosters.commit import commit
    from duixian.office.registry.rosters.preview import preview
    from duixian.office.registry.rosters.upload import upload
    from duixian.office.registry.sources import record_source

    actor = actor_of(User.objects.create(username="经办", role=Role.CITY_OFFICER))
    source = record_source(actor, "登记簿")
    codes = [make_code("91", "320722", number) for number in range(ROUNDS)]
    at_once(
        lambda number: record_enterprise(actor, source, codes[number], {"企业名称": f"连云港第{number}公司"})
    )
    row = {"称号": "企业技术中心", "级别": "省级"}
    at_once(lambda number: record_facts(actor, source, [FactRow("认定", f"R-{number}", codes[number], row)]))

    def list_of(number: int) -> int:
        content = f"企业名称,称号,级别\n连云港第{number}公司,工业设计中心,市级\n".encode()
        named = {"kind": "认定", "title": "名单", "issuer": "市局"}
        return int(upload(actor, content, "名单.csv", document_number=f"{number}号", **named).pk)  # type: ignore[arg-type]

    uploaded = set(at_once(list_of))
    for roster in uploaded:
        preview(actor, roster)
    ordered = sorted(uploaded)
    answers = at_once(lambda number: json.dumps(commit(actor, ordered[number]).counts, sort_keys=True))
    return {
        "attributes": Attribute.objects.count(), "facts": FactRecord.objects.count(), "rosters": Roster.objects.count(),
        "uploaded": len(uploaded), "answers": len(set(answers)),
    }  # fmt: skip


def at_once(do: Callable[[int], Any]) -> list[Any]:
    """Every worker does each of the rounds, all of them together."""
    from django.db import connection

    def one(number: int) -> Any:
        try:
            return do(number // WORKERS)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(one, range(WORKERS * ROUNDS)))


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(everything_at_once()))
