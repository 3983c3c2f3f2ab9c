"""Scoring (遴选评审): experts' points are recorded, the panel is closed, and everybody sees the ranking."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting
from duixian.office.awards.models import Award, Score
from duixian.office.awards.move import move
from duixian.office.awards.row_lock import lock
from duixian.office.awards.scores import Ranked, ranked
from duixian.office.refusal import Clash, Refusal

MOST_POINTS = 100


def record_score(
    actor: Actor, award_id: int, *, expert: str, points: int, reason: str, version: int | None = None
) -> Score:
    """Record what one expert thinks, 0 to 100, with his reason. Who records it decides nothing more on that award.

    Raises:
        Refusal: ``bad-score``. Clash: ``scored-already`` for the same expert, ``wrong-state``.
    """
    if not (0 <= points <= MOST_POINTS and expert.strip() and reason.strip()):
        raise Refusal("bad-score", "评分须为0到100分，并写明专家和意见", fix="请补全评分表")
    with acting():
        award = lock(award_id)
        moved = move(award, "record_score", actor, version=version, detail={"points": points})
        try:
            with transaction.atomic():
                return Score.objects.create(
                    award=moved,
                    expert=expert.strip(),
                    points=points,
                    reason=reason.strip(),
                    recorded_by_id=actor.account_id,
                )
        except IntegrityError as error:
            raise Clash("scored-already", "该专家已经评过分", why="每位专家只评一次") from error


def finish_scoring(actor: Actor, award_id: int, *, version: int | None = None) -> Award:
    """Close the panel of an application that has enough scores and reaches the pass mark."""
    return move(award_id, "finish_scoring", actor, version=version)


def ranking(actor: Actor, *, document: str, measure_id: str, year: int | None = None) -> list[Ranked]:
    """The ranking of a measure's applications, of one year if given."""
    demand(actor, "award.ranking")
    awards = Award.objects.filter(document=document, measure_id=measure_id, needs_scoring=True)
    return ranked(awards if year is None else awards.filter(year=year))
