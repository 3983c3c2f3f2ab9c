"""The keys of the YAML files of a city (城市文件的键): city.yaml, vocabulary.yaml, interpretations.yaml, cases/*.yaml."""

from __future__ import annotations

from dataclasses import replace

from duixian.rules.determination import Outcome
from duixian.rules.interpretation import Effect
from duixian.rules.vocabulary import FieldType, Round
from duixian.source.schema import (
    DAY,
    FLAG,
    FREE_TEXT,
    IDENTIFIER,
    NAME,
    TEXT,
    Either,
    Key,
    ListOf,
    MapOf,
    RecordOf,
    Scalar,
    words,
)

FOLDER = replace(IDENTIFIER, name="一个文件夹名，如 manufacturing-2025")
CITY = RecordOf(
    {
        "城市": Key(TEXT, True, "城市名称"),
        "代码": Key(TEXT, note="行政区划代码"),
        "上级": Key(TEXT),
        "文件顺序": Key(ListOf(FOLDER, least=1), True, "政策文件夹，按出台先后"),
        "说明": Key(FREE_TEXT),
    }
)

FIELD = RecordOf(
    {
        "类型": Key(words(*FieldType), True),
        "必填": Key(FLAG),
        "选项": Key(ListOf(TEXT)),
        "表头": Key(ListOf(TEXT)),
        "说明": Key(FREE_TEXT),
    }
)
KIND = RecordOf(
    {
        "日期字段": Key(NAME),
        "对象字段": Key(NAME),
        "主体": Key(FLAG),
        "字段": Key(MapOf(FIELD), True),
        "说明": Key(FREE_TEXT),
    }
)
TITLE_ALIAS = RecordOf(
    {"文字": Key(TEXT, True), "级别": Key(TEXT), "等级": Key(TEXT), "说明": Key(FREE_TEXT)}
)
TITLE = RecordOf(
    {
        "名称": Key(TEXT, True),
        "官方名称": Key(FREE_TEXT),
        "级别": Key(ListOf(TEXT)),
        "等级": Key(ListOf(ListOf(TEXT))),
        "发布": Key(FREE_TEXT),
        "别名": Key(ListOf(Either(TEXT, TITLE_ALIAS))),
        "说明": Key(FREE_TEXT),
    }
)
VOCABULARY = RecordOf(
    {
        "级别": Key(ListOf(NAME), True, "由低到高"),
        "级别别名": Key(MapOf(TEXT)),
        "轮次别名": Key(MapOf(words(*Round))),
        "等级别名": Key(MapOf(TEXT)),
        "事实": Key(MapOf(KIND), True),
        "称号": Key(ListOf(TITLE, may_be_single=False), True),
    }
)

RULING = RecordOf(
    {
        "选项": Key(NAME, True),
        "日期": Key(DAY, True),
        "决定": Key(TEXT, True, "谁决定"),
        "文号": Key(FREE_TEXT),
    }
)
INTERPRETATION = RecordOf(
    {
        "名称": Key(NAME, True),
        "编号": Key(TEXT, True),
        "条款": Key(FREE_TEXT),
        "问题": Key(TEXT, True),
        "选项": Key(MapOf(TEXT), True),
        "默认": Key(TEXT, True),
        "依据": Key(TEXT, True),
        "作用": Key(words(*Effect), True),
        "载体": Key(FREE_TEXT),
        "决定": Key(Either(words("未决"), RULING)),
        "说明": Key(FREE_TEXT),
    }
)

PENDING = "待定"
EXPECTED_SUM = Scalar("一笔金额，如 20万元、0，或 待定", str)
_CELL = ListOf(TEXT)
CASE = RecordOf(
    {
        "名称": Key(TEXT, True),
        "口径": Key(MapOf(TEXT)),
        "基准日": Key(DAY),
        "企业": Key(MapOf(_CELL)),
        "事实": Key(ListOf(MapOf(MapOf(_CELL)), may_be_single=False), True),
        "结果": Key(
            ListOf(
                RecordOf(
                    {
                        "事实": Key(IDENTIFIER, True),
                        "行": Key(IDENTIFIER, True, "行编号；无行相合时为事项编号"),
                        "文件": Key(TEXT),
                        "结论": Key(words(*Outcome)),
                        "最高": Key(EXPECTED_SUM),
                        "标记": Key(ListOf(NAME)),
                        "无标记": Key(FLAG),
                        "缺": Key(ListOf(TEXT)),
                        "市级": Key(EXPECTED_SUM),
                        "县区": Key(EXPECTED_SUM),
                    }
                ),
                may_be_single=False,
            ),
            True,
        ),
        "说明": Key(FREE_TEXT),
    }
)
CASES = RecordOf({"文件": Key(TEXT, True, "文号"), "案例": Key(ListOf(CASE, may_be_single=False), True)})
