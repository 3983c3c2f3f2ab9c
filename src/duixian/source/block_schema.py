"""The keys of every rule block (规则块的键): the single place where the notation of policy.md is laid down.

The first key of a block tells its kind. ``docs/reference/language.md`` explains what the keys mean.
"""

from __future__ import annotations

from collections.abc import Mapping

from duixian.rules.clause import ClauseKind
from duixian.rules.measure import Again, Delivery, FirstAmong, Promotion
from duixian.rules.policy import AfterPayment, CumulationReach, Remainder, SameMatter
from duixian.rules.target import TargetNature, TargetRelation
from duixian.source.schema import (
    CONDITION,
    COUNT,
    DAY,
    EXPRESSION,
    FLAG,
    FREE_TEXT,
    IDENTIFIER,
    MONEY,
    NAME,
    RATE,
    RATIO,
    TABLE,
    TARGET_VALUE,
    TEXT,
    WHOLE,
    YEAR,
    Decided,
    Key,
    ListOf,
    RecordOf,
    words,
)

CLAUSE_HEAD = "条款"
NAMES = ListOf(TEXT)
IDENTIFIERS = ListOf(IDENTIFIER)
QUESTIONS = Key(ListOf(NAME), note="未决问题的名称")
UNITS = Key(NAMES, note="责任单位，第一个牵头")
NOTE = Key(FREE_TEXT, note="自由说明")
PER = Decided(ListOf(TEXT, least=1))

CLAUSE = RecordOf(
    {
        CLAUSE_HEAD: Key(TEXT, True, "条款标记，须见于原文，如 （三）"),
        "名称": Key(TEXT, True),
        "类型": Key(ListOf(words(*ClauseKind), least=1), True),
        "条目": Key(WHOLE, note="读者从原文数出的奖励条目数"),
        "责任单位": UNITS,
        "非操作性": Key(
            ListOf(RecordOf({"原文": Key(TEXT, True), "理由": Key(TEXT, True)})), note="不约束任何人的数量"
        ),
        "注": Key(
            ListOf(RecordOf({"原文": Key(TEXT, True), "说明": Key(TEXT, True)})),
            note="原文的疑误，保留并说明",
        ),
        "口径": QUESTIONS,
    }
)
LADDER = RecordOf(
    {
        "名称": Key(TEXT, True, "同名的阶梯跨事项合并"),
        "每": Key(PER),
        "晋级": Key(Decided(words(*Promotion)), True),
        "行": Key(IDENTIFIERS, note="阶梯上的行，缺省为全部"),
    }
)
LIMIT = RecordOf(
    {
        "每": Key(PER, True, "企业、年度、行，或触发事实的字段"),
        "金额": Key(MONEY),
        "项数": Key(COUNT),
        "一次性": Key(FLAG),
        "行": Key(IDENTIFIERS, note="受限的行，缺省为全部"),
    }
)
HISTORY = RecordOf(
    {
        "首次比较": Key(Decided(words(*FirstAmong))),
        "首次每": Key(PER),
        "再次获评": Key(Decided(words(*Again))),
    }
)
SUBSIDY = RecordOf(
    {
        "编号": Key(IDENTIFIER, note="行编号，缺省为事项编号"),
        "比例": Key(RATE, True),
        "基数": Key(EXPRESSION, True, "金额表达式"),
        "最高": Key(MONEY),
        "定额": Key(FLAG, note="是：按比例全额兑付，不是上限"),
    }
)
MEASURE = RecordOf(
    {
        "事项": Key(TEXT, True),
        "编号": Key(IDENTIFIER, True),
        "触发": Key(NAME, True, "事实种类"),
        "范围": Key(CONDITION, note="本事项所涉的事实"),
        "条件": Key(CONDITION, note="可获支持的条件"),
        "日期": Key(Decided(EXPRESSION), note="与有效期比较的日期"),
        "年度": Key(Decided(EXPRESSION), note="限额的核算年度"),
        "奖励": Key(TABLE, note="奖励表"),
        "奖补": Key(SUBSIDY),
        "限制": Key(ListOf(LIMIT)),
        "阶梯": Key(ListOf(LADDER)),
        "历史": Key(HISTORY),
        "方式": Key(Decided(words(*Delivery))),
        "受益人": Key(TEXT),
        "责任单位": UNITS,
        "口径": QUESTIONS,
        "注": NOTE,
    }
)
CUMULATION = RecordOf(
    {
        "就高": Key(TEXT, True),
        "项数": Key(COUNT),
        "同一": Key(Decided(words(*SameMatter)), True),
        "范围": Key(Decided(words(*CumulationReach)), True),
        "已兑付": Key(Decided(words(*AfterPayment)), True),
        "口径": QUESTIONS,
        "注": NOTE,
    }
)
EXCLUSION = RecordOf(
    {
        "排除": Key(TEXT, True),
        "条件": Key(CONDITION, True),
        "不适用": Key(Decided(ListOf(IDENTIFIER)), note="不受排除的行或事项"),
        "口径": QUESTIONS,
        "注": NOTE,
    }
)
PAYS_ALL: Mapping[str, tuple[int, int]] = {"市级": (1, 0), "县区": (0, 1)}
"""Who bears an award alone (承担), as a ratio city:county."""
SHARES = RecordOf(
    {
        "分担": Key(
            ListOf(
                RecordOf(
                    {
                        "条款": Key(NAMES, note="缺省为全部条款"),
                        "项数": Key(COUNT),
                        "地区": Key(NAMES, note="缺省为全部地区"),
                        "市县": Key(RATIO),
                        "承担": Key(words(*PAYS_ALL), note="全部由一级承担，原文没有比例"),
                        "依据": Key(TEXT),
                    }
                )
            ),
            True,
        ),
        "尾差": Key(Decided(words(*Remainder))),
        "口径": QUESTIONS,
        "注": NOTE,
    }
)
VALIDITY = RecordOf(
    {
        "有效期": Key(TEXT, True),
        "自": Key(Decided(DAY), True),
        "至": Key(Decided(DAY), True),
        "口径": QUESTIONS,
        "注": NOTE,
    }
)
HEAD = RecordOf(
    {
        "文件": Key(TEXT, True, "文号"),
        "标题": Key(TEXT),
        "通知标题": Key(TEXT),
        "简称": Key(TEXT),
        "发文机关": Key(TEXT),
        "审议": Key(TEXT),
        "成文日期": Key(DAY),
        "印发日期": Key(DAY),
        "状态": Key(words("有效", "草案", "失效")),
    }
)
TARGET = RecordOf(
    {
        "目标": Key(TEXT, True),
        "编号": Key(IDENTIFIER, True),
        "性质": Key(words(*TargetNature), True),
        "值": Key(TARGET_VALUE, True),
        "关系": Key(words(*TargetRelation), True),
        "起始": Key(YEAR),
        "期限": Key(YEAR),
        "责任单位": UNITS,
        "度量": Key(RecordOf({"统计": Key(NAME, True), "条件": Key(CONDITION), "每": Key(TEXT)})),
        "来源": Key(TEXT),
        "口径": QUESTIONS,
        "注": NOTE,
    }
)
TASK = RecordOf(
    {
        "任务": Key(TEXT, True),
        "编号": Key(WHOLE, True),
        "组": Key(TEXT),
        "内容": Key(ListOf(TEXT)),
        "责任单位": UNITS,
        "落实单位": UNITS,
        "落实继承": Key(FLAG, note="是：以后各任务沿用本任务的落实单位"),
        "目标": Key(IDENTIFIERS),
        "口径": QUESTIONS,
        "注": NOTE,
    }
)
TAXONOMY = RecordOf(
    {
        "分类": Key(TEXT, True),
        "层级": Key(TEXT, True),
        "叶": Key(
            ListOf(
                RecordOf({"名称": Key(TEXT, True), "产品": Key(ListOf(TEXT)), "行业代码": Key(ListOf(TEXT))})
            ),
            True,
        ),
        "口径": QUESTIONS,
        "注": NOTE,
    }
)
DEFINITION = RecordOf(
    {
        "定义": Key(TEXT, True),
        "内容": Key(TEXT, True),
        "适用": Key(IDENTIFIERS, note="事项或行"),
        "口径": QUESTIONS,
        "注": NOTE,
    }
)

BLOCKS: Mapping[str, RecordOf] = {
    CLAUSE_HEAD: CLAUSE,
    "事项": MEASURE,
    "就高": CUMULATION,
    "排除": EXCLUSION,
    "分担": SHARES,
    "有效期": VALIDITY,
    "文件": HEAD,
    "目标": TARGET,
    "任务": TASK,
    "分类": TAXONOMY,
    "定义": DEFINITION,
}
"""Every kind of block, by its first key."""
