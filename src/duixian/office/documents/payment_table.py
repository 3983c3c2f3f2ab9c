"""The payment table of a batch (拨付表): what each enterprise gets, from which treasury, to which account; for finance to sign."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils import timezone

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.awards.account import SEES_WHOLE
from duixian.office.awards.models import Award, BankAccount
from duixian.office.documents.capital_amount import capital_amount
from duixian.office.documents.document import XLSX, Document, day_words
from duixian.office.documents.fill_xlsx import fill_xlsx
from duixian.office.documents.policy_words import issuer_of, title_of
from duixian.office.documents.template import Template, template_file
from duixian.office.refusal import NotThere
from duixian.office.treasury.models import Batch, BatchLine, OrderState
from duixian.wording import percent

UNKNOWN = "待定"
"""What stands where a sum is not known: never a nought."""


def payment_table_document(actor: Actor, batch_id: int) -> Document:
    """The table as a workbook. Account numbers are whole only for those who pay or audit.

    Raises:
        NotThere: when there is no such batch. WrongTemplate: when the city's template cannot be filled.
    """
    with acting():
        demand(actor, "document.payment_table")
        batch = Batch.objects.select_related("made_by").filter(pk=batch_id).first()
        if batch is None:
            raise NotThere("not-there", "没有找到该批次")
        is_whole = actor.role in SEES_WHOLE
        lines = list(batch.lines.select_related("award__determination", "award__account").order_by("pk"))
        rows = [line_fields(number, each, is_whole=is_whole) for number, each in enumerate(lines, start=1)]
        content = fill_xlsx(template_file(Template.PAYMENT_TABLE), table_fields(batch, lines), rows)
        tell(actor, "document.payment_table", batch, detail={"lines": len(lines), "whole_accounts": is_whole})
    return Document(f"拨付表-{batch.pk}.xlsx", XLSX, content)


def table_fields(batch: Batch, lines: list[BatchLine]) -> dict[str, Any]:
    """The fields of the template outside of its repeated row (拨付表字段)."""
    payable = _sum([each.payable_fen for each in lines])
    return {
        "标题": batch.title,
        "文号": batch.document,
        "文件名称": title_of(batch.document),
        "年度": batch.year,
        "系数": _rate(batch),
        "笔数": len(lines),
        "核定合计": _yuan(_sum([each.approved_fen for each in lines])),
        "应付合计": _yuan(payable),
        "市级合计": _yuan(_sum([each.city_fen for each in lines])),
        "县区合计": _yuan(_sum([each.county_fen for each in lines])),
        "应付大写": UNKNOWN if payable is None else capital_amount(payable),
        "制表日期": day_words(timezone.localdate(batch.made_at)),
        "制表单位": batch.made_by.unit or issuer_of(batch.document),
    }


def line_fields(number: int, line: BatchLine, *, is_whole: bool) -> dict[str, Any]:
    """The fields of the repeated row (拨付表行字段)."""
    award = line.award
    return {
        "序号": number,
        "企业名称": award.determination.name,
        "信用代码": award.enterprise_id,
        "地区": award.area,
        "事项": award.determination.measure,
        "条款": award.determination.clause,
        "核定金额": _yuan(line.approved_fen),
        "应付金额": _yuan(line.payable_fen),
        "市级承担": _yuan(line.city_fen),
        "县区承担": _yuan(line.county_fen),
        "分担依据": line.basis,
        **_accounts(_paid_to(award), is_whole=is_whole),
    }


def _paid_to(award: Award) -> list[BankAccount]:
    """The accounts to which the orders of an award go, each once; as long as it has none, the one that it will be paid to."""
    orders = award.orders.exclude(state=OrderState.CANCELLED).order_by("pk").select_related("account")
    found = {each.account_id: each.account for each in orders}
    return list(found.values()) or [each for each in (award.account,) if each is not None]


def _accounts(accounts: list[BankAccount], *, is_whole: bool) -> dict[str, str]:
    """Several accounts stand below each other: after a payment failed its second attempt may have gone elsewhere."""
    numbers = [each.number if is_whole else f"****{each.number[-4:]}" for each in accounts]
    return {
        "户名": "\n".join(dict.fromkeys(each.holder for each in accounts)),
        "开户行": "\n".join(each.bank for each in accounts),
        "账号": "\n".join(numbers),
    }


def _yuan(fen: int | None) -> Decimal | str:
    return UNKNOWN if fen is None else Decimal(fen).scaleb(-2)


def _sum(parts: list[int | None]) -> int | None:
    known = [each for each in parts if each is not None]
    return sum(known) if len(known) == len(parts) else None


def _rate(batch: Batch) -> str:
    if batch.rate_numerator is None or batch.rate_denominator is None:
        return UNKNOWN
    return percent(Fraction(batch.rate_numerator, batch.rate_denominator))
