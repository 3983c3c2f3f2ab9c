"""Cells by the type of their field: everything that officers write for one value is that value, and nothing else is."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from duixian.exchange.tables.areas import AreaReader
from duixian.exchange.tables.cell_text import Unreadable, number_text
from duixian.exchange.tables.cells import Words, cell_reader
from duixian.exchange.tables.table import Raw, Unusable
from duixian.rules.fact import Value
from duixian.rules.vocabulary import Field, FieldType
from duixian.source.titles import TitleReader
from tests.exchange.small_city import EAST, REGION, VOCABULARY

WORDS = Words(TitleReader.of(VOCABULARY), AreaReader(REGION))
NAMES = ("智改数转网联", "基本建设", "技改、升级")


def read(type_: FieldType, raw: Raw, unit: str = "") -> Value | None:
    return cell_reader(Field("栏", type_, options=NAMES), WORDS, unit)(raw)


def refusal(type_: FieldType, raw: Raw) -> str:
    with pytest.raises(Unreadable) as caught:
        read(type_, raw)
    return caught.value.code


@pytest.mark.parametrize("type_", FieldType)
@pytest.mark.parametrize("raw", ["", None, " ", "\u3000", "/", "—", "－", "\ufeff"])
def test_an_empty_cell_is_missing_whatever_its_type(type_: FieldType, raw: Raw) -> None:
    assert read(type_, raw) is None


@pytest.mark.parametrize(
    ("raw", "fen"),
    [
        ("2000000", 2_000_000_00),
        ("2,000,000.00", 2_000_000_00),
        ("200万元", 2_000_000_00),
        ("200 万", 2_000_000_00),
        ("0.5亿", 50_000_000_00),
        ("２００万元", 2_000_000_00),
        ("￥12.34", 12_34),
        ("人民币12.34元", 12_34),
        ("'2000000", 2_000_000_00),
        ("0", 0),
        (2_000_000, 2_000_000_00),
        (12.34, 12_34),
        (0.1 + 0.2, 30),
        (1e12, 10**14),
        (Decimal("12.30"), 12_30),
        (Decimal("1E+3"), 1000_00),
    ],
)
def test_an_amount_is_read_to_the_fen(raw: Raw, fen: int) -> None:
    assert read(FieldType.MONEY, raw) == fen


def test_an_amount_without_a_unit_takes_that_of_its_column() -> None:
    assert read(FieldType.MONEY, "200", "万元") == 2_000_000_00
    assert read(FieldType.MONEY, 0.5, "亿元") == 50_000_000_00
    assert read(FieldType.MONEY, "200元", "万元") == 200_00


@pytest.mark.parametrize(
    "raw", ["0.001", "约200", "12%", "1e6", "200-300万元", True, date(2026, 1, 1), 1.005]
)
def test_what_is_no_amount_is_refused(raw: Raw) -> None:
    assert refusal(FieldType.MONEY, raw) == "bad-money"


@pytest.mark.parametrize("raw", [-1, "-200万元", -0.5])
def test_no_amount_is_negative(raw: Raw) -> None:
    assert refusal(FieldType.MONEY, raw) == "negative-money"


@pytest.mark.parametrize("raw", [1e15, 12345678901234.56, 1e300])
def test_a_number_that_lost_digits_is_refused(raw: Raw) -> None:
    assert refusal(FieldType.MONEY, raw) == "digits-lost"
    assert refusal(FieldType.IDENTIFIER, raw) == "digits-lost"
    with pytest.raises(Unreadable) as caught:
        read(FieldType.MONEY, raw)
    assert caught.value.expected.isdecimal()


@pytest.mark.parametrize(
    "raw",
    [
        "2026-03-01",
        "2026/3/1",
        "2026.3.1",
        "20260301",
        20260301.0,
        "2026年3月1日",
        "2026 年 3 月 1 日",
        "２０２６－０３－０１",
        "2026-03-01 10:30",
        "2026-03-01T10:30:15.5",
        date(2026, 3, 1),
        datetime(2026, 3, 1, 10, 30),
    ],
)
def test_a_date_is_read_however_it_is_written(raw: Raw) -> None:
    assert read(FieldType.DATE, raw) == date(2026, 3, 1)


@pytest.mark.parametrize(
    "raw", ["2026-02-30", "2026年3月", "3/1/2026", date(1899, 1, 1), time(5), timedelta(3), True]
)
def test_what_is_no_day_is_refused(raw: Raw) -> None:
    assert refusal(FieldType.DATE, raw) == "bad-date"


@pytest.mark.parametrize("raw", [46082.0, "46082", 46082])
def test_a_serial_number_is_no_date(raw: Raw) -> None:
    assert refusal(FieldType.DATE, raw) == "number-as-date"


@pytest.mark.parametrize("raw", ["2026", 2026, 2026.0, "2026.0", "2026年", "2026年度"])
def test_a_year_is_read_however_it_is_written(raw: Raw) -> None:
    assert read(FieldType.YEAR, raw) == 2026


@pytest.mark.parametrize(
    ("raw", "flag"),
    [
        ("是", True),
        ("有", True),
        ("√", True),
        ("Y", True),
        (1.0, True),
        (True, True),
        ("否", False),
        ("无", False),
        ("×", False),
        ("FALSE", False),
        (0, False),
    ],
)
def test_a_flag_is_read_however_it_is_written(raw: Raw, flag: bool) -> None:
    assert read(FieldType.FLAG, raw) is flag


def test_counts_are_whole_numbers() -> None:
    assert read(FieldType.COUNT, "1,234") == 1234
    assert read(FieldType.COUNT, 12.0) == 12
    assert refusal(FieldType.COUNT, 12.5) == "bad-count"


def test_several_values_stand_in_the_order_of_the_vocabulary() -> None:
    expected = ("智改数转网联", "基本建设")
    for text in (
        "基本建设；智改数转网联",
        "基本建设;智改数转网联;",
        "基本建设、智改数转网联",
        "基本建设\n智改数转网联",
    ):
        assert read(FieldType.OPTIONS, text) == expected
    assert read(FieldType.OPTIONS, ("基本建设", "智改数转网联")) == expected


def test_an_option_that_holds_a_separator_is_taken_whole() -> None:
    assert read(FieldType.OPTIONS, "技改、升级") == ("技改、升级",)
    assert read(FieldType.OPTION, " 技改、升级 ") == "技改、升级"


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("海州区", "海州区"),
        ("海州", "海州区"),
        ("连云港市海州区", "海州区"),
        ("江苏省连云港市赣榆县", "赣榆区"),
        ("320706", "海州区"),
        (320706.0, "海州区"),
        ("市开发区", "经济技术开发区"),
    ],
)
def test_an_area_is_read_by_any_of_its_names(text: Raw, area: str) -> None:
    assert read(FieldType.AREA, text) == area


@pytest.mark.parametrize("text", ["开发区", "市辖区", "南京市海州区", "连云港市"[:2]])
def test_an_area_that_is_none_or_two_is_refused(text: str) -> None:
    assert refusal(FieldType.AREA, text) == "unknown-area"


def test_levels_and_rounds_are_read_by_alias() -> None:
    assert read(FieldType.LEVEL, "国家") == "国家级"
    assert read(FieldType.ROUND, "复核") == "复评"
    assert type(read(FieldType.ROUND, "复核")) is str


@pytest.mark.parametrize("raw", [EAST, EAST.lower(), f" {EAST[:6]} {EAST[6:]}", f"'{EAST}"])
def test_a_credit_code_is_read_in_its_official_spelling(raw: Raw) -> None:
    assert read(FieldType.CREDIT_CODE, raw) == EAST


def test_numbers_become_text_where_text_is_asked_for() -> None:
    assert read(FieldType.IDENTIFIER, 12.0) == "12"
    assert read(FieldType.IDENTIFIER, "Ｆ１２") == "F12"
    assert read(FieldType.TEXT, 12.5) == "12.5"
    assert number_text(100) == "100"


def test_invisible_characters_and_line_breaks_go_from_a_text() -> None:
    assert read(FieldType.TEXT, "\u200b连云\ufeff港\u3000\n装备 ") == "连云港 装备"


def test_a_text_may_begin_with_a_minus_and_no_other_sign_of_a_formula() -> None:
    assert read(FieldType.TEXT, "-40℃冷库项目") == "-40℃冷库项目"
    for text in ("=1+1", "＝1+1", "@a", "+1"):
        assert refusal(FieldType.TEXT, text) == "formula-text"


@pytest.mark.parametrize("type_", FieldType)
def test_an_unusable_cell_is_refused_for_what_it_is(type_: FieldType) -> None:
    assert refusal(type_, Unusable("formula")) == "formula"


@pytest.mark.parametrize("raw", [True, date(2026, 1, 1)])
def test_dates_and_flags_are_no_text(raw: Raw) -> None:
    assert refusal(FieldType.TEXT, raw) == "not-text"
    assert refusal(FieldType.LEVEL, raw) == "not-text"


def test_counts_may_name_what_they_count() -> None:
    assert [read(FieldType.COUNT, raw) for raw in ("6台", "1,234 家", "３台套")] == [6, 1234, 3]
    for raw in ("6.5台", "6万台", "6万元", "6美元", "6吨", "台", "6台5套"):
        assert refusal(FieldType.COUNT, raw) == "bad-count"
