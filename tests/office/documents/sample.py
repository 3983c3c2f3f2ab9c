"""Fields as the office fills them in, for tests of templates."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

NOTICE: dict[str, Any] = {
    "标题": "2026年第一批拟兑付事项公示", "文号": "连政办规〔2025〕6号", "文件名称": "加快建设制造强市若干政策措施", "件数": 2, "企业数": 1,
    "开始": "2026年3月3日", "截止": "2026年3月9日", "工作日": 5, "联系方式": "市工信局 0518-00000000", "发布单位": "市工信局",
    "发布日期": "2026年3月2日", "合计": "800,000.00", "合计大写": "捌拾万元整",
    "明细": [
        {"序号": number, "企业名称": "某某<科技>&有限公司", "地区": "东海县", "事项": "专精特新", "金额": "400,000.00"} for number in (1, 2)
    ],
}  # fmt: skip
TABLE: dict[str, Any] = {
    "标题": "第一批拨付表", "文号": "连政办规〔2025〕6号", "文件名称": "加快建设制造强市若干政策措施", "年度": 2026,
    "系数": "90%", "笔数": 3,
    "核定合计": Decimal("3000000.00"), "应付合计": Decimal("2700000.03"), "市级合计": Decimal("810000.00"), "县区合计": "待定",
    "应付大写": "贰佰柒拾万元零叁分", "制表日期": "2026年3月20日", "制表单位": "市工信局",
}  # fmt: skip


def table_rows(count: int) -> list[dict[str, Any]]:
    """So many rows of the payment table; a name begins like a formula."""
    return [
        {
            "序号": number, "企业名称": "=1+1有限公司", "信用代码": "91320722MA1XXXXX0T", "地区": "东海县", "事项": "智能化改造",
            "条款": "（九）",
            "核定金额": Decimal("1000000.00"), "应付金额": Decimal("900000.01"), "市级承担": Decimal("270000.00"), "县区承担": "待定",
            "分担依据": "3:7", "户名": "某公司", "开户行": "某银行", "账号": "0012345678901234567",
        }
        for number in range(1, count + 1)
    ]  # fmt: skip
