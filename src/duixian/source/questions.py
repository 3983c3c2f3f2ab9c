"""Questions and units that a block names (口径、责任单位)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duixian.source.desk import Desk
    from duixian.source.shape import Record


def read_questions(block: Record, desk: Desk) -> tuple[str, ...]:
    """The open questions under 口径, those that exist."""
    found = [desk.question(item.text, item.place) for item in block.items("口径")]
    return tuple(question.name for question in found if question is not None)


def keep_questions(block: Record, desk: Desk) -> None:
    """Leave the questions of a block to its clause: the rules of a whole document carry none themselves."""
    desk.questions.extend(read_questions(block, desk))


def read_units(block: Record, key: str, desk: Desk) -> tuple[str, ...]:
    """The responsible units under a key, by their names in units.csv; unknown ones are reported and left out."""
    found = [desk.unit(item.text, item.place) for item in block.items(key)]
    return tuple(unit for unit in found if unit is not None)
