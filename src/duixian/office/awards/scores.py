"""Experts' scores (专家评分), where the text says 遴选: their mean, who passes, and the ranking. Means are exact fractions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.conf import settings

from duixian.office.awards.models import Award, Score
from duixian.office.refusal import Clash

FEWEST_EXPERTS = 3
"""Fewer is no panel, whatever the settings say."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """An application with its place (名次); equals share one, and the next place is left out."""

    award: Award
    mean: Fraction
    experts: int
    place: int
    passes: bool


def experts_needed() -> int:
    """How many experts must have scored."""
    return max(FEWEST_EXPERTS, settings.SCORING_EXPERTS)


def living_scores(award: Award) -> list[int]:
    """The points that count: those since the last correction."""
    return list(Score.objects.filter(award=award, voided_at=None).values_list("points", flat=True))


def demand_passing_scores(award: Award) -> None:
    """Go on only when enough experts have scored and their mean reaches the pass mark.

    Raises:
        Clash: ``scores-missing`` or ``below-pass-mark``.
    """
    points = living_scores(award)
    if len(points) < experts_needed():
        raise Clash(
            "scores-missing",
            f"专家评分不足{experts_needed()}份",
            fix="请录入其余专家的评分",
            scores=len(points),
        )
    if not _passes(points):
        raise Clash(
            "below-pass-mark",
            f"平均分低于{settings.SCORING_PASS_MARK}分",
            why="没有达到评审合格线",
            fix="请不予兑付并写明理由",
        )


def ranked(awards: Iterable[Award]) -> list[Ranked]:
    """The awards that have scores, best first."""
    scored = [(award, points) for award in awards if (points := living_scores(award))]
    means = {award.pk: Fraction(sum(points), len(points)) for award, points in scored}
    found = [
        Ranked(
            award,
            means[award.pk],
            len(points),
            1 + sum(other > means[award.pk] for other in means.values()),
            len(points) >= experts_needed() and _passes(points),
        )
        for award, points in scored
    ]
    return sorted(found, key=lambda each: (each.place, each.award.pk))


def _passes(points: list[int]) -> bool:
    return sum(points) >= settings.SCORING_PASS_MARK * len(points)
