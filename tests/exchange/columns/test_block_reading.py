"""Blocks hold what dossiers hold: from clean tables and dirty ones, sorted and not, kept in memory, streamed or put on disk."""

from __future__ import annotations

from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.credit_code import make_code
from duixian.exchange.columns.block_reading import BlockLimits
from tests.exchange.columns.same_reading import WAYS, assert_same, write_parquet
from tests.exchange.results.harbour import FACTS, harbour
from tests.exchange.small_city import CITY, EAST_NAME, WEST_NAME

CODES = sorted(
    make_code(kind, region, serial)
    for kind in ("91", "92")
    for region in ("320706", "320707")
    for serial in range(1, 6)
)


@pytest.mark.parametrize("limits", WAYS)
def test_a_folder_of_csv_tables_is_read_the_same(limits: BlockLimits) -> None:
    assert_same(FACTS, harbour(), limits)


CELLS: dict[str, st.SearchStrategy[Any]] = {}


def _codes(*, missing: bool = False) -> st.SearchStrategy[Any]:
    usual = st.sampled_from(CODES)
    odd = st.sampled_from(
        [
            "",
            "无",
            CODES[0][:-1],
            CODES[1].lower(),
            f" {CODES[2]} ",
            "91320706XN0000012A",
            "９１３２０７０６XN0000012Q",
        ]
    )
    return usual | usual | usual | odd | (st.none() if missing else st.nothing())


IDS = st.integers(1, 60).map(lambda n: f"F{n:03}") | st.sampled_from(
    ["F001 ", " F002", "Ｆ００３", "", "=F4", "F\u200b5", "1.5E+17", "认定1", None]
)
NAMES = st.sampled_from(
    [
        EAST_NAME,
        WEST_NAME,
        "样例店",
        "",
        None,
        f"{EAST_NAME} ",
        EAST_NAME.replace("有限公司", "有限责任公司"),
        "连云港\u3000东海",
        "A  B",
        "=1",
        "-",
        "“海”",
    ]
)
TITLES = st.sampled_from(
    [
        "智能工厂",
        "先进级智能工厂",
        "国家级专精特新“小巨人”",
        "CMMI",
        "CMMI3",
        "企业技术中心",
        "企业技木中心",
        "没有的",
        "",
        None,
    ]
)
LEVELS = st.sampled_from(["省级", "省", "国家级", "市级", "外星级", "", None])
GRADES = st.sampled_from(["先进级", "三级", "3级", "没有", "", None])
DATES = st.sampled_from(["2026-03-01", "2026年3月1日", "2026/3/1", "46082", "昨天", "", None])
MONEY = st.sampled_from(["2000000", "200万元", "0.005", "-1", "1,000.50", "很多", "", None])
RECOGNITIONS = {
    "编号": IDS,
    "统一社会信用代码": _codes(missing=True),
    "企业名称": NAMES,
    "称号": TITLES,
    "级别": LEVELS,
    "等级": GRADES,
    "日期": DATES,
}
ENTERPRISES = {
    "统一社会信用代码": _codes(),
    "企业名称": NAMES,
    "曾用名": NAMES,
    "所属地区": st.sampled_from(["海州区", "新浦区", "连云港市赣榆区", "开发区", "火星", None]),
    "成立日期": DATES,
}
PROJECTS = {
    "编号": IDS,
    "统一社会信用代码": _codes(missing=True),
    "企业名称": NAMES,
    "类别": st.sampled_from(["基本建设", "技改升级;智改数转网联", "别的", "", None]),
    "年度": st.sampled_from(["2026", "2026年", "26", None]),
    "有效投入额": MONEY,
    "存量企业": st.sampled_from(["是", "否", "也许", None]),
    "设备台数": st.sampled_from(["3", "3台", "-3", None]),
}
PAYMENTS = {
    "编号": IDS,
    "统一社会信用代码": _codes(missing=True),
    "事实编号": IDS,
    "金额": MONEY,
    "日期": DATES,
}
KINDS = {"企业": ENTERPRISES, "认定": RECOGNITIONS, "投资项目": PROJECTS, "已兑付": PAYMENTS}
TYPES = st.sampled_from(
    [
        pa.string(),
        pa.large_string(),
        pa.dictionary(pa.int32(), pa.string()),
        pa.dictionary(pa.int8(), pa.string()),
    ]
)


@st.composite
def tables(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """A table of a kind in which much is odd, sorted or not, of any type of text."""
    fields = KINDS[kind]
    rows = draw(st.lists(st.fixed_dictionaries(fields), max_size=12))
    if draw(st.booleans()):
        rows.sort(key=lambda row: row["统一社会信用代码"] or "")
    names = [name for name in fields if draw(st.integers(0, 9)) or name in ("编号", "称号", "金额")]
    return {name: pa.array([row[name] for row in rows], pa.string()).cast(draw(TYPES)) for name in names}


@given(st.data())
def test_dirty_tables_are_read_the_same_on_every_way(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("facts")
    for name in data.draw(
        st.lists(
            st.sampled_from(["企业", "企业_2", "认定", "认定_2", "投资项目", "已兑付"]),
            unique=True,
            min_size=1,
        )
    ):
        write_parquet(folder / f"{name}.parquet", data.draw(tables(name.partition("_")[0])))
    assert_same(folder, CITY, data.draw(st.sampled_from(WAYS)), data.draw(st.integers(1, 5)))
