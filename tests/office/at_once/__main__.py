"""Eight people do everything with the same things at the same time, on PostgreSQL, and the whole office is looked through (同时办理).

    python -m tests.office.at_once [ROUNDS] [--sqlite] [--progress FILE]

The server is the one that ``DATABASE_URL`` names, else an embedded one. It prints how often each deed was done, every refusal, and
rounds per second; the exit code is 1 when anything was wrong.
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
    """Work, look, and say what was found; 1 when anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.office.at_once", description=__doc__)
    parser.add_argument("rounds", nargs="?", type=int, default=1_000)
    parser.add_argument("--sqlite", action="store_true")
    parser.add_argument("--progress", type=Path, help="a file that tells how far it is")
    given = parser.parse_args(words)
    with nullcontext() if given.sqlite else postgresql() as address, TemporaryDirectory() as home:
        if address:
            os.environ["DATABASE_URL"] = address
        with own_office(Path(home)) as office:
            os.environ.update(office.environment)
            django.setup()
            from tests.office.at_once.rounds import work_together

            return 0 if work_together(given.rounds, given.progress) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
