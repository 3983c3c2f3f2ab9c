"""The few names that every city shares, because engines read them: payments already made, and the enterprise's area.

All other kinds, fields, titles and grades belong to the city's vocabulary; the engines meet them as data.
"""

from __future__ import annotations

PAYMENT = "已兑付"
"""The fact kind of payments already made."""
PAYMENT_DOCUMENT = "文号"
PAYMENT_CLAUSE = "条款"
PAYMENT_MATTER = "事项"
PAYMENT_FACT = "事实编号"
PAYMENT_AMOUNT = "金额"
PAYMENT_DATE = "日期"

AREA = "所属地区"
"""The enterprise's field that decides who pays."""

PER_ENTERPRISE = "企业"
PER_YEAR = "年度"
PER_ROW = "行"
"""Words of 每 that are not fields of the trigger fact."""
