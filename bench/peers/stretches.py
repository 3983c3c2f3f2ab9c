"""Columns cut into stretches of whole enterprises (分段): for engines that keep a part of the world at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import TypeVar

from bench.peers.starts import starts
from bench.world.columns import Columns, Enterprises, Projects, Recognitions, Supports

T = TypeVar("T", Recognitions, Projects, Supports)


def stretches_of(columns: Columns, size: int) -> Iterator[Columns]:
    """The columns in stretches of ``size`` enterprises, the last one shorter; nothing is copied."""
    whole = columns.enterprises
    recognitions, projects, supports = columns.recognitions, columns.projects, columns.supports
    bounds = [starts(each.enterprise, columns) for each in (recognitions, projects, supports)]
    for begin in range(0, len(whole), size):
        end = min(begin + size, len(whole))
        inside = slice(begin, end)
        facts = [slice(at[begin], at[end]) for at in bounds]
        yield Columns(
            Enterprises(whole.first + begin, whole.size[inside], whole.area[inside]),
            _cut(recognitions, facts[0]),
            _cut(projects, facts[1]),
            _cut(supports, facts[2]),
        )


def _cut(part: T, which: slice) -> T:
    return replace(part, **{each.name: getattr(part, each.name)[which] for each in fields(part)})
