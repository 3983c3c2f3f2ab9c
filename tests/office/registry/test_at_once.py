"""Eight do the same at the same moment, and it is done once."""

from __future__ import annotations

import json
from pathlib import Path

from tests.office.own_office import own_office
from tests.office.registry.at_once import ROUNDS


def test_what_eight_do_at_once_is_done_once(tmp_path: Path) -> None:
    with own_office(tmp_path) as office:
        office.python("from django.core.management import call_command; call_command('migrate', verbosity=0)")
        told = office.python(
            "from tests.office.registry.at_once import everything_at_once\nimport json\nprint(json.dumps(everything_at_once()))"
        )
    found = json.loads(told.strip().splitlines()[-1])
    assert found == {
        "attributes": ROUNDS, "facts": 2 * ROUNDS, "rosters": ROUNDS, "uploaded": ROUNDS, "answers": 1,
    }  # fmt: skip
