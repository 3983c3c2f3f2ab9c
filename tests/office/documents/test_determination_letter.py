"""The letter tells what was found, the sentence it rests on, and every step; for the enterprise itself and its officers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from docx import Document

from duixian.credit_code import make_code
from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import Role
from duixian.office.awards.models import Award
from duixian.office.awards.open_awards import open_awards
from duixian.office.documents.determination_letter import determination_letter, letter_fields
from duixian.office.refusal import NotThere
from duixian.office.registry.models import Source
from duixian.office.registry.record import FactRow, record_enterprise, record_facts
from duixian.office.runs.explain import explain
from duixian.office.runs.start import start
from duixian.rules.fact import Value
from tests.office.documents.templates_page import listed_fields

pytestmark = pytest.mark.django_db
CODE, OTHER = make_code("91", "320722", 1), make_code("91", "320723", 2)


@pytest.fixture
def officer(make_actor: Callable[..., Actor]) -> Actor:
    return make_actor(Role.CITY_OFFICER)


@pytest.fixture
def award(officer: Actor) -> Award:
    """An award from a real run: a little giant in 东海县 that was a provincial one before."""
    source = Source.objects.create(title="测试名单", recorded_by_id=officer.account_id)
    record_enterprise(officer, source, CODE, {"企业名称": "某某科技有限公司", "所属地区": "东海县"})
    giant: dict[str, Value] = {
        "称号": "专精特新小巨人",
        "级别": "国家级",
        "轮次": "获评",
        "日期": date(2025, 12, 10),
    }
    before: dict[str, Value] = {
        "称号": "专精特新中小企业",
        "级别": "省级",
        "轮次": "获评",
        "日期": date(2025, 12, 2),
    }
    record_facts(officer, source, [FactRow("认定", "R1", CODE, giant), FactRow("认定", "R0", CODE, before)])
    run = start(officer, title="第一批", as_of=date(2026, 3, 1))
    return next(each for each in open_awards(officer, run.pk) if each.fact == "R1")


def text_of(actor: Actor, award: Award) -> str:
    document = Document(BytesIO(determination_letter(actor, award.pk).content))
    rows = ["｜".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    return "\n".join([each.text for each in document.paragraphs] + rows)


def test_the_letter_names_the_sum_the_sentence_and_every_step(officer: Actor, award: Award) -> None:
    text = text_of(officer, award)
    assert f"某某科技有限公司（{CODE}）：" in text
    assert (
        "依据《加快建设制造强市若干政策措施》（连政办规〔2025〕6号）（三）鼓励企业专精特新发展，对你单位截至2026年3月1日的认定 R1"
        in text
    )
    assert "可兑付上限：人民币600,000.00元（大写：陆拾万元整）" in text
    assert "小巨人" in text.split("二、条款原文")[1].split("三、计算过程")[0]
    assert "计算｜" in text
    assert "{" not in text


def test_an_open_question_is_told_with_what_it_would_give(officer: Actor, award: Award) -> None:
    assert "专精特新晋级" in text_of(officer, award).split("四、尚未定论的口径")[1]


def test_the_same_award_gives_the_same_bytes(officer: Actor, award: Award) -> None:
    assert determination_letter(officer, award.pk) == determination_letter(officer, award.pk)


def test_the_enterprise_gets_its_own_letter_and_no_other(
    award: Award, make_actor: Callable[..., Actor]
) -> None:
    assert "陆拾万元整" in text_of(make_actor(Role.ENTERPRISE, "本企业", enterprise=CODE), award)
    with pytest.raises(NotThere):
        determination_letter(make_actor(Role.ENTERPRISE, "他企业", enterprise=OTHER), award.pk)
    with pytest.raises(NotThere):
        determination_letter(make_actor(Role.COUNTY_OFFICER, "外县", area="灌云县"), award.pk)


def test_the_page_lists_the_fields_that_there_are(award: Award) -> None:
    row = award.determination
    fields = letter_fields(award, explain(row.run, row.position))
    assert listed_fields("determination_letter.docx") == (set(fields), set(fields["步骤"][0]))
