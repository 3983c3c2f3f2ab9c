"""The units of official texts (计量单位), and what a number before each of them means.

Any unit here is read after Arabic digits; a shorter list says which of them a Chinese numeral may count. A number before
anything else stays unread, and is reported.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from duixian.dates import EARLIEST_YEAR, LATEST_YEAR
from duixian.money import FEN_PER_YUAN, MAX_FEN
from duixian.source.quantity import Count, Grade, Number, QuantityKind, Simple, Term, whole_if_possible

Meaning: TypeAlias = tuple[QuantityKind, Simple]
"""What a number with a unit says: a kind and a value."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit (单位): the kind of quantity, the unit of its value, how many of that one makes, what the word itself adds."""

    kind: QuantityKind
    canonical: str
    factor: Number = 1
    added: Number = 0


_HUNDREDTH = Fraction(1, 100)
_HALF = Fraction(1, 2)
PIECES = tuple(
    "个 家 项 场次 场 名 人次 批次 次 批 种 类 户 件 台套 台 套 条 辆 艘 座 栋 间 人 位 只 支 篇 部 款 份 笔 门 张 处 所 株 头 站".split()
)
"""What whole things are counted by."""
_MEASURED = (
    "倍 亩 公顷 平方米 平方公里 立方米 公里 米 吨标准煤 吨 公斤 千克 千瓦时 千瓦 兆瓦时 兆瓦 吉瓦 标箱 桶 "
    "美元 欧元 日元 港元 港币 英镑 ㎡ m2 km kg kW MW GW kWh MWh GWh kV TEU"
).split()

UNITS: dict[str, Unit] = {
    "元": Unit(QuantityKind.MONEY, "元", FEN_PER_YUAN),
    "%": Unit(QuantityKind.PERCENT, "%", _HUNDREDTH),
    "‰": Unit(QuantityKind.PERCENT, "%", Fraction(1, 1000)),
    "个百分点": Unit(QuantityKind.POINTS, "%", _HUNDREDTH),
    "百分点": Unit(QuantityKind.POINTS, "%", _HUNDREDTH),
    "年": Unit(QuantityKind.TERM, "月", 12),
    "年半": Unit(QuantityKind.TERM, "月", 12, _HALF),
    "个季度": Unit(QuantityKind.TERM, "月", 3),
    "个月": Unit(QuantityKind.TERM, "月"),
    "个半月": Unit(QuantityKind.TERM, "月", 1, _HALF),
    "周": Unit(QuantityKind.TERM, "日", 7),
    "天": Unit(QuantityKind.TERM, "日"),
    "日": Unit(QuantityKind.TERM, "日"),
    "个工作日": Unit(QuantityKind.TERM, "工作日"),
    "工作日": Unit(QuantityKind.TERM, "工作日"),
    "个小时": Unit(QuantityKind.TERM, "小时"),
    "小时": Unit(QuantityKind.TERM, "小时"),
    "月": Unit(QuantityKind.YEARLY_MONTH, "月"),
    "星级": Unit(QuantityKind.GRADE, "星级"),
    "星": Unit(QuantityKind.GRADE, "星级"),
    "级": Unit(QuantityKind.GRADE, "级"),
    "等奖": Unit(QuantityKind.GRADE, "等奖"),
    "档": Unit(QuantityKind.GRADE, "档"),
    "大": Unit(QuantityKind.COUNT, "大"),
    **{name: Unit(QuantityKind.COUNT, name) for name in (*PIECES, *_MEASURED)},
}
"""Every unit of a plain number. 月 alone is a month of the year; 年 after 1900 to 2200 makes a year of it."""

AFTER_DIGITS = tuple(name for name in UNITS if name != "大")
AFTER_NUMERAL = tuple(
    "元 个百分点 年半 年 个季度 个月 个半月 周 天 日 个工作日 个小时 小时 月 星级 星 级 等奖 档 大 "
    "个 家 项 场次 场 名 人次 批次 次 批 种 类 户 件 台套 台 套 条 辆 艘 座 人 位 倍 亩 吨".split()
)
"""The units that a Chinese numeral counts. 大 counts only here: 三大产业."""

ORDINAL_UNITS = tuple("批次 次 批 届 个 名 位 期 年度 年 季度 类 档 轮 家 阶段 版 号".split())
"""What 第N is followed by when it is a place in a row; 第一起草单位, 第三方 and 第一时间 are none."""

# What a unit is not: the first character of a longer word (三大型企业, 七十五周年, 第一批准, 10部门).
_NOT_BEFORE = {
    "大": "型学力",
    "个": "半多",
    "周": "年边围期转",
    "天": "然",
    "年": "级",
    "名": "单录称牌词",
    "批": "准复示发",
    "类": "似",
    "台": "阶账风",
    "户": "籍口",
    "人": "才员民工",
    "部": "门委分署",
    "门": "类槛",
    "处": "理",
    "站": "点",
    "支": "持撑付",
    "条": "件款例",
    "种": "植",
    "级": "别",
    "所": "有在得属需",
    "头": "部",
    "位": "于列",
}


def any_of(names: Iterable[str]) -> str:
    """A pattern for any of these units, the longest first; a Latin unit ends where its letters end."""
    return f"(?:{'|'.join(map(_guarded, sorted(names, key=len, reverse=True)))})"


def _guarded(name: str) -> str:
    if name[0].isascii() and name[0].isalpha():
        return f"{name}(?![A-Za-z0-9])"
    return f"{name}(?![{_NOT_BEFORE[name]}])" if name in _NOT_BEFORE else name


def meaning(number: Number, name: str) -> Meaning | None:
    """The kind and value of so many of a unit; None where there is no such thing (13月, 10^20元)."""
    unit = UNITS[name]
    amount = whole_if_possible((Fraction(number) + unit.added) * unit.factor)
    if name == "年" and EARLIEST_YEAR <= number <= LATEST_YEAR and Fraction(number).denominator == 1:
        return QuantityKind.YEAR, int(number)
    match unit.kind:
        case QuantityKind.MONEY:
            return _money(amount)
        case QuantityKind.PERCENT | QuantityKind.POINTS:
            return unit.kind, Fraction(amount)
        case QuantityKind.TERM:
            return unit.kind, Term(amount, unit.canonical)
        case QuantityKind.GRADE:
            return unit.kind, Grade(amount, unit.canonical)
        case QuantityKind.YEARLY_MONTH:
            return (unit.kind, int(amount)) if amount in range(1, 13) else None
        case _:
            return unit.kind, Count(amount, unit.canonical)


def _money(fen: Number) -> Meaning | None:
    if fen > MAX_FEN:
        return None
    if isinstance(fen, int):
        return QuantityKind.MONEY, fen
    # A price per unit may lie below one fen (每1美元0.015元): no amount of money, but a count of yuan.
    return QuantityKind.COUNT, Count(Fraction(fen, FEN_PER_YUAN), "元")
