"""Reading quantities: both official texts in full, the ways of other cities, and what must stay unread."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.money import read_yuan
from duixian.source.normalise import without_white_space
from duixian.source.quantities import (
    NotAQuantity,
    Unread,
    find_labels,
    find_quantities,
    read_quantity,
    unread_digits,
)
from duixian.source.quantity import (
    Count,
    Grade,
    Label,
    LabelKind,
    Ordinal,
    Quantity,
    QuantityKind,
    Range,
    Reading,
    Term,
    Value,
)

DATA = Path(__file__).parent / "data"
A = (DATA / "a.txt").read_text(encoding="utf-8")
B = (DATA / "b.txt").read_text(encoding="utf-8")
Expected = tuple[QuantityKind, Value, str]


def wan(number: int, unit: str = "万元") -> Expected:
    return QuantityKind.MONEY, number * 10_000 * 100, f"{number}{unit}"


def yi(number: int) -> Expected:
    return QuantityKind.MONEY, number * 100_000_000 * 100, f"{number}亿元"


def percent(written: str, number: str) -> Expected:
    return QuantityKind.PERCENT, Fraction(number) / 100, written


def count(written: str, number: int, unit: str) -> Expected:
    return QuantityKind.COUNT, Count(number, unit), written


def grade(written: str, step: int, scale: str = "级") -> Expected:
    return QuantityKind.GRADE, Grade(step, scale), written


def year(number: int) -> Expected:
    return QuantityKind.YEAR, number, f"{number}年"


def day(written: str, *parts: int) -> Expected:
    return QuantityKind.DATE, date(*parts), written


ONE_OFF: Expected = (QuantityKind.ONE_OFF, "一次性", "一次性")
ONE_THREE_FOUR: Expected = (QuantityKind.FORMULA, "1+3+4", "1+3+4")
TWO_TO_THREE = Range(QuantityKind.COUNT, Count(2, "个"), Count(3, "个"))

ARTICLES_OF_A: dict[str, list[Expected]] = {
    "(一)": [(QuantityKind.RANGE, TWO_TO_THREE, "2—3个")],
    "(二)": [wan(20)],
    "(三)": [wan(80), wan(15), wan(60), wan(10), wan(20), wan(5)],
    "(四)": [wan(50), wan(20)],
    "(五)": [wan(50), wan(20), wan(10), wan(5)],
    "(六)": [wan(50), wan(20)],
    "(七)": [wan(5)],
    "(八)": [wan(20)],
    "(九)": [wan(200), percent("12%", "12"), wan(500), count("一个", 1, "个")],
    "(十)": [wan(50), wan(200), wan(400)],
    "(十一)": [
        grade("2星级", 2, "星级"),
        wan(10),
        grade("二级", 2),
        grade("三级", 3),
        grade("四级", 4),
        wan(20),
        wan(30),
        wan(40),
        ONE_OFF,
    ],
    "(十二)": [wan(50), wan(20)],
    "(十三)": [wan(50), wan(20)],
    "(十四)": [wan(20), wan(5)],
    "(十五)": [grade("3级", 3), wan(20), wan(40), wan(2), wan(20)],
    "(十六)": [wan(80), wan(40), wan(40)],
    "(十七)": [wan(80), wan(60), wan(40), wan(30), wan(20)],
    "(十八)": [wan(5)],
    "(十九)": [wan(50), grade("三", 3), grade("四", 4), grade("五级", 5), wan(10), wan(20), wan(30)],
    "(二十)": [wan(50), wan(20)],
    "(二十一)": [],
}
HEAD_OF_A: list[Expected] = [
    (QuantityKind.DOCUMENT, "〔2025〕6号", "〔2025〕6号"),
    (QuantityKind.ORDINAL, Ordinal(75, "次"), "第75次"),
    day("2025年11月25日", 2025, 11, 25),
]
END_OF_A: list[Expected] = [
    count("两项", 2, "项"),
    count("4个", 4, "个"),
    (QuantityKind.RATIO, (3, 7), "3:7"),
    day("2025年12月1日", 2025, 12, 1),
    day("2028年12月1日", 2028, 12, 1),
    day("2025年11月25日", 2025, 11, 25),
]
PARTS_OF_B: dict[str, list[Expected]] = {
    "连政办发": [
        (QuantityKind.DOCUMENT, "〔2023〕36号", "〔2023〕36号"),
        (QuantityKind.ORDINAL, Ordinal(30, "次"), "第30次"),
        day("2023年8月10日", 2023, 8, 10),
    ],
    "（三）发展目标": [
        ONE_THREE_FOUR,
        count("三大", 3, "大"),
        count("四大", 4, "大"),
        year(2025),
        yi(600),
        percent("15%", "15"),
        yi(100),
        yi(200),
        year(2030),
        percent("15%", "15"),
        (QuantityKind.MAGNITUDE, 10**11, "千亿级"),
    ],
    "二、发展领域方向": [],
    "1. 优化": [],
    "2. 加强重点": [ONE_THREE_FOUR],
    "3. 促进": [year(2025), count("10家", 10, "家"), count("100家", 100, "家")],
    "4. 壮大": [],
    "5. 支持企业上市": [year(2025), count("10家", 10, "家")],
    "6. 提高": [],
    "7. 实施": [year(2025), count("30个", 30, "个"), count("50个", 50, "个"), count("3项", 3, "项")],
    "8. 加快": [year(2025), count("2家", 2, "家"), count("8家", 8, "家"), count("100家", 100, "家")],
    "9. 推广": [year(2025), count("5家", 5, "家")],
    "10. 发展": [year(2025), count("5家", 5, "家")],
    "11. 集聚": [],
    "12. 精准": [],
    "13. 打造": [],
    "14. 筹建": [],
    "15. 实施": [],
    "16. 增强": [count("5场次", 5, "场次")],
    "(一) 支持": [
        percent("50%", "50"),
        wan(500),
        percent("30%", "30"),
        wan(200),
        percent("50%", "50"),
        wan(100),
        wan(50),
        wan(20),
    ],
    "（二）支持研发": [wan(1000), wan(500), ONE_OFF],
    "（三）支持企业有效": [ONE_OFF, wan(3000), percent("10%", "10"), wan(500)],
    "（四）支持产品": [
        (QuantityKind.TERM, Term(3, "月"), "3个月"),
        percent("3%", "3"),
        wan(200),
        wan(500),
        percent("0.5%", "0.5"),
        wan(200),
        percent("10%", "10"),
        wan(500),
    ],
    "（五）支持产业标准": [wan(10), wan(5), ONE_OFF, wan(5), ONE_OFF, wan(5), ONE_OFF],
    "符合以上政策": [],
    "五、保障措施": [],
    "本实施意见自": [
        day("2023年8月10日", 2023, 8, 10),
        day("2025年12月31日", 2025, 12, 31),
        day("2023年8月10日", 2023, 8, 10),
    ],
}


def cut(text: str, heads: list[str]) -> dict[str, str]:
    """The text from each head to the next; heads stand in the order of the text."""
    starts: list[int] = []
    for head in heads:
        starts.append(text.index(head, starts[-1] + 1 if starts else 0))
    return {
        head: text[start:end]
        for head, start, end in zip(heads, starts, [*starts[1:], len(text)], strict=True)
    }


CLAUSES_OF_A = cut(A, [*ARTICLES_OF_A, "认定类奖励"])
CLAUSES_OF_B = cut(B, list(PARTS_OF_B))


def plain(quantities: tuple[Quantity, ...]) -> list[Expected]:
    return [(quantity.kind, quantity.value, quantity.written) for quantity in quantities]


def places_are_true(text: str, quantities: tuple[Quantity, ...]) -> bool:
    return all(
        without_white_space(text[quantity.start : quantity.end]) == quantity.written
        and not text[quantity.start].isspace()
        and not text[quantity.end - 1].isspace()
        for quantity in quantities
    )


@pytest.mark.parametrize("article", ARTICLES_OF_A)
def test_every_article_of_a_is_read_in_full(article: str) -> None:
    clause = CLAUSES_OF_A[article]
    quantities = find_quantities(clause)
    assert plain(quantities) == ARTICLES_OF_A[article]
    assert places_are_true(clause, quantities)
    assert unread_digits(clause) == ()


def test_head_and_end_of_a_are_read_in_full() -> None:
    assert plain(find_quantities(A[: A.index("(一)")])) == HEAD_OF_A
    assert plain(find_quantities(CLAUSES_OF_A["认定类奖励"])) == END_OF_A


def test_a_has_fifty_one_figures_in_wan_yuan() -> None:
    figures = [quantity for quantity in find_quantities(A) if quantity.written.endswith("万元")]
    assert len(figures) == 51
    assert all(quantity.value == read_yuan(quantity.written) for quantity in figures)


@pytest.mark.parametrize("head", PARTS_OF_B)
def test_every_part_of_b_is_read_in_full(head: str) -> None:
    clause = CLAUSES_OF_B[head]
    quantities = find_quantities(clause)
    assert plain(quantities) == PARTS_OF_B[head]
    assert places_are_true(clause, quantities)
    assert unread_digits(clause) == ()


@pytest.mark.parametrize(
    ("text", "written", "original"),
    [
        (A, "2—3个", "2—3 个"),
        (A, "200万元", "200 万元"),
        (A, "2星级", "2 星级"),
        (A, "一个", "一\n\n个"),
        (A, "2025年12月1日", "2025 年 12 月 1 日"),
        (B, "100家", "100 家"),
        (B, "0.5%", "0.5%"),
        (B, "2025年12月31日", "2025 年 12 月 31 日"),
    ],
)
def test_spaces_and_page_breaks_inside_a_quantity_are_part_of_its_place(
    text: str, written: str, original: str
) -> None:
    first = next(quantity for quantity in find_quantities(text) if quantity.written == written)
    assert text[first.start : first.end] == original


def test_equal_quantities_of_a_clause_are_numbered_in_order() -> None:
    clause = CLAUSES_OF_A["(十六)"]
    numbered = [(quantity.written, quantity.occurrence) for quantity in find_quantities(clause)]
    assert numbered == [("80万元", 1), ("40万元", 1), ("40万元", 2)]


def test_equal_values_written_differently_count_as_equal() -> None:
    quantities = find_quantities("1亿元、10000万元；两项、2项；12%、百分之十二；2年、24个月；3:7、3∶7")
    assert [quantity.occurrence for quantity in quantities] == [1, 2] * 5


def test_names_and_numbering_of_both_texts_are_labels() -> None:
    names = {label.written for label in find_labels(A) + find_labels(B) if label.kind is LabelKind.NAME}
    assert names == {"CMMI3", "V2X", "5G", "3C"}
    marks = [label.written for label in find_labels(A) if label.kind is LabelKind.NUMBER]
    assert len([mark for mark in marks if mark.startswith("(")]) == 21
    assert len([mark for mark in marks if mark.endswith("、")]) == 6


def read(text: str) -> list[str]:
    return [f"{quantity.kind.value} {quantity.written}" for quantity in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("分别给予国家级50万元、省级30万元", "金额 50万元|金额 30万元"),
        ("50万、10万的", "金额 50万|金额 10万"),
        ("分别给予20、30、40万元", "金额 20|金额 30|金额 40万元"),
        ("20、30、40万元", "金额 20|金额 30|金额 40万元"),
        ("分档给予20-500万元", "范围 20-500万元"),
        ("50万元~100万元", "范围 50万元~100万元"),
        ("5000万元(含)—1亿元之间", "金额 5000万元|金额 1亿元"),
        ("按3∶7分配、1:0.5配套、2:1:2、1比1", "比例 3∶7|比例 1:0.5|比例 2:1:2|比例 1比1"),
        ("追加补助5个百分点", "百分点 5个百分点"),
        ("0.2元/千瓦时，每1美元0.015元", "金额 0.2元|数量 1美元|数量 0.015元"),
        ("一等奖奖励50万元", "级星 一等奖|金额 50万元"),
        ("3至6月、10至11月，每年5月", "范围 3至6月|范围 10至11月|月份 5月"),
        ("2023年1月1日至2024年5月31日", "日期 2023年1月1日|日期 2024年5月31日"),
        ("2023年至2025年、2026—2028年", "年份 2023年|年份 2025年|范围 2026—2028年"),
        ("2025年12月底、6月30日前", "年月 2025年12月|月日 6月30日"),
        ("2025-12-01，2025.12.1", "日期 2025-12-01|日期 2025.12.1"),
        (
            "二○一一年六月十七日、二〇二五年、二○二五年六月",
            "日期 二○一一年六月十七日|年份 二〇二五年|年月 二○二五年六月",
        ),
        (
            "两年内、半年、两年半、三至五年、三十日",
            "期限 两年|期限 半年|期限 两年半|范围 三至五年|期限 三十日",
        ),
        ("3个工作日、24小时、2个季度", "期限 3个工作日|期限 24小时|期限 2个季度"),
        ("三星级、四星级中任选一类", "级星 三星级|级星 四星级|数量 一类"),
        ("市、县两级；二级", "数量 两级|级星 二级"),
        ("10余家、100多家、十余项、近十家", "数量 10余家|数量 100多家|数量 十余项|数量 十家"),
        ("五十万元、一百二十万元、近千万元", "金额 五十万元|金额 一百二十万元|金额 千万元"),
        ("三分之二以上、百分之12.5、3‰", "百分比 三分之二|百分比 百分之12.5|百分比 3‰"),
        ("百亿级、50亿元级", "量级 百亿级|量级 50亿元级"),
        ("“1650”、“1+N”", "记号 1650|记号 1+N"),
        ("1.5万吨、3千瓦、100MW、3000万美元", "数量 1.5万吨|数量 3千瓦|数量 100MW|数量 3000万美元"),
        ("第二批、第3期、第1-3名", "序次 第二批|序次 第3期|范围 第1-3名"),
        ("3,200万元；3，200万元", "金额 3,200万元|金额 200万元"),
        ("CMMI3级、AI3家、LNG2艘", "级星 3级|数量 3家|数量 2艘"),
        ("2到3个；从2家到5家；3-2个", "范围 2到3个|数量 2家|数量 5家|数量 2个"),
        ("最多两项、其中一个、四大产业", "数量 两项|数量 一个|数量 四大"),
    ],
)
def test_the_ways_other_cities_write_are_read(text: str, expected: str) -> None:
    assert read(text) == expected.split("|")
    assert places_are_true(text, find_quantities(text))


@pytest.mark.parametrize(
    "text",
    [
        "一批、一流、一体、一站式、一事一议、新一代、第一起草单位、一企一档、十四五、二次开发、两业融合",
        "同一项目、同一事项、任一项、每一个、上一年、统一名录、进一步、一户一策、最多跑一次、高效办成一件事",
        "数十家、上百家、百家争鸣、千家万户、多元、三元材料、单位：万元",
        "三位一体、四个自信、第十四个五年规划、三大型企业、七十五周年、第三方、第一时间",
        "第四条、第（二）项、本办法第十八条",
        "十四五家、三四个、十四五到十五五年、二○二五年十四五月、十四五分之一、第十四五次",
        "一、总体思路\n（一）指导思想\n三、主要任务",
    ],
)
def test_numerals_in_set_phrases_count_nothing(text: str) -> None:
    assert find_quantities(text) == ()
    assert unread_digits(text) == ()


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("1. 优化\n2、提高\n- （三）支持\n(4)其他", "1.|2、|（三）|(4)"),
        ("1. 2025年底前\n２．支持", "1.|２．"),
        ("内容：\n1. 优化", "1."),
        ("3.1 支持企业", "3.1"),
        ("GB/T 4754—2017、ISO9001、5G-A、A4、工业4.0、2.0版", "GB/T4754—2017|ISO9001|5G-A|A4|4.0|2.0"),
        ("附件2、第3条、(1)支持、5号楼", "2|第3条|1|5号"),
    ],
)
def test_numbers_that_measure_nothing_are_labels(text: str, labels: str) -> None:
    found = find_labels(text)
    assert [label.written for label in found] == labels.split("|")
    assert all(without_white_space(text[label.start : label.end]) == label.written for label in found)
    assert unread_digits(text) == ()


def test_a_line_that_continues_a_list_is_no_numbering() -> None:
    assert read("省级二、\n\n三、四级，达\n1.5亿元") == ["级星 二", "级星 三", "级星 四级", "金额 1.5亿元"]


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("行业大类代码06-46", "06|46"),
        ("目标值100。", "100"),
        ("给予20 0万元", "200"),
        ("共2025 30家", "202530"),
        ("2025年2月30日", "2025|2|30"),
        ("2025年13月", "2025|13"),
        ("2月31日", "2|31"),
        ("二○二五年十三月三十日5", "5"),
        ("1,2345家", "1|2345"),
        ("10部门", "10"),
        ("2个多月", "2"),
        ("99999999999999999999亿元", "99999999999999999999"),
        ("3-2个", "3"),
        ("20万 人才", "20"),
    ],
)
def test_what_no_form_explains_is_reported(text: str, digits: str) -> None:
    assert [unread.written for unread in unread_digits(text)] == digits.split("|")
    assert all(without_white_space(text[start:end]) == written for start, end, written in unread_digits(text))


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("80万元", QuantityKind.MONEY, 80_000_000),
        ("0.5亿元", QuantityKind.MONEY, 5_000_000_000),
        ("12%", QuantityKind.PERCENT, Fraction(3, 25)),
        ("3:7", QuantityKind.RATIO, (3, 7)),
        ("3个月", QuantityKind.TERM, Term(3, "月")),
        ("2年", QuantityKind.TERM, Term(24, "月")),
        ("1年半", QuantityKind.TERM, Term(18, "月")),
        ("2个", QuantityKind.COUNT, Count(2, "个")),
        ("2星级", QuantityKind.GRADE, Grade(2, "星级")),
        ("2星", QuantityKind.GRADE, Grade(2, "星级")),
        ("二级", QuantityKind.GRADE, Grade(2, "级")),
        ("2025年", QuantityKind.YEAR, 2025),
        ("2025年12月1日", QuantityKind.DATE, date(2025, 12, 1)),
        ("一次性", QuantityKind.ONE_OFF, "一次性"),
        ("1+3+4", QuantityKind.FORMULA, "1+3+4"),
        ("“1+3+4”", QuantityKind.FORMULA, "1+3+4"),
        ("2—3个", QuantityKind.RANGE, TWO_TO_THREE),
        ("千亿级", QuantityKind.MAGNITUDE, 10**11),
        ("第75次", QuantityKind.ORDINAL, Ordinal(75, "次")),
        ("〔2025〕6号", QuantityKind.DOCUMENT, "〔2025〕6号"),
        ("[2025]6号", QuantityKind.DOCUMENT, "〔2025〕6号"),
        (" ８０ 万元 ", QuantityKind.MONEY, 80_000_000),
    ],
)
def test_a_rule_writes_one_quantity(text: str, kind: QuantityKind, value: Value) -> None:
    reading = read_quantity(text)
    assert reading.key == (kind, value)
    assert reading.occurrence is None


@pytest.mark.parametrize("text", ["40万元#2", "40 万元 # 2", "40万元＃2"])
def test_a_rule_may_say_which_of_several_equal_quantities_it_means(text: str) -> None:
    assert read_quantity(text) == Reading(QuantityKind.MONEY, 40_000_000, 2)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#2",
        "2 000.5元",
        "2025年2月30日",
        "40万元#0",
        "40万元#",
        "专精特新",
        "5G",
        "最高80万元",
        "80万元奖励",
        "80万元、60万元",
        "80",
        "(一)",
        "万元",
        "80万元" * 50,
    ],
)
def test_anything_else_is_no_quantity(text: str) -> None:
    with pytest.raises(NotAQuantity):
        read_quantity(text)


def test_every_quantity_of_both_texts_can_be_written_in_a_rule() -> None:
    members = {"三", "四"}  # of 三、四、五级: the unit stands with the last
    for quantity in find_quantities(A) + find_quantities(B):
        if quantity.written not in members:
            assert read_quantity(quantity.written).key == quantity.key


@pytest.mark.parametrize(
    "piece", ["20、", "1,000", "三、", "A1-", "第1、", "1:", "1+", "\n", "一点", "2024年", "(1"]
)
def test_a_long_text_of_nothing_but_numbers_is_read_to_its_end(piece: str) -> None:
    text = piece * 10_000
    assert places_are_true(text, find_quantities(text))
    assert find_quantities(text + "。给予5万元")[-1].written == "5万元"


FRAGMENTS = (
    list(
        "0123456789一二两三四五六七八九十百千万亿零○半第同数、，,.：:—-~至到和()（）%#+“”\n 　年月日级星个项家A"
    )
    + "万元 亿元 个月 百分之 一次性 〔2025〕6号 2025年 分之 个百分点 第3次 5G 附件 等奖 1. 2024-02-30 3:7 1+3".split()
)
policy_texts = st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join)


@given(policy_texts)
def test_places_slice_back_and_never_overlap(text: str) -> None:
    quantities = find_quantities(text)
    assert places_are_true(text, quantities)
    assert all(before.end <= after.start for before, after in pairwise(quantities))


@given(policy_texts)
def test_every_digit_is_in_a_quantity_a_label_or_reported(text: str) -> None:
    places: list[Quantity | Label | Unread] = [
        *find_quantities(text),
        *find_labels(text),
        *unread_digits(text),
    ]
    explained = {place for each in places for place in range(each.start, each.end)}
    assert {digit.start() for digit in re.finditer(r"\d", text)} <= explained


@given(policy_texts)
def test_a_rule_is_read_or_refused_and_nothing_else(text: str) -> None:
    try:
        reading = read_quantity(text)
    except NotAQuantity:
        return
    assert reading.occurrence is None or reading.occurrence >= 1


@given(st.sampled_from([*CLAUSES_OF_A.values(), *CLAUSES_OF_B.values()]), st.data())
def test_spaces_anywhere_but_inside_a_number_change_nothing(clause: str, data: st.DataObject) -> None:
    gaps = [place.end() for place in re.finditer(r"[^\d\n.。、](?=[^\n])", clause)]
    chosen = set(data.draw(st.lists(st.sampled_from(gaps), max_size=20)))
    spaced = "".join((" " if place in chosen else "") + character for place, character in enumerate(clause))
    assert plain(find_quantities(spaced)) == plain(find_quantities(clause))


@given(st.integers(0, 10**6), st.integers(0, 9999), st.sampled_from(["元", "千元", "万元", "百万元", "亿元"]))
def test_money_agrees_with_the_reader_of_tables(whole: int, places: int, unit: str) -> None:
    text = f"{whole}.{places:04d}{unit}" if unit in {"万元", "百万元", "亿元"} else f"{whole}{unit}"
    assert read_quantity(text).value == read_yuan(text)
