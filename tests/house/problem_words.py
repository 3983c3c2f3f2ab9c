"""The words of every problem (问题), as the wording files hold them, and the page that lists them.

A wording file says for each code, in Chinese and in English, what is wrong, why that matters, and one thing to try.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache

from tests.house.tree import SRC

LANGUAGES, PARTS = ("zh", "en"), ("what", "why", "fix")
WORDING = SRC / "wording" / "problems"

Words = dict[tuple[str, str], str]
"""The text of one problem by language and part."""


@cache
def problem_words() -> dict[str, Words]:
    """Every code with its words."""
    found: dict[str, Words] = {}
    for file in sorted(WORDING.glob("*.toml")):
        for path, text in _leaves(tomllib.loads(file.read_text("utf-8"))):
            if path[-1] == "severity":
                continue
            language = next((part for part in path if part in LANGUAGES), "")
            part = next((part for part in path if part in PARTS), "")
            slug = ".".join(name for name in path if name not in (language, part))
            code = slug if "." in slug else f"{file.stem}.{slug}"
            found.setdefault(code, {})[language, part] = text
    return found


def _leaves(table: dict[str, object], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*path, name))
        else:
            yield (*path, name), str(value)


HEAD = """\
# Every problem (问题)

A problem is a mistake in a policy file or a table. Its code never changes, so that it can be searched for and counted.
`duixian check` prints problems with file, line and column; `--format json` gives the same to programs.
Words in braces are filled in where the problem stands.

This page is made from `src/duixian/wording/problems/` by `make docs`.
"""


def problem_page() -> str:
    """The reference page of all problems, by room and code."""
    lines = [HEAD]
    rooms = sorted({code.partition(".")[0] for code in problem_words()})
    for room in rooms:
        lines += [f"## {room}", ""]
        for code, words in sorted(problem_words().items()):
            if code.partition(".")[0] == room:
                lines += [f"### `{code}`", *_entry(words), ""]
    return "\n".join(lines)


def _entry(words: Words) -> Iterator[str]:
    for part in PARTS:
        both = " · ".join(" ".join(words.get((language, part), "—").split()) for language in LANGUAGES)
        yield f"- **{part}** {both}"
