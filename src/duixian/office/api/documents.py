"""Documents through the API (文书接口): files from templates, as attachments."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from ninja import Router

from duixian.office.api.acts import acts
from duixian.office.api.openapi import answers_file
from duixian.office.api.paging import Id
from duixian.office.api.signing_in import actor_of_request
from duixian.office.documents.determination_letter import determination_letter
from duixian.office.documents.document import DOCX, XLSX, Document
from duixian.office.documents.notice import notice_document
from duixian.office.documents.payment_table import payment_table_document

router = Router(tags=["文书 documents"])


@router.get("/notices/{notice_id}/document", openapi_extra=answers_file(DOCX))
@acts("document.notice")
def read_notice_document(request: HttpRequest, notice_id: Id) -> HttpResponse:
    """The paper of a notice (公示文书), docx."""
    return file_answer(notice_document(actor_of_request(request), notice_id))


@router.get("/batches/{batch_id}/payment-table", openapi_extra=answers_file(XLSX))
@acts("document.payment_table")
def read_payment_table(request: HttpRequest, batch_id: Id) -> HttpResponse:
    """The payment table of a batch (拨付表), xlsx."""
    return file_answer(payment_table_document(actor_of_request(request), batch_id))


@router.get("/awards/{award_id}/letter", openapi_extra=answers_file(DOCX))
@acts("document.letter")
def read_determination_letter(request: HttpRequest, award_id: Id) -> HttpResponse:
    """The letter of an award with its calculation (认定结果告知书), docx."""
    return file_answer(determination_letter(actor_of_request(request), award_id))


def file_answer(document: Document) -> HttpResponse:
    """A file as an attachment: never shown in the browser, whatever it holds."""
    answer = HttpResponse(document.content, content_type=document.media_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(document.name)}"
    answer["Cache-Control"] = "no-store"
    return answer
