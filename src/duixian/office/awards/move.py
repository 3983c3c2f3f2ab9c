"""Moving an award (办理): the only place that changes a state. It locks the row, asks the table, keeps the step and tells of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.awards.clocks import turn_pay_clock
from duixian.office.awards.four_eyes import demand_new_eyes
from duixian.office.awards.models import Award, Score, State, Step
from duixian.office.awards.needs import Wish, demand_need
from duixian.office.awards.row_lock import lock
from duixian.office.awards.states import Transition, rows_of
from duixian.office.kept_query import KeptQuery
from duixian.office.plain_rows import insert, update
from duixian.office.refusal import Clash, Stale

CHANGEABLE = frozenset(
    {"account_id", "approved_fen", "base_fen", "ceiling_fen", "determination_id", "payable_fen", "year"}
)
"""What may change together with a move."""


_STEPS = KeptQuery(lambda key: Step.objects.filter(award_id=key).only("pk"))


def move(
    award: Award | int,
    action: str,
    actor: Actor,
    *,
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
    version: int | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Award:
    """Do one thing with an award, in one transaction, and give it back as it is then.

    ``detail`` goes into the step and holds no personal data; ``changes`` are fields that change with the move (``CHANGEABLE``); ``version``
    is what the caller has seen.

    Raises:
        NotAllowed, NotThere: when this role may not do that, or not to this award.
        Stale: when the award has changed since ``version``.
        Clash: ``wrong-state`` when the table has no such way from here; or by what is missing (``needs.py``, ``four_eyes.py``).
    """
    with acting():
        locked = lock(award)
        demand(actor, f"award.{action}", area=locked.area, enterprise=locked.enterprise_id)
        if version is not None and version != locked.version:
            raise Stale("award-changed", "该事项已有变动", why="读取之后又被办理过", fix="请刷新后再办理")
        row = _row(locked, action, actor)
        if row.is_decision:
            demand_new_eyes(locked, actor)
        fields = _change(locked, changes or {})
        for need in row.needs:
            demand_need(need, Wish(locked, action, reason.strip(), dict(detail or {})))
        before = locked.state
        locked.state, locked.version = row.target or locked.state, locked.version + 1
        if row.voids:
            fields |= _void(locked)
        update(locked, ["state", "version", *sorted(fields)])
        number = 1 + _STEPS.count(locked.pk)
        insert(new_step(locked, action, actor, number=number, before=before, reason=reason, detail=detail))
        turn_pay_clock(locked, row.pay_clock)
        tell(
            actor, f"award.{action}", locked, enterprise=locked.enterprise_id,
            detail={"from": before, "to": locked.state, "step": number},
        )  # fmt: skip
    return locked


def new_step(
    award: Award,
    action: str,
    actor: Actor,
    *,
    number: int,
    before: str,
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
) -> Step:
    """A step of an award that already stands where it leads to, not yet saved."""
    return Step(
        award=award, number=number, action=action, from_state=before, to_state=award.state, actor_id=actor.id,
        role=actor.role, reason=reason.strip(), detail=dict(detail or {}),
    )  # fmt: skip


def possible(award: Award) -> tuple[str, ...]:
    """What can be done with an award where it stands, whoever does it."""
    return tuple(dict.fromkeys(row.action for row in rows_of(award.state, award.mode, award.needs_scoring)))


def _row(award: Award, action: str, actor: Actor) -> Transition:
    rows = list(rows_of(award.state, award.mode, award.needs_scoring))
    for row in rows:
        if row.action == action and actor.role in row.roles:
            return row
    titles = "、".join(dict.fromkeys(row.title for row in rows)) or "无"
    raise Clash(
        "wrong-state", f"该事项现在是“{State(award.state).label}”，该账号不能这样办理", why="状态表里没有这一步",
        fix=f"现在可以：{titles}", state=award.state, possible=list(possible(award)),
    )  # fmt: skip


def _change(award: Award, changes: Mapping[str, Any]) -> set[str]:
    strange = set(changes) - CHANGEABLE
    if strange:
        raise ValueError(f"not changed by a move: {sorted(strange)}")
    for name, value in changes.items():
        setattr(award, name, value)
    return set(changes)


def _void(award: Award) -> set[str]:
    """A correction takes back what officers and experts had found; steps and scores stay, and no longer count."""
    award.approved_fen = award.payable_fen = None
    Score.objects.filter(award=award, voided_at=None).update(voided_at=timezone.now())
    return {"approved_fen", "payable_fen"}
