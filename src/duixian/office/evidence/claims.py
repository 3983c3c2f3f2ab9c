"""The claims that evidence belongs to (兑付事项): awards, known here by name alone, since rooms do not look upwards."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from duixian.office.refusal import NotThere

OPEN_TO_ENTERPRISE = frozenset({"draft", "correction", "offered", "accepted"})
"""The states in which an enterprise itself may still change what its claim rests on."""
CLOSED = frozenset({"declined", "refused", "paid", "recovered"})
"""The states in which nobody may."""
WITHOUT_MONEY = ("declined", "refused")
"""The states of claims that ended without money: their evidence may serve another claim."""


def claim(award_id: int, *, lock: bool = False) -> Any:
    """An award by its number.

    Raises:
        NotThere: when there is none.
    """
    awards: Any = apps.get_model("awards", "Award").objects
    if lock:
        awards = awards.select_for_update(no_key=True)
    found = awards.filter(pk=award_id).first()
    if found is None:
        raise NotThere("not-there", "没有找到", why="不存在，或不在该账号的管辖范围内")
    return found
