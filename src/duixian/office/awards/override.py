"""Overriding an exclusion (从宽): a reviewer lets an award go on although a record was found, with a reason; never where the text bars."""

from __future__ import annotations

from duixian.office.accounts.actor import Actor
from duixian.office.awards.exclusions import found_hash
from duixian.office.awards.models import Award, ExclusionCheck
from duixian.office.awards.move import move
from duixian.office.refusal import Clash


def override_exclusion(
    actor: Actor, award_id: int, check_id: int, *, reason: str, version: int | None = None
) -> Award:
    """Let exactly what one check found stop the award no more; anything else that is found later stops it again.

    Raises:
        Clash: ``excluded-by-text`` where the document itself excludes, ``nothing-found`` when the check is none of this award or
            found nothing.
        Refusal: ``reason-missing``.
    """
    check = ExclusionCheck.objects.filter(pk=check_id, award_id=award_id).first()
    if check is None or not check.found:
        raise Clash("nothing-found", "该次核查没有发现需要从宽的记录")
    if any(each["bars"] for each in check.found):
        raise Clash(
            "excluded-by-text",
            "文件规定的排除情形成立",
            why="文件排除的，不能从宽",
            fix="请不予兑付并写明理由",
        )
    detail = {"check": check.pk, "covers": found_hash(check)}
    return move(award_id, "override_exclusion", actor, reason=reason, version=version, detail=detail)
