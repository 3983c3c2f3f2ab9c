"""The paper of a public notice (公示文书): what was shown of each award, as it was shown."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from duixian.exchange.results.words import grouped_yuan
from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.awards.models import NoticeItem, PublicNotice
from duixian.office.documents.capital_amount import capital_amount
from duixian.office.documents.document import DOCX, Document, day_words
from duixian.office.documents.fill_docx import fill_docx
from duixian.office.documents.policy_words import issuer_of, title_of
from duixian.office.documents.template import Template, template_file
from duixian.office.refusal import NotThere


def notice_document(actor: Actor, notice_id: int) -> Document:
    """The notice as a Word file.

    Raises:
        NotThere: when there is no such notice. WrongTemplate: when the city's template cannot be filled.
    """
    with acting():
        demand(actor, "document.notice")
        notice = PublicNotice.objects.select_related("published_by").filter(pk=notice_id).first()
        if notice is None:
            raise NotThere("not-there", "没有找到该公示")
        items = list(notice.items.select_related("award").order_by("pk"))
        content = fill_docx(template_file(Template.NOTICE), notice_fields(notice, items))
        tell(actor, "document.notice", notice, detail={"items": len(items)})
    return Document(f"公示-{notice.pk}.docx", DOCX, content)


def notice_fields(notice: PublicNotice, items: list[NoticeItem]) -> dict[str, Any]:
    """The fields of the template (公示字段); ``docs/reference/templates.md`` tells each."""
    whole = sum(each.amount_fen for each in items)
    return {
        "标题": notice.title,
        "文号": notice.document,
        "文件名称": title_of(notice.document),
        "件数": len(items),
        "企业数": len({each.award.enterprise_id for each in items}),
        "开始": day_words(notice.opens_on),
        "截止": day_words(notice.closes_on),
        "工作日": notice.working_days,
        "联系方式": notice.contact,
        "发布单位": notice.published_by.unit or issuer_of(notice.document),
        "发布日期": day_words(timezone.localdate(notice.published_at)),
        "合计": grouped_yuan(whole),
        "合计大写": capital_amount(whole),
        "明细": [_row(number, each) for number, each in enumerate(items, start=1)],
    }


def _row(number: int, item: NoticeItem) -> dict[str, Any]:
    return {
        "序号": number,
        "企业名称": item.enterprise_name,
        "地区": item.award.area,
        "事项": item.measure,
        "金额": grouped_yuan(item.amount_fen),
    }
