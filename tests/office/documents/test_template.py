"""A city's own template goes before the office's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from duixian.office.documents.template import DEFAULTS, Template, template_file


def test_a_city_without_templates_takes_the_offices(tmp_path: Path, settings: Any) -> None:
    settings.TEMPLATES_OF_CITY = tmp_path / "templates"
    assert [template_file(each) for each in Template] == [DEFAULTS / each for each in Template]


def test_a_citys_own_template_goes_first(tmp_path: Path, settings: Any) -> None:
    settings.TEMPLATES_OF_CITY = tmp_path
    (tmp_path / Template.NOTICE).write_bytes(b"own")
    assert template_file(Template.NOTICE) == tmp_path / "notice.docx"
    assert template_file(Template.LETTER) == DEFAULTS / "determination_letter.docx"
