"""The checks of county and city (核查), and what an officer does when something is wrong: send back, or refuse."""

from __future__ import annotations

from duixian.office.accounts.actor import Actor
from duixian.office.awards.exclusions import check_exclusions
from duixian.office.awards.measure_of import row_of
from duixian.office.awards.models import Award
from duixian.office.awards.move import move
from duixian.office.refusal import NotThere, Refusal


def county_check(
    actor: Actor,
    award_id: int,
    *,
    reason: str = "",
    proposed_fen: int | None = None,
    version: int | None = None,
) -> Award:
    """The county's check, in its own area: the papers are right. It may propose an amount, which binds nobody."""
    detail = {} if proposed_fen is None else {"proposed_fen": proposed_fen}
    return move(award_id, "county_check", actor, reason=reason, version=version, detail=detail)


def stand_in(actor: Actor, award_id: int, *, reason: str, version: int | None = None) -> Award:
    """The city checks in the county's place, with a reason: the area is not known, or its officer has applied on behalf."""
    return move(award_id, "stand_in", actor, reason=reason, version=version)


def city_check(
    actor: Actor,
    award_id: int,
    *,
    approved_fen: int | None = None,
    reason: str = "",
    version: int | None = None,
) -> Award:
    """The city's check, with the amount that it finds right: the ceiling, or less with a reason.

    What bars the enterprise is looked at first; that stays on record whatever comes of it.

    Raises:
        Refusal: ``above-ceiling``, ``amount-not-positive``, ``exact-amount`` (the text gives exactly that sum), ``reason-missing``.
        Clash: by what stops it (``exclusion-found``, ``excluded-by-text``, ``evidence-stop``, ``decided-already`` …).
    """
    award = _award(award_id)
    check_exclusions(actor, award, "determination")
    amount = award.ceiling_fen if approved_fen is None else approved_fen
    _demand_amount(award, amount, reason)
    return move(
        award, "city_check", actor, reason=reason, version=version or award.version,
        changes={"approved_fen": amount}, detail={"approved_fen": amount, "ceiling_fen": award.ceiling_fen},
    )  # fmt: skip


def approve(actor: Actor, award_id: int, *, reason: str = "", version: int | None = None) -> Award:
    """Approve what was checked twice and has stood on public notice; the reviewer has touched nothing of it before."""
    award = _award(award_id)
    check_exclusions(actor, award, "notice")
    return move(
        award, "approve", actor, reason=reason, version=version, detail={"approved_fen": award.approved_fen}
    )


def correct(actor: Actor, award_id: int, *, reason: str, version: int | None = None) -> Award:
    """Send an award back (退回补正), telling at once everything that is missing. Decisions made so far count no more."""
    return move(award_id, "correct", actor, reason=reason, version=version)


def refuse(actor: Actor, award_id: int, *, reason: str, version: int | None = None) -> Award:
    """Refuse an award (不予兑付), with the reason that the enterprise is told."""
    return move(award_id, "refuse", actor, reason=reason, version=version)


def _award(award_id: int) -> Award:
    found = Award.objects.select_related("determination").filter(pk=award_id).first()
    if found is None:
        raise NotThere("not-there", "没有找到", why="不存在，或不在该账号的管辖范围内")
    return found


def _demand_amount(award: Award, amount: int, reason: str) -> None:
    if amount > award.ceiling_fen:
        raise Refusal(
            "above-ceiling",
            "核定金额高于最高金额",
            why="政策规定最高不超过该金额",
            fix="请核定不高于最高金额的数",
        )
    if amount <= 0:
        raise Refusal("amount-not-positive", "核定金额须大于零", fix="不应兑付的，请不予兑付并写明理由")
    if amount == award.ceiling_fen:
        return
    row = row_of(award.document, award.measure_id, award.determination.row)
    if row is not None and row.amount.is_exact:
        raise Refusal(
            "exact-amount", "该事项按定额给予，不能少于定额", why="原文没有“不超过”", fix="请按定额核定"
        )
    if not reason.strip():
        raise Refusal("reason-missing", "核定金额低于最高金额，须写明理由", fix="请填写理由")
