"""Handing files out (下载): always as an attachment, so that nothing that somebody uploaded ever runs in an officer's browser."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from duixian.office.evidence.file_names import safe_name
from duixian.office.evidence.models import StoredFile
from duixian.office.evidence.store import open_file


def attachment(file: StoredFile, name: str) -> HttpResponse:
    """A kept file as an answer: to be saved, never shown within a page, never guessed to be of another type."""
    with open_file(file.digest) as stream:
        answer = HttpResponse(stream.read(), content_type=file.media_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(safe_name(name))}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer
