"""What the enterprise says to an offer (企业确认): yes, or no."""

from __future__ import annotations

from duixian.office.accounts.actor import Actor
from duixian.office.awards.models import Award
from duixian.office.awards.move import move


def accept(actor: Actor, award_id: int, *, version: int | None = None) -> Award:
    """Accept an offer. An account to pay to must have been given; from here the working days to payment run."""
    return move(award_id, "accept", actor, version=version)


def decline(actor: Actor, award_id: int, *, reason: str = "", version: int | None = None) -> Award:
    """Give an award up, in writing and for good; the enterprise need not say why."""
    return move(award_id, "decline", actor, reason=reason, version=version)
