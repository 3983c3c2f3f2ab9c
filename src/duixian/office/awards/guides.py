"""Item guides (办事指南): every measure of a policy needs one within so many working days of the policy's day."""

from __future__ import annotations

from collections.abc import Iterator

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.awards.clocks import GUIDE, start_clock, stop_clock
from duixian.office.awards.measure_of import measure_of
from duixian.office.awards.models import Clock
from duixian.office.city import city
from duixian.office.refusal import Clash
from duixian.rules.measure import Measure
from duixian.rules.policy import Policy


def start_guide_clocks(actor: Actor) -> list[Clock]:
    """Start a clock for every measure that never had one, from the day its policy was printed (or written); give back the new ones."""
    with acting():
        demand(actor, "guide.start")
        known = set(Clock.objects.filter(kind=GUIDE).values_list("subject", flat=True))
        started = [
            start_clock(GUIDE, _subject(measure), on=policy.head.printed_on or policy.head.written_on)
            for policy, measure in _measures()
            if _subject(measure) not in known
        ]
        if started:
            tell(actor, "guide.start", "", detail={"clocks": len(started)})
    return started


def publish_guide(actor: Actor, *, document: str, measure_id: str) -> None:
    """Note that a measure's guide is published: its clock stops.

    Raises:
        NotThere: when no policy has that measure. Clash: ``guide-published`` when no clock runs.
    """
    with acting():
        demand(actor, "guide.publish")
        subject = _subject(measure_of(document, measure_id))
        if not stop_clock(GUIDE, subject):
            raise Clash("guide-published", "该事项的办事指南没有在计时", why="已经发布，或者还没有起算")
        tell(actor, "guide.publish", subject)


def _measures() -> Iterator[tuple[Policy, Measure]]:
    for policy in city().policies:
        for measure in policy.measures:
            yield policy, measure


def _subject(measure: Measure) -> str:
    return f"{measure.document} {measure.id}"[:120]
