"""The base of all schemas of the API (数据格式): ninja's, but for dictionaries, of which most answers and all requests are made.

ninja wraps whatever it checks into an object that looks up each field with care for query sets, files and methods. A dictionary of ours
holds plain values: it is checked as it is, and a page of answers takes little more than half the time.
"""

from __future__ import annotations

from typing import Any, Self

from ninja import Schema as NinjaSchema
from ninja.schema import DjangoGetter
from pydantic import ModelWrapValidatorHandler, ValidationInfo, model_validator


class Schema(NinjaSchema):
    """A schema (数据格式) of a request or an answer."""

    @model_validator(mode="wrap")
    @classmethod
    def _run_root_validator(
        cls, values: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo
    ) -> Self:
        return handler(values if isinstance(values, dict) else DjangoGetter(values, cls, info.context))
