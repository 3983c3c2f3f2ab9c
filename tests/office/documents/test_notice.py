"""The paper of a notice says what was shown, and is told in the audit trail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from docx import Document

from duixian.office.accounts.models import User
from duixian.office.audit.models import AuditEvent
from duixian.office.documents.notice import notice_document, notice_fields
from duixian.office.refusal import NotAllowed, NotThere
from tests.office.awards.scene import NAME, Scene, staged
from tests.office.documents.templates_page import listed_fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(make_user: Callable[..., User]) -> Iterator[Scene]:
    with staged(make_user) as found:
        yield found


def test_the_paper_shows_every_line_with_its_sum_and_the_days(scene: Scene) -> None:
    notice = scene.published()
    found = notice_document(scene.people.city, notice.pk)
    document = Document(BytesIO(found.content))
    text = "\n".join(each.text for each in document.paragraphs)
    assert "公示期为2026年3月3日至2026年3月9日，共5个工作日" in text
    assert "合计：人民币600,000.00元（大写：陆拾万元整）" in text
    assert "连云港市人民政府办公室" in text
    assert [cell.text for cell in document.tables[0].rows[1].cells] == [
        "1",
        NAME,
        "东海县",
        "某事项",
        "600,000.00",
    ]
    assert found.name == f"公示-{notice.pk}.docx"


def test_making_it_is_told(scene: Scene) -> None:
    notice = scene.published()
    notice_document(scene.people.auditor, notice.pk)
    event = AuditEvent.objects.order_by("-number")[0]
    assert (event.action, event.subject_id, event.actor) == ("document.notice", str(notice.pk), "审计")


def test_the_same_notice_gives_the_same_bytes(scene: Scene) -> None:
    notice = scene.published()
    assert notice_document(scene.people.city, notice.pk) == notice_document(scene.people.county, notice.pk)


def test_there_is_no_paper_of_a_notice_that_is_not_there_or_for_who_may_not(scene: Scene) -> None:
    with pytest.raises(NotThere):
        notice_document(scene.people.city, 4711)
    with pytest.raises(NotAllowed):
        notice_document(scene.people.administrator, scene.published().pk)


def test_the_page_lists_the_fields_that_there_are(scene: Scene) -> None:
    notice = scene.published()
    fields = notice_fields(notice, list(notice.items.all()))
    assert listed_fields("notice.docx") == (set(fields), set(fields["明细"][0]))
