"""Four eyes (四眼原则): nobody decides twice on one award, and who entered something decides nothing on it."""

from __future__ import annotations

from duixian.office.accounts.actor import Actor
from duixian.office.awards.living_steps import living_steps
from duixian.office.awards.models import Award, Score, Step
from duixian.office.awards.states import DECISIONS, ENTERING
from duixian.office.evidence.models import Evidence
from duixian.office.refusal import Clash


def deciders(award: Award) -> frozenset[int]:
    """Who has decided on an award, by decisions that still count."""
    steps = living_steps(award).filter(action__in=DECISIONS).values_list("actor", flat=True)
    return frozenset(each for each in steps if each is not None)


def enterers(award: Award) -> frozenset[int]:
    """Who has entered something for an award: an application, a piece of evidence, an expert's score."""
    steps = Step.objects.filter(award=award, action__in=ENTERING).values_list("actor", flat=True)
    evidence = Evidence.objects.filter(award=award, withdrawn_at=None).values_list("added_by", flat=True)
    scores = Score.objects.filter(award=award, voided_at=None).values_list("recorded_by", flat=True)
    return frozenset(each for each in (*steps, *evidence, *scores) if each is not None)


def demand_new_eyes(award: Award, actor: Actor) -> None:
    """Go on only when this person has neither decided nor entered anything on the award.

    Raises:
        Clash: ``decided-already`` or ``entered-by-same``.
    """
    if actor.id is None:
        raise RuntimeError("the system decides nothing")
    if actor.id in deciders(award):
        raise Clash(
            "decided-already",
            "同一人不能在同一事项上决定两次",
            why="该账号已经在这一事项上核查、批准或者签过字",
            fix="请由另一人办理",
        )
    if actor.id in enterers(award):
        raise Clash(
            "entered-by-same",
            "录入人不能审核自己录入的事项",
            why="该账号代为申报、上传过佐证或者录入过评分",
            fix="请由另一人办理",
        )
