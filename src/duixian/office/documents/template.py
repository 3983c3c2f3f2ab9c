"""Templates of documents (文书模板): a city's own, or the office's where the city has none.

A city puts files of the same name into ``<city folder>/templates/``. Fields are named in Chinese between double braces; what a template
may name is told in ``docs/reference/templates.md``. A template cannot reach beyond its fields: it runs in Jinja's sandbox.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from django.conf import settings
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from duixian.office.refusal import Refusal

DEFAULTS = Path(__file__).parent / "templates"


class Template(StrEnum):
    """The templates of the office (模板), by the names of their files."""

    NOTICE = "notice.docx"
    PAYMENT_TABLE = "payment_table.xlsx"
    LETTER = "determination_letter.docx"


def template_file(template: Template) -> Path:
    """The file to fill: the city's own, else the office's."""
    own = Path(settings.TEMPLATES_OF_CITY) / template
    return own if own.is_file() else DEFAULTS / template


def sandbox() -> ImmutableSandboxedEnvironment:
    """Where templates run: fields alone, and a field that is not there is a mistake, never nothing."""
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    environment.globals.clear()
    return environment


class WrongTemplate(Refusal):
    """A template that cannot be filled (模板有误): ``facts`` say which and where."""

    def __init__(self, template: str, where: str, found: str, *, code: str = "template-wrong") -> None:
        super().__init__(
            code,
            f"模板 {template} 有误：{found}",
            why="模板中的语法或字段与系统提供的不符",
            fix="请对照模板说明改正，或移去该文件以使用默认模板",
            template=template,
            where=where,
            found=found,
        )
