"""A guide acted out (照着做一遍): its files are written, its commands run, and what they say is put beneath them.

Fenced blocks that belong to the story say so after the language:

- ``yaml policies/x/city.yaml``: a file, written as it stands; with several paths, the same text in each.
- ``markdown policies/x/policy.md part``: a piece of a file. Its first and last line stand in the file already; what stood
  between them makes way for what stands between them here.
- ``console``: commands behind ``$``, and what they say. The commands are ``duixian …`` and ``cat FILE``.

Nothing outside of the given folder is written. A block with a language alone is an illustration.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.cli.command import duixian

_OPENING = re.compile(r"(?P<fence>`{3,})(?P<info>[^`]*)")
_PART, _CONSOLE, _PROMPT = "part", "console", "$ "


@dataclass(frozen=True)
class Fence:
    """A fenced block: the indexes of its opening and closing line, the words after the fence, the lines inside."""

    opening: int
    closing: int
    info: tuple[str, ...]
    body: tuple[str, ...]


def fences(lines: list[str]) -> Iterator[Fence]:
    """The fenced blocks of a page; a shorter fence inside one is part of its text."""
    opening, mark, info = -1, "", ""
    for number, line in enumerate(lines):
        match = _OPENING.fullmatch(line)
        if opening < 0 and match:
            opening, mark, info = number, match["fence"], match["info"]
        elif opening >= 0 and line == mark:
            yield Fence(opening, number, tuple(info.split()), tuple(lines[opening + 1 : number]))
            opening = -1
    assert opening < 0, f"the fence of line {opening + 1} is never closed"


def acted_out(page: str, folder: Path) -> str:
    """The page with what its commands say when they are run in the folder, one after the other."""
    lines, told, here = page.split("\n"), list[str](), 0
    for fence in fences(lines):
        told += [*lines[here : fence.opening + 1], *_act(fence, folder)]
        here = fence.closing
    return "\n".join([*told, *lines[here:]])


def _act(fence: Fence, folder: Path) -> Iterator[str]:
    if fence.info == (_CONSOLE,):
        for line in fence.body:
            if line.startswith(_PROMPT):
                yield line
                said = _said(shlex.split(line.removeprefix(_PROMPT)), folder)
                yield from (each.rstrip() for each in said.splitlines())
        return
    paths = [folder / word for word in fence.info[1:] if word != _PART]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = "\n".join(fence.body) + "\n"
        path.write_text(_put_in(text, path.read_text("utf-8")) if _PART in fence.info else text, "utf-8")
    yield from fence.body


def _said(words: list[str], folder: Path) -> str:
    """What a command says, on either channel."""
    program, *args = words
    if program == "cat":
        return (folder / args[0]).read_text("utf-8")
    assert program == "duixian", f"a guide runs duixian and cat, not {program}"
    spoken = duixian(*args, where=folder)
    return spoken.out + spoken.err


def _put_in(part: str, text: str) -> str:
    lines, old = part.splitlines(), text.splitlines()
    first, last = (_only_place(line, old) for line in (lines[0], lines[-1]))
    assert first < last, f"{lines[0]!r} stands below {lines[-1]!r}"
    return "\n".join([*old[:first], *lines, *old[last + 1 :]]) + "\n"


def _only_place(line: str, lines: list[str]) -> int:
    assert lines.count(line) == 1, f"{line!r} stands {lines.count(line)} times in the file, not once"
    return lines.index(line)
