"""Awards as answers and as requests (兑付事项接口格式). Money is whole fen, null while unknown."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import Field

from duixian.office.accounts.actor import Actor
from duixian.office.api.schema import Schema
from duixian.office.awards.clocks import Due
from duixian.office.awards.models import Award, ExclusionCheck, State, Step
from duixian.office.awards.move import possible
from duixian.office.awards.open_awards import Difference
from duixian.office.awards.scores import Ranked
from duixian.office.kept_query import KeptQuery

MOST_FEN = 2**53
"""More than any city has: what JSON readers take without loss."""


class AwardAnswer(Schema):
    """An award (兑付事项): at most ``ceiling_fen``, of which ``approved_fen`` was found right and ``payable_fen`` is paid at the rate α."""

    id: int
    version: int
    enterprise: str
    enterprise_name: str
    area: str
    document: str
    measure_id: str
    measure: str
    clause: str
    fact_kind: str
    fact: str
    year: int | None
    mode: str
    needs_scoring: bool
    state: str
    state_name: str
    ceiling_fen: int
    base_fen: int | None
    approved_fen: int | None
    payable_fen: int | None
    has_account: bool
    determination_id: int


class AwardStepAnswer(Schema):
    """A step (办理记录). Who did it is told by name to officers, by role to the enterprise."""

    number: int
    action: str
    from_state: str
    to_state: str
    role: str
    actor: str | None
    at: datetime
    reason: str
    detail: dict[str, Any]


class CheckAnswer(Schema):
    """A look at what bars the enterprise (排除核查)."""

    id: int
    stage: str
    window_from: date
    window_to: date
    found: list[dict[str, Any]]
    source_hash: str
    checked_at: datetime


class WholeAwardAnswer(AwardAnswer):
    """An award with its steps, its exclusion checks, and what can be done with it where it stands."""

    steps: list[AwardStepAnswer]
    exclusion_checks: list[CheckAnswer]
    possible: list[str]


class OpenedAnswer(Schema):
    """How many awards were opened (新建立事项数), and where the run says otherwise than awards that were there (差异)."""

    opened: int
    differences: int


class AwardDifferenceAnswer(Schema):
    """Where a run says otherwise than a living award (差异): ``amount_fen`` null means that it gives nothing any more."""

    award: int
    ceiling_fen: int
    determination_id: int | None
    amount_fen: int | None


class BankAccountAnswer(Schema):
    """An account to pay to (收款账户); the number is masked for who need not see it."""

    id: int
    holder: str
    bank: str
    number: str
    is_masked: bool


class RankedAnswer(Schema):
    """An application's place (名次); the mean is ``points`` by ``experts``, exactly."""

    place: int
    award: int
    points: int
    experts: int
    passes: bool


class WindowAnswer(Schema):
    """An application window (申报窗口); both days belong to it."""

    id: int
    document: str
    measure_id: str
    opens_on: date
    closes_on: date


class ClockAnswer(Schema):
    """A running time limit (办理时限); ``due_on`` null: the holidays of its year are not known yet."""

    id: int
    kind: str
    subject: str
    award: int | None
    started_on: date
    working_days: int
    due_on: date | None
    is_overdue: bool


class Said(Schema):
    """A reason (理由); where one is needed, an empty one is refused."""

    reason: str = Field("", max_length=2000)


class NewBankAccount(Schema):
    """An account to pay to (收款账户)."""

    holder: str = Field(max_length=200)
    bank: str = Field(max_length=200)
    number: str = Field(max_length=60)


class CountySaid(Said):
    """What the county found (县区核查)."""

    proposed_fen: int | None = Field(None, strict=True, ge=0, le=MOST_FEN)


class CitySaid(Said):
    """What the city found (市级核查): null approves the whole ceiling."""

    approved_fen: int | None = Field(None, strict=True, ge=0, le=MOST_FEN)


class Renewal(Said):
    """The newer determination (新的认定结果)."""

    determination_id: int = Field(strict=True, ge=1, le=2**63 - 1)


class Override(Said):
    """Which check's findings are overridden (从宽)."""

    check_id: int = Field(strict=True, ge=1, le=2**63 - 1)


class NewScore(Schema):
    """An expert's score (专家评分)."""

    expert: str = Field(max_length=60)
    points: int = Field(strict=True, ge=0, le=100)
    reason: str = Field(max_length=2000)


class NewWindow(Schema):
    """A window to announce (申报窗口)."""

    document: str = Field(max_length=120)
    measure_id: str = Field(max_length=80)
    opens_on: date
    closes_on: date


class Stage(Schema):
    """At which stage what bars is looked for (环节)."""

    stage: str = Field(pattern="^(determination|notice|payment)$")


class PublishedGuide(Schema):
    """Whose guide was published (办事指南)."""

    document: str = Field(max_length=120)
    measure_id: str = Field(max_length=80)


class NewHolidays(Schema):
    """A year's holidays (节假日安排)."""

    off: list[date] = Field(max_length=366)
    worked: list[date] = Field(default_factory=list, max_length=366)
    notice: str = Field(max_length=80)


_STATE_NAMES = {each.value: each.label for each in State}
_STEPS = KeptQuery(lambda key: Step.objects.filter(award_id=key).select_related("actor").order_by("number"))
_EXCLUSION_CHECKS = KeptQuery(lambda key: ExclusionCheck.objects.filter(award_id=key).order_by("pk"))


def award_answer(award: Award) -> dict[str, Any]:
    """An award as an answer."""
    told = {name: getattr(award, name) for name in _AS_IT_IS}
    determination = award.determination
    return told | {
        "enterprise": award.enterprise_id,
        "enterprise_name": determination.name,
        "measure": determination.measure,
        "clause": determination.clause,
        "state_name": _STATE_NAMES[award.state],
        "has_account": award.account_id is not None,
    }


def whole_award(award: Award, actor: Actor) -> dict[str, Any]:
    """An award with everything that was done with it."""
    return award_answer(award) | {
        "steps": [_step_answer(each, actor) for each in _STEPS(award.pk)],
        "exclusion_checks": _EXCLUSION_CHECKS(award.pk),
        "possible": list(possible(award)),
    }


def difference_answer(each: Difference) -> dict[str, Any]:
    """A difference as an answer."""
    key = each.determination.pk if each.determination else None
    return {
        "award": each.award.pk,
        "ceiling_fen": each.award.ceiling_fen,
        "determination_id": key,
        "amount_fen": each.amount_fen,
    }


def ranked_answer(each: Ranked) -> dict[str, Any]:
    """A place as an answer."""
    points = each.mean * each.experts
    return {
        "place": each.place,
        "award": each.award.pk,
        "points": int(points),
        "experts": each.experts,
        "passes": each.passes,
    }


def clock_answer(due: Due) -> dict[str, Any]:
    """A time limit as an answer."""
    clock = due.clock
    return {
        "id": clock.pk,
        "kind": clock.kind,
        "subject": clock.subject,
        "award": clock.award_id,
        "started_on": clock.started_on,
        "working_days": clock.working_days,
        "due_on": due.due_on,
        "is_overdue": due.is_overdue,
    }


_AS_IT_IS = (
    "id", "version", "area", "document", "measure_id", "fact_kind", "fact", "year", "mode", "needs_scoring", "state", "ceiling_fen",
    "base_fen", "approved_fen", "payable_fen", "determination_id",
)  # fmt: skip


def _step_answer(step: Step, actor: Actor) -> dict[str, Any]:
    name = step.actor.username if step.actor is not None and not actor.is_enterprise else None
    told = {each: getattr(step, each) for each in _OF_A_STEP}
    return told | {"actor": name}


_OF_A_STEP = ("number", "action", "from_state", "to_state", "role", "at", "reason", "detail")
