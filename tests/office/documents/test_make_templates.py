"""The templates that are committed are those that the script makes, part by part."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from duixian.office.documents.make_templates import all_templates, main
from duixian.office.documents.template import DEFAULTS, Template


def parts(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("template", list(Template))
def test_the_committed_template_is_what_the_script_makes(template: Template) -> None:
    assert parts((DEFAULTS / template).read_bytes()) == parts(all_templates()[template])


def test_the_script_writes_every_template(tmp_path: Path) -> None:
    main(tmp_path)
    assert {each.name for each in tmp_path.iterdir()} == set(Template)
