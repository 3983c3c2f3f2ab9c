"""The world as integers (整数列): what the peers read in memory, and what the typed fact tables are made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Int8: TypeAlias = npt.NDArray[np.int8]
Int16: TypeAlias = npt.NDArray[np.int16]
Int32: TypeAlias = npt.NDArray[np.int32]
Int64: TypeAlias = npt.NDArray[np.int64]

SLOTS = 100
"""A fact's number is its enterprise times 100 plus its slot; its id is a letter and the number in ten digits."""
MISSING = -1
"""An amount that is not recorded."""
AWARDED, RENEWED = 0, 1
"""Rounds: 获评 and 复评."""
SOFTWARE_ABOVE_SIZE = 1
"""The code of 规上软件和信息服务业 among ``SIZES``."""
SIZES = ("规上工业", "规上软件和信息服务业", "非规上")
AREAS = ("东区", "西区", "南县", "北县")


@dataclass(frozen=True, slots=True)
class Enterprises:
    """One value for each enterprise (企业): ``size`` is its place in ``SIZES``, ``area`` in ``AREAS``. ``first`` is the number of
    the first one; within a world of several blocks enterprises are counted on."""

    first: int
    size: Int8
    area: Int8

    def __len__(self) -> int:
        return len(self.size)


@dataclass(frozen=True, slots=True)
class Recognitions:
    """One value for each 认定: the enterprise's number, the title's place in ``RECOGNITIONS``, the round (0 获评, 1 复评), the day
    (days since 1970-01-01) and the fact's number."""

    enterprise: Int32
    title: Int16
    round: Int8
    day: Int32
    number: Int32


@dataclass(frozen=True, slots=True)
class Projects:
    """One value for each 投资项目: the category's place in ``CATEGORIES``, 有效投入额 in fen or ``MISSING``, the day of 竣工日期,
    whether the enterprise is 存量企业 (0, 1), and the fact's number."""

    enterprise: Int32
    category: Int8
    invested_fen: Int64
    day: Int32
    existing: Int8
    number: Int32


@dataclass(frozen=True, slots=True)
class Supports:
    """One value for each 上级支持: ``about`` is the number of the fact that it supports, ``level`` its place in ``LEVELS``."""

    enterprise: Int32
    about: Int32
    level: Int8
    day: Int32
    number: Int32


@dataclass(frozen=True, slots=True)
class Columns:
    """A stretch of the world (一段世界), each part sorted by enterprise, then by the facts' numbers (not by day)."""

    enterprises: Enterprises
    recognitions: Recognitions
    projects: Projects
    supports: Supports

    @property
    def facts(self) -> int:
        """How many facts there are of all kinds, the rows of the enterprises themselves not counted."""
        return len(self.recognitions.number) + len(self.projects.number) + len(self.supports.number)
