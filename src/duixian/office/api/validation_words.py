"""What does not fit a schema, in words (校验用语): where it stands, a code, and a sentence; never the value that was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from duixian.wording import Language

_CHINESE = {
    "missing": "缺少此项",
    "extra_forbidden": "没有此项",
    "string_type": "应为文字",
    "string_too_short": "太短，至少 {min_length} 个字",
    "string_too_long": "太长，至多 {max_length} 个字",
    "string_pattern_mismatch": "格式不符",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_parsing_size": "数值过大",
    "int_from_float": "应为整数",
    "bool_type": "应为是或否（true / false）",
    "bool_parsing": "应为是或否（true / false）",
    "date_type": "应为日期，如 2025-12-01",
    "date_parsing": "应为日期，如 2025-12-01",
    "date_from_datetime_parsing": "应为日期，如 2025-12-01",
    "date_from_datetime_inexact": "应为日期，不含时刻",
    "list_type": "应为列表",
    "dict_type": "应为对象",
    "model_attributes_type": "应为对象",
    "model_type": "应为对象",
    "too_long": "至多 {max_length} 项",
    "too_short": "至少 {min_length} 项",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "应不小于 {ge}",
    "less_than": "应小于 {lt}",
    "less_than_equal": "应不大于 {le}",
    "enum": "应为 {expected} 之一",
    "literal_error": "应为 {expected} 之一",
}
_OTHERWISE = "内容不符合要求"


def told_errors(errors: Iterable[Mapping[str, Any]], language: Language) -> list[dict[str, str]]:
    """The errors of a schema: ``where`` (body.facts.0.kind), ``code`` and ``what``, each once and in the order found."""
    return [
        {
            "where": ".".join(_where(error.get("loc", ()))),
            "code": str(error.get("type", "")),
            "what": _words(error, language),
        }
        for error in errors
    ]


def _where(loc: Sequence[object]) -> list[str]:
    """The way to a field as whoever sent the request knows it: a body is one object, whatever the route calls it."""
    parts = [str(part) for part in loc]
    return [parts[0], *parts[2:]] if parts[:1] == ["body"] else parts


def _words(error: Mapping[str, Any], language: Language) -> str:
    if language is Language.ENGLISH:
        return str(error.get("msg", ""))
    blanks = {name: value for name, value in error.get("ctx", {}).items() if isinstance(value, int | str)}
    try:
        return _CHINESE.get(str(error.get("type", "")), _OTHERWISE).format(**blanks)
    except KeyError:
        return _OTHERWISE
