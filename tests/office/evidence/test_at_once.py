"""Two that bring the same invoice in the same moment still find each other."""

from __future__ import annotations

from pathlib import Path

from tests.office.evidence.at_once import CLAIMS, ROUNDS
from tests.office.own_office import own_office


def test_eight_claims_with_one_invoice_stop_each_other(tmp_path: Path) -> None:
    with own_office(tmp_path) as office:
        office.python("from django.core.management import call_command; call_command('migrate', verbosity=0)")
        told = office.python(
            "from tests.office.evidence.at_once import attach_at_once; print(*attach_at_once())"
        )
    pieces, stops = map(int, told.split())
    assert pieces == CLAIMS * ROUNDS
    assert stops == ROUNDS * CLAIMS * (CLAIMS - 1) // 2
