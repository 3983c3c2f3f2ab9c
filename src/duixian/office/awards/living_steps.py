"""The steps that count (有效步骤): those after the last correction. What came before stays, and no longer counts."""

from __future__ import annotations

from django.db.models import Max, QuerySet

from duixian.office.awards.models import Award, Step
from duixian.office.awards.states import VOIDING


def living_steps(award: Award) -> QuerySet[Step]:
    """The steps of an award since decisions were last voided."""
    voided = Step.objects.filter(award=award, action__in=VOIDING).aggregate(last=Max("number"))["last"] or 0
    return Step.objects.filter(award=award, number__gt=voided)
