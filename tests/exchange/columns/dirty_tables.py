"""Tables of the small city in which much is odd: spellings, blanks, numbers that come twice, codes of nobody."""

from __future__ import annotations

from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
from hypothesis import strategies as st

from duixian.credit_code import make_code
from tests.exchange.small_city import EAST_NAME, WEST_NAME

CODES = sorted(
    make_code(kind, region, serial)
    for kind in ("91", "92")
    for region in ("320706", "320707")
    for serial in range(1, 6)
)


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
def dirty_table(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """A table of a kind in which much is odd, sorted or not, of any type of text."""
    fields = KINDS[kind]
    rows = draw(st.lists(st.fixed_dictionaries(fields), max_size=12))
    if draw(st.booleans()):
        rows.sort(key=lambda row: row["统一社会信用代码"] or "")
    names = [name for name in fields if draw(st.integers(0, 9)) or name in ("编号", "称号", "金额")]
    return {name: pa.array([row[name] for row in rows], pa.string()).cast(draw(TYPES)) for name in names}
