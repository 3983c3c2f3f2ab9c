"""Filling a Word template (填写文档模板)."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError
from lxml.etree import LxmlError  # type: ignore[import-untyped]

from duixian.office.documents.steady_zip import steady
from duixian.office.documents.template import WrongTemplate, sandbox


def fill_docx(template: Path, fields: Mapping[str, Any]) -> bytes:
    """The document of a template and its fields.

    Raises:
        WrongTemplate: ``template-unknown-field``, ``template-wrong``.
    """
    try:
        document = DocxTemplate(template)
        document.render(dict(fields), sandbox(), autoescape=True)
        filled = BytesIO()
        document.save(filled)
    except TemplateSyntaxError as error:
        raise WrongTemplate(template.name, _context(error), error.message or "语法不通") from error
    except UndefinedError as error:
        raise WrongTemplate(
            template.name, "", error.message or "没有此字段", code="template-unknown-field"
        ) from error
    except (TemplateError, LxmlError, TypeError, ValueError) as error:
        raise WrongTemplate(template.name, "", "不能按此填写") from error
    except (BadZipFile, PackageNotFoundError, KeyError, OSError) as error:
        raise WrongTemplate(template.name, "", "不是可读的 docx 文件") from error
    return steady(filled.getvalue())


def _context(error: TemplateSyntaxError) -> str:
    """The lines of the document around the mistake, as the library found them."""
    lines = getattr(error, "docx_context", None) or ()
    return " ".join(str(line).strip() for line in lines)[:200] or f"第{error.lineno}行"
