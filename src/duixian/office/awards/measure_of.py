"""The measure behind an award (扶持事项), as the city's policies have it today."""

from __future__ import annotations

from collections.abc import Mapping

from duixian.office.awards.models import Mode
from duixian.office.city import city
from duixian.office.refusal import NotThere
from duixian.rules.decided import resolve
from duixian.rules.measure import AwardRow, Delivery, Measure


def measure_of(document: str, measure_id: str) -> Measure:
    """The measure of that id.

    Raises:
        NotThere: ``measure-not-there`` when no policy of the city has it.
    """
    for measure in city().measures:
        if (measure.document, measure.id) == (document, measure_id):
            return measure
    raise NotThere(
        "measure-not-there",
        f"{document}没有事项{measure_id}",
        why="政策文件里找不到该事项",
        fix="请核对文号和事项编号",
    )


def row_of(document: str, measure_id: str, row: str) -> AwardRow | None:
    """The row of the award table that a determination rests on, None when the policy no longer has it."""
    return measure_of(document, measure_id).rows_by_id.get(row)


def delivery_of(measure: Measure, rulings: Mapping[str, str]) -> Delivery:
    """How a measure is delivered (兑现方式) under these rulings and, where there is none, the city's own answers."""
    return resolve(measure.delivery, {**city().decisions, **rulings})


def mode_of(delivery: Delivery) -> Mode:
    """Whether the city offers it or the enterprise applies for it; 遴选 is applied for, and scored."""
    return Mode.WITHOUT_APPLICATION if delivery is Delivery.AUTOMATIC else Mode.APPLICATION
