"""An office is killed at random points of import, run and payment, and looked through after each (随机断电).

    python -m tests.office.killed [POINTS] [--seed S] [--postgresql] [--small] [--only KIND]

SQLite, or the server that ``DATABASE_URL`` names; with ``--postgresql`` an embedded one is started.
``--small`` takes short lists and a small batch; ``--only`` one kind of deed (it may be named more than once).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

import django

from tests.office.on_postgresql import postgresql
from tests.office.own_office import own_office


def main(words: Sequence[str]) -> int:
    """Kill, look, and say what was found; 1 when anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.office.killed", description=__doc__)
    parser.add_argument("points", nargs="?", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--only", action="append")
    parser.add_argument("--small", action="store_true")
    given = parser.parse_args(words)
    with postgresql() if given.postgresql else nullcontext("") as address, TemporaryDirectory() as home:
        if address:
            os.environ["DATABASE_URL"] = address
        with own_office(Path(home)) as office:
            os.environ.update(office.environment)
            django.setup()
            from tests.office.killed.points import KINDS, deeds, kill_everywhere

            wanted = deeds(given.only or KINDS, is_small=given.small)
            return 0 if kill_everywhere(wanted, given.points, given.seed) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
