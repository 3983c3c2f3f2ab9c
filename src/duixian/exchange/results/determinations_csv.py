"""determinations.csv (结果表): one line for each determination, money in yuan with two decimals.

An amount that is not known yet (待核, 待定) is an empty cell, an award that gives nothing ``0.00``: missing is never zero.
"""

from __future__ import annotations

from duixian.exchange.results.csv_out import csv_text
from duixian.exchange.results.results import Results
from duixian.exchange.results.words import basis_words, question_names, reason_words
from duixian.money import format_yuan
from duixian.rules.determination import Determination

HEADER = (
    "统一社会信用代码", "企业名称", "文号", "条款", "事项", "事实编号", "结论", "最高金额", "理由", "口径",
    "市级承担", "县区承担", "分担依据",
)  # fmt: skip
"""The columns, in this order, whatever the language of the run."""


def determinations_csv(results: Results) -> str:
    """The determinations of a run as CSV."""
    return csv_text(HEADER, (_row(each, results) for each in results.determinations))


def _row(each: Determination, results: Results) -> tuple[str, ...]:
    share = each.share
    return (
        each.enterprise,
        results.name_of(each.enterprise),
        each.document,
        each.clause,
        each.measure,
        each.fact,
        each.outcome,
        yuan(each.amount_fen),
        reason_words(each, results.language),
        "；".join(question_names(each)),
        yuan(share.city_fen) if share else "",
        yuan(share.county_fen) if share else "",
        basis_words(each, results.language),
    )


def yuan(fen: int | None) -> str:
    """Fen as yuan, empty while unknown."""
    return "" if fen is None else format_yuan(fen)
