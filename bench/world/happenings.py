"""What can happen to an enterprise of the world, and how often (可能发生的事): recognitions by title, projects by category.

Enterprises are of five characters (性格), so that facts which decide together come together: several projects in one year, a smart
factory before its maturity certificate, the same product list again and again.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

LEVELS = ("市级", "省级", "国家级")
CATEGORIES = (
    "智改数转网联",
    "技改升级",
    "基本建设",
    "电动船舶制造",
    "动力电池",
    "储能电池",
    "海水淡化",
    "其他项目",
)
CHARACTERS = 5
"""Ordinary, investing, digital, software, inventive; their shares of 16 are in ``CHARACTER_OF``."""
CHARACTER_OF = np.array([0] * 8 + [1] * 3 + [2] * 2 + [3] * 1 + [4] * 2, dtype=np.uint8)
SOFTWARE = 3
"""The character of software makers."""


class Recognition(NamedTuple):
    """A title at a level and a grade (称号组合), "" where the title has none; weights by character."""

    title: str
    level: str = ""
    grade: str = ""
    weights: tuple[int, ...] = (4, 2, 2, 1, 3)


_USUAL, _RARE, _DIGITAL, _SOFT = (10, 4, 4, 3, 8), (3, 2, 1, 1, 3), (5, 2, 30, 2, 1), (1, 0, 2, 30, 1)
_INVENTIVE = (4, 1, 1, 2, 50)

RECOGNITIONS: tuple[Recognition, ...] = (
    Recognition("规模以上工业企业", weights=(24, 8, 8, 0, 8)),
    Recognition("规模以上软件和信息服务业企业", weights=_SOFT),
    Recognition("制造业单项冠军", "国家级", weights=_RARE),
    Recognition("专精特新小巨人", "国家级", weights=_USUAL),
    Recognition("专精特新中小企业", "省级", weights=(30, 8, 8, 6, 14)),
    Recognition("创新型中小企业", "市级", weights=_USUAL),
    Recognition("技术创新示范企业", "省级", weights=_USUAL),
    Recognition("技术创新示范企业", "国家级", weights=_RARE),
    Recognition("企业技术中心", "市级"),
    Recognition("企业技术中心", "省级", weights=_USUAL),
    Recognition("企业技术中心", "国家级", weights=_RARE),
    Recognition("工业设计中心", "市级", weights=_RARE),
    Recognition("工业设计中心", "省级"),
    Recognition("工业设计中心", "国家级", weights=_RARE),
    Recognition("新技术新产品目录", "省级", weights=_INVENTIVE),
    Recognition("首台套重大装备", "市级", weights=_RARE),
    Recognition("首台套重大装备", "省级", weights=(5, 3, 2, 1, 12)),
    Recognition("首台套重大装备", "国家级", weights=_RARE),
    Recognition("智能工厂", grade="基础级", weights=_DIGITAL),
    Recognition("智能工厂", grade="先进级", weights=_DIGITAL),
    Recognition("智能工厂", grade="卓越级", weights=(3, 2, 16, 1, 1)),
    Recognition("智能工厂", grade="领航级", weights=(1, 1, 8, 0, 0)),
    *(Recognition("数字化转型贯标", grade=f"{star}星级", weights=(4, 2, 10, 2, 1)) for star in range(1, 6)),
    *(Recognition("智能制造能力成熟度", grade=each, weights=(3, 1, 20, 1, 1)) for each in ("一级", "二级", "三级", "四级", "五级")),
    *(
        Recognition("重点工业互联网平台", level, grade, (2, 1, 4, 3, 1))
        for level in ("省级", "国家级")
        for grade in ("企业级", "行业级", "双跨")
    ),
    Recognition("人工智能典型应用案例", "国家级"),
    Recognition("人工智能典型应用场景", "市级", weights=(6, 2, 20, 8, 2)),
    Recognition("生成式人工智能服务备案", "国家级", weights=(1, 0, 2, 10, 1)),
    Recognition("算法备案", "国家级", weights=(1, 0, 3, 14, 1)),
    *(Recognition("CMMI", grade=grade, weights=(1, 0, 2, 10, 1)) for grade in ("2级", "3级", "4级", "5级")),
    Recognition("首版次软件", "省级", weights=(2, 0, 4, 60, 2)),
    Recognition("软件产品评估证书", weights=(2, 0, 3, 40, 1)),
    Recognition("绿色园区", "省级", weights=_RARE),
    Recognition("绿色园区", "国家级", weights=_RARE),
    Recognition("绿色供应链", "国家级", weights=_RARE),
    Recognition("绿色工厂", "市级"),
    Recognition("绿色工厂", "省级", weights=_USUAL),
    Recognition("绿色工厂", "国家级"),
    Recognition("能效领跑者", "国家级", weights=_RARE),
    Recognition("服务型制造示范企业", "省级"),
    Recognition("服务型制造示范企业", "国家级", weights=_RARE),
    *(Recognition("公共服务平台", "省级", grade, (4, 1, 3, 2, 2)) for grade in ("三级", "四级", "五级")),
    Recognition("公共服务平台", "国家级", weights=_RARE),
)  # fmt: skip

CERTIFICATE = next(place for place, each in enumerate(RECOGNITIONS) if each.title == "软件产品评估证书")
FIRST_PROJECT = len(RECOGNITIONS)
"""Happenings below it are recognitions, from it on projects by category, and the last is a support."""
SUPPORT = FIRST_PROJECT + len(CATEGORIES)

_PROJECTS = {0: 20, 1: 420, 2: 30, 3: 6, 4: 24}
_CATEGORY_WEIGHTS = (34, 24, 10, 6, 8, 8, 6, 4)
_SUPPORTS = {0: 14, 1: 90, 2: 18, 3: 8, 4: 10}
TABLE_BITS = 12


def happening_table() -> npt.NDArray[np.uint8]:
    """For each character, 4096 happenings, each as often as its weight asks: one random number picks one."""
    return np.stack([_row(character) for character in range(CHARACTERS)])


def _row(character: int) -> npt.NDArray[np.uint8]:
    projects = [weight * _PROJECTS[character] for weight in _CATEGORY_WEIGHTS]
    weights = [100 * each.weights[character] for each in RECOGNITIONS] + projects
    weights.append(100 * _SUPPORTS[character])
    ends = np.cumsum(weights) * (1 << TABLE_BITS) // sum(weights)
    return np.searchsorted(ends, np.arange(1 << TABLE_BITS), side="right").astype(np.uint8)
