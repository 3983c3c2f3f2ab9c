"""How the workbook looks (表格样式): fonts, borders, number formats, and a colour for each outcome."""

from __future__ import annotations

from functools import cache
from typing import Any

from duixian.rules.determination import Outcome

BODY_FONT, TITLE_FONT = "宋体", "微软雅黑"
"""Both come with every Chinese office program; elsewhere the program takes its own."""

YUAN = "#,##0.00"
WAN = '#,##0.00;-#,##0.00;"—"'
"""Two decimals are shown; the cell holds the exact amount."""
COUNT = '#,##0;-#,##0;"—"'

_BODY = {"font_name": BODY_FONT, "font_size": 10, "valign": "vcenter"}
_LINES = {"border": 1, "border_color": "#BFBFBF"}
_CELL = _BODY | _LINES
_HEAD = _CELL | {
    "font_name": TITLE_FONT, "bold": True, "bg_color": "#DCE6F1", "align": "center", "text_wrap": True,
}  # fmt: skip
_RIGHT = {"align": "right", "indent": 1}
_TOTAL = {"bold": True, "bg_color": "#F2F2F2"}

LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_name": TITLE_FONT, "font_size": 16, "bold": True, "align": "center", "valign": "vcenter"},
    "note": _BODY | {"font_color": "#595959", "text_wrap": True, "valign": "top"},
    "plain_note": _BODY | {"font_color": "#595959"},
    "label": _BODY | {"font_color": "#595959", "align": "right"},
    "note_figure": _BODY | _RIGHT | {"font_color": "#595959", "num_format": YUAN},
    "block": {
        "font_name": TITLE_FONT,
        "font_size": 12,
        "bold": True,
        "valign": "vcenter",
        "font_color": "#1F3864",
    },
    "band": _CELL | {"bold": True, "bg_color": "#F2F2F2"},
    "head": _HEAD,
    "text": _CELL | {"indent": 1},
    "wrap": _CELL | {"text_wrap": True, "indent": 1},
    "middle": _CELL | {"align": "center"},
    "count": _CELL | {"num_format": COUNT, "align": "center"},
    "yuan": _CELL | _RIGHT | {"num_format": YUAN},
    "wan": _CELL | _RIGHT | {"num_format": WAN},
    "change": _CELL | _RIGHT | {"num_format": '+#,##0.00;-#,##0.00;"—"'},
    "total_text": _CELL | _TOTAL | {"indent": 1},
    "total_count": _CELL | _TOTAL | {"num_format": COUNT, "align": "center"},
    "total_wan": _CELL | _TOTAL | _RIGHT | {"num_format": WAN},
}
_OUTCOME_COLOURS: dict[Outcome, tuple[str, str]] = {
    Outcome.PAYABLE: ("#E2EFDA", "#375623"),
    Outcome.NOT_HIGHEST: ("#EDEDED", "#404040"),
    Outcome.OVER_LIMIT: ("#EDEDED", "#404040"),
    Outcome.INELIGIBLE: ("#EDEDED", "#404040"),
    Outcome.NOT_IN_FORCE: ("#EDEDED", "#404040"),
    Outcome.UNDECIDED: ("#FFF2CC", "#7F6000"),
    Outcome.UNKNOWN: ("#FFF2CC", "#7F6000"),
}


class Styles:
    """The formats of one workbook, made when first used (样式)."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self.named = cache(self._named)
        self.outcome = cache(self._outcome)

    def _named(self, name: str) -> Any:
        return self._workbook.add_format(LOOKS[name])

    def _outcome(self, outcome: Outcome) -> Any:
        background, ink = _OUTCOME_COLOURS[outcome]
        look = LOOKS["middle"] | {"bg_color": background, "font_color": ink}
        return self._workbook.add_format(look)
