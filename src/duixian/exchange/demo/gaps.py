"""What is missing in the tables of the demo city (虚构缺项): blank cells, as in every real table, for 待核.

Rare titles are spared, so that every award of the two documents stays payable somewhere.
"""

from __future__ import annotations

from duixian.exchange.demo.facts import DemoCity

COMMON = {"入规", "省专精特新", "先进级", "目录", "贯标", "软件产品", "省绿厂", "市首台套", "成熟二级"}
"""Programmes of which so many are given that a blank cell does no harm."""

# Of which kind one row in so many lacks a cell; the cells take turns.
_BLANKS = (
    ("认定", 37, ("日期", "轮次", "对象")),
    ("投资项目", 29, ("有效投入额", "竣工日期", "存量企业", "年度")),
    ("攻关项目", 17, ("拨付资金", "协议成交额", "级别")),
    ("产品交付", 19, ("运行起始日期", "金额")),
)


def leave_gaps(city: DemoCity) -> None:
    """Blank a cell here and there."""
    for kind, one_in, names in _BLANKS:
        facts = [fact for fact in city.facts[kind] if kind != "认定" or fact.plan in COMMON]
        for turn, fact in enumerate(facts[one_in - 1 :: one_in]):
            fact.row.pop(names[turn % len(names)], None)
