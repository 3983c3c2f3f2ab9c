"""Notes that published lists write into the name (名单附注): an ordinal, the former name, the present name.

Understood: ``甲公司（原：乙公司）``, ``甲公司（曾用名：乙公司、丙公司）``, ``乙公司（现更名为甲公司）``, ``甲公司，原名：乙公司``,
``原乙公司``, ``12、甲公司``. All names in one such line are, by the word of the list, names of one enterprise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORMERLY = r"原企业名称|原公司名称|原名称|原名|曾用名称|曾用名|曾名|旧名|更名前|变更前"
_NOW = r"现更名为|已更名为|更名为|现变更为|变更为|改名为|现名称|现名"
_BRACKET = re.compile(rf"\((?:(?P<former>{_FORMERLY}|原)|(?P<now>{_NOW}|现))为?:?")
# Without brackets a comma, a colon or the end of a full name must set the note off: 原名 may be part of a name (原名堂).
_TAIL = re.compile(
    rf"(?P<main>.+?)(?P<comma>[,;、]|(?<=公司))?(?:{_FORMERLY}|(?P<now>{_NOW}))为?(?P<colon>:)?(?P<rest>.+)"
)
_HEAD = re.compile(rf"(?:{_FORMERLY}|原):(?P<rest>.+)")
_PAIRED = re.compile(r"[^()]*(?:\([^()]*\)[^()]*)*")
_BARE = "原"
_ORDINAL = re.compile(r"(?:\([0-9]{1,4}\)|[0-9]{1,4}[·、)])(?=\D)")
_BETWEEN = re.compile(r"[、,;/]")
_SHORTEST_NAME = 4


@dataclass(frozen=True, slots=True)
class NotedNames:
    """The names that one line gives to one enterprise (同一行所列名称): those it bears and those it bore, as the list has it.

    ``bare`` marks ``原乙公司`` without a colon: 原 may then belong to the name itself (原力科技).
    """

    present: tuple[str, ...]
    former: tuple[str, ...] = ()
    bare: bool = False


def noted_names(spelling: str) -> NotedNames | None:
    """The names inside a line that carries a note, or nothing when it carries none."""
    line = _ORDINAL.sub("", spelling, count=1) if _ORDINAL.match(spelling) else spelling
    for read in (_in_brackets, _after_the_name, _before_the_name):
        if found := read(line):
            return found
    if line.startswith(_BARE) and len(line) > _SHORTEST_NAME:
        return NotedNames((), (line[1:],), bare=True)
    return NotedNames((line,)) if line != spelling else None


def _in_brackets(line: str) -> NotedNames | None:
    note = _BRACKET.search(line)
    if note is None or not line.endswith(")"):
        return None
    inside = line[note.end() : -1]
    if not _PAIRED.fullmatch(inside):
        return None
    return _names(line[: note.start()], inside, now=bool(note["now"]))


def _after_the_name(line: str) -> NotedNames | None:
    note = _TAIL.fullmatch(line)
    if note is None or (note["comma"] is None and note["colon"] is None):
        return None
    return _names(note["main"], note["rest"], now=bool(note["now"]))


def _before_the_name(line: str) -> NotedNames | None:
    note = _HEAD.fullmatch(line)
    return NotedNames((), _split(note["rest"])) if note else None


def _names(main: str, noted: str, *, now: bool) -> NotedNames | None:
    """The main name and the noted ones; nothing when any is too short to be a name (乙公司（原料）)."""
    rest = _split(noted)
    if not rest or any(len(name) < _SHORTEST_NAME for name in (main, *rest)):
        return None
    return NotedNames(rest, (main,)) if now else NotedNames((main,), rest)


def _split(names: str) -> tuple[str, ...]:
    return tuple(name for name in _BETWEEN.split(names) if name)
