"""The letter to an enterprise (认定结果告知书): what was found, the clause it rests on, and the calculation step by step.

The calculation is told by the engine from the run's frozen facts, and only when it is to the last field what the run has kept.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from duixian.exchange.results.words import grouped_yuan
from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.awards.models import Award
from duixian.office.documents.capital_amount import capital_amount
from duixian.office.documents.document import DOCX, Document, day_words
from duixian.office.documents.fill_docx import fill_docx
from duixian.office.documents.policy_words import issuer_of, title_of
from duixian.office.documents.template import Template, template_file
from duixian.office.refusal import NotThere
from duixian.office.runs.explain import Explanation, explain
from duixian.wording import percent

UNKNOWN = "待定"
NONE = "—"


def determination_letter(actor: Actor, award_id: int) -> Document:
    """The letter of an award as a Word file.

    Raises:
        NotThere: when there is no such award, or it is somebody else's. Clash: ``trace-differs`` when the calculation is not what was kept.
        WrongTemplate: when the city's template cannot be filled.
    """
    with acting():
        award = Award.objects.select_related("determination__run__started_by").filter(pk=award_id).first()
        if award is None:
            raise NotThere("not-there", "没有找到", why="不存在，或不在该账号的管辖范围内")
        demand(actor, "document.letter", area=award.area, enterprise=award.enterprise_id)
        told = explain(award.determination.run, award.determination.position)
        content = fill_docx(template_file(Template.LETTER), letter_fields(award, told))
        tell(actor, "document.letter", award, enterprise=award.enterprise_id)
    return Document(f"认定结果告知书-{award.pk}.docx", DOCX, content)


def letter_fields(award: Award, told: Explanation) -> dict[str, Any]:
    """The fields of the template (告知书字段); ``docs/reference/templates.md`` tells each."""
    row, run = told.row, told.row.run
    clause = f"{row.clause}{told.clause_name}"
    return {
        "编号": award.pk,
        "企业名称": row.name,
        "信用代码": row.enterprise,
        "文号": row.document,
        "文件名称": title_of(row.document),
        "条款": clause,
        "条款原文": told.sentence,
        "认定日期": day_words(run.as_of),
        "事项": row.measure,
        "条目": row.row,
        "事实": told.fact,
        "结论": row.outcome,
        "理由": told.reason,
        "缺失": "、".join(row.missing),
        **_amounts(told),
        "步骤": [
            {"步骤": each.step, "说明": each.words, "依据": each.clause or row.clause} for each in told.steps
        ],
        "口径": list(told.marks),
        "单位": run.started_by.unit or issuer_of(row.document),
        "日期": day_words(timezone.localdate(run.finished_at or run.started_at)),
    }


def _amounts(told: Explanation) -> dict[str, str]:
    row, rate = told.row, told.determination.rate
    return {
        "最高金额": _sum(row.ceiling_fen, UNKNOWN),
        "基数": _sum(row.base_fen, NONE),
        "比例": NONE if rate is None else percent(rate),
        "可兑付上限": "" if row.amount_fen is None else grouped_yuan(row.amount_fen),
        "大写": "" if row.amount_fen is None else capital_amount(row.amount_fen),
        "市级承担": _sum(row.city_fen, UNKNOWN),
        "县区承担": _sum(row.county_fen, UNKNOWN),
        "分担依据": told.basis,
    }


def _sum(fen: int | None, otherwise: str) -> str:
    return otherwise if fen is None else f"{grouped_yuan(fen)}元"
