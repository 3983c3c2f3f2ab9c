"""Many write the chain at the same time: what is wrong with it then.

Run by itself it uses a database file of its own: ``DUIXIAN_HOME=… python -m tests.office.audit.at_once``.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

WRITERS, ROUNDS = 8, 25


def write_at_once() -> list[str]:
    """What verifying finds, and whatever stands where it should not."""
    from duixian.office.audit.models import AuditEvent
    from duixian.office.audit.verify import verify

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(_write, range(WRITERS)))
    events = list(AuditEvent.objects.filter(action__startswith="test.writer").order_by("number"))
    told = [(each.action, each.subject_id) for each in events]
    findings = verify([])
    if len(told) != 2 * WRITERS * ROUNDS:
        findings.append(f"{len(told)} events")
    for first, then in zip(told[::2], told[1::2], strict=True):
        if then != (f"{first[0]}.then", first[1]):
            findings.append(f"{then} came between")
    return findings


def _write(writer: int) -> None:
    from django.db import connection

    from duixian.office.accounts.actor import SYSTEM
    from duixian.office.acting import acting, tell

    try:
        for number in range(ROUNDS):
            with acting():
                tell(SYSTEM, f"test.writer{writer}", str(number))
                tell(SYSTEM, f"test.writer{writer}.then", str(number))
    finally:
        connection.close()


if __name__ == "__main__":
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    print(write_at_once())
