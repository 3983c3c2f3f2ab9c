"""What is read within a snapshot is of one moment, whatever is written meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import transaction

from duixian.office.registry.models import Enterprise
from duixian.office.runs.snapshot import snapshot
from tests.office.own_office import own_office

CODE = "91320722MA1XXXXX0T"
_PROGRAM = """
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4
from duixian.office.registry.models import Enterprise
from duixian.office.runs.snapshot import snapshot

def write():
    with ThreadPoolExecutor(1) as pool:
        pool.submit(Enterprise.objects.create, code=str(uuid4())[:18]).result()

write()
with snapshot():
    before = Enterprise.objects.count()
    write()
    write()
    during = Enterprise.objects.count()
print(before, during, Enterprise.objects.count())
"""


def test_what_others_write_meanwhile_is_not_seen(tmp_path: Path) -> None:
    with own_office(tmp_path) as office:
        assert office.command("migrate").returncode == 0
        assert office.python(_PROGRAM).split() == ["1", "1", "3"]


@pytest.mark.django_db
def test_within_a_transaction_its_own_writing_is_seen() -> None:
    with transaction.atomic():
        Enterprise.objects.create(code=CODE)
        with snapshot():
            assert Enterprise.objects.count() == 1
