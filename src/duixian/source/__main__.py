"""``python -m duixian.source FOLDER``: read a policy folder and print its problems, for whoever writes a policy.

Each line is ``file:line:column code found | expected``. The command for officers is ``duixian check``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from duixian.source.city import read_city


def main(folder: str) -> int:
    """Print the problems of a folder; 0 when there is none."""
    reading = read_city(Path(folder))
    for problem in reading.problems:
        print(problem.place, problem.code, problem.found, "|", problem.expected, problem.clause)
    return 1 if reading.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
