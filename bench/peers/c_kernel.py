"""The C kernel beside us (C 内核): the limit that Duixian's kernel is measured against; ``c_kernel.c`` is its text."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from bench.peers.c_build import library
from bench.peers.lines import Lines
from bench.peers.starts import starts
from bench.peers.workload import FACTORY, FREE_OF_BAR, SOFTWARE, B, Rules, rules
from bench.world.columns import Columns, Int64
from bench.world.happenings import CATEGORIES, RECOGNITIONS

THREADS = 2
BLOCK, MOST_FACTS = 8192, 24
"""As in the C text."""
TITLES = 64
_SECOND_YEAR, _THIRD_YEAR = (int(np.datetime64(day).astype(np.int64)) for day in ("2026-01-01", "2027-01-01"))

_TITLE = np.dtype(
    [("fen", "i8"), ("limit_fen", "i8"), *((name, "i1") for name in (
        "measure", "row", "way", "limit", "wants_factory", "wants_software", "may_be_barred", "unused"
    ))]
)  # fmt: skip
_PROJECT = np.dtype(
    [
        ("threshold_fen", "i8"),
        ("cap_fen", "i8"),
        ("bp", "i4"),
        ("measure", "i1"),
        ("row", "i1"),
        ("unused", "i2"),
    ]
)
_RULES = np.dtype([
    ("titles", _TITLE, (2, 2, TITLES)), ("projects", _PROJECT, (2, len(CATEGORIES))),
    ("first_bit", "u8", TITLES), ("is_factory", "i1", TITLES), ("title_lines", "i1", TITLES), ("project_lines", "i1", len(CATEGORIES)),
    ("first_day", "i4", 2), ("last_day", "i4", 2), ("second_year", "i4"), ("third_year", "i4"),
])  # fmt: skip
"""The structures of the C text, field by field."""

_LINE_TYPES = ("i4", "i1", "i1", "i4", "i1", "i8", "i8", "i8", "i8")
"""The columns of ``Lines``."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a run needs: the rules and the columns as C sees them. ``keep`` holds the arrays that the pointers point into."""

    rules: npt.NDArray[np.void]
    columns: ctypes.Array[ctypes.c_int64]
    keep: list[npt.NDArray[np.generic]]
    enterprises: int


def prepare(columns: Columns) -> Prepared:
    """Lay the columns out for C: only the places where enterprises begin are computed.

    Raises:
        NotAvailable: when the kernel cannot be compiled.
    """
    library()
    facts, projects, supports = columns.recognitions, columns.projects, columns.supports
    begins = [starts(each.enterprise, columns) for each in (facts, projects, supports)]
    assert all(np.diff(each).max(initial=0) <= MOST_FACTS for each in begins[:2])
    assert len(columns.enterprises) * 100 < 1 << 31
    keep: list[npt.NDArray[np.generic]] = [
        columns.enterprises.size, *begins, facts.title, facts.round, facts.day, facts.number,
        projects.category, projects.invested_fen, projects.day, projects.existing, projects.number, supports.about, supports.level,
    ]  # fmt: skip
    keep = [np.ascontiguousarray(each) for each in keep]
    words = [each.ctypes.data for each in keep]
    enterprises = len(columns.enterprises)
    return Prepared(
        c_rules(rules()),
        (ctypes.c_int64 * (len(words) + 2))(*words, enterprises, columns.enterprises.first),
        keep,
        enterprises,
    )


def run(prepared: Prepared, threads: int = THREADS) -> Lines:
    """Decide everything; the columns of the lines are allocated here, as every engine allocates its results."""
    blocks, count = _count(prepared, threads)
    lines = Lines(*(np.empty(count, dtype=type_) for type_ in _LINE_TYPES))
    decide_into(prepared, lines, blocks, threads)
    return lines


def run_again(prepared: Prepared, lines: Lines, threads: int = THREADS) -> Lines:
    """The same into columns that exist already: what remains is the counting and the deciding alone."""
    blocks, _ = _count(prepared, threads)
    decide_into(prepared, lines, blocks, threads)
    return lines


def decide_into(prepared: Prepared, lines: Lines, blocks: Int64, threads: int) -> None:
    """Write the lines of every block from its place in ``blocks`` on."""
    out = (ctypes.c_int64 * len(_LINE_TYPES))(
        *(getattr(lines, each.name).ctypes.data for each in fields(Lines))
    )
    library().decide(
        ctypes.c_void_p(prepared.rules.ctypes.data),
        prepared.columns,
        out,
        ctypes.c_void_p(blocks.ctypes.data),
        ctypes.c_int(threads),
    )


def _count(prepared: Prepared, threads: int) -> tuple[Int64, int]:
    blocks = np.zeros(-(-prepared.enterprises // BLOCK), dtype=np.int64)
    count_lines = library().count_lines
    count_lines.restype = ctypes.c_int64
    count = count_lines(
        ctypes.c_void_p(prepared.rules.ctypes.data),
        prepared.columns,
        ctypes.c_void_p(blocks.ctypes.data),
        ctypes.c_int(threads),
    )
    return blocks, int(count)


def c_rules(rules: Rules) -> npt.NDArray[np.void]:
    """The rules as the one structure that the C text reads."""
    table = np.zeros(1, dtype=_RULES)
    known = len(RECOGNITIONS)
    titles = table["titles"][0]
    titles["measure"] = -1
    measure, row = rules.title_measure, rules.title_row
    titles["measure"][..., :known] = measure
    titles["row"][..., :known] = row
    titles["way"][..., :known] = rules.title_way
    titles["fen"][..., :known] = np.where(row >= 0, rules.row_fen[row], -1)
    titles["limit"][..., :known] = np.where(measure >= 0, rules.measure_limit[measure], 0)
    titles["limit_fen"][..., :known] = np.where(measure >= 0, rules.measure_limit_fen[measure], -1)
    ids = rules.measure_ids
    titles["wants_factory"][..., :known] = measure == ids.index(FACTORY)
    titles["wants_software"][..., :known] = measure == ids.index(SOFTWARE)
    titles["may_be_barred"][B, :, :known] = measure[B] != ids.index(FREE_OF_BAR)
    projects = table["projects"][0]
    projects["measure"], projects["row"] = rules.project_measure, rules.project_row
    projects["threshold_fen"] = rules.row_threshold_fen[rules.project_row]
    projects["cap_fen"], projects["bp"] = (
        rules.row_cap_fen[rules.project_row],
        rules.row_bp[rules.project_row],
    )
    first = rules.first_row.astype(np.int64)
    table["first_bit"][0, :known] = np.where(first >= 0, 1 << np.maximum(first, 0), 0)
    table["is_factory"][0, :known] = rules.is_factory
    table["title_lines"][0, :known] = np.maximum((measure[:, 0] >= 0).sum(axis=0), 1)
    table["project_lines"][0] = (rules.project_measure >= 0).sum(axis=0)
    table["first_day"], table["last_day"] = rules.first_day, rules.last_day
    table["second_year"], table["third_year"] = _SECOND_YEAR, _THIRD_YEAR
    return table
