"""Rulings (口径决定): an open question gets its answer from one officer and the signature of another, and holds from its day on."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.city import city
from duixian.office.refusal import Clash, NotAllowed, NotThere, Refusal
from duixian.office.runs.models import Ruling, RulingSignature
from duixian.rules.interpretation import Interpretation


def propose(
    actor: Actor, *, question: str, option: str, reason: str, basis: str, effective_from: date
) -> Ruling:
    """Propose an answer to an open question of the city; it holds once another person has signed it.

    Raises:
        Refusal: when the city has no such question or option, or reason or basis are blank.
    """
    with acting():
        demand(actor, "ruling.propose")
        asked = _question(question)
        _see_option(asked, option)
        _see_told(reason, "理由")
        _see_told(basis, "依据")
        ruling = Ruling.objects.create(
            question=asked.name,
            document=asked.document,
            option=option,
            reason=reason.strip(),
            basis=basis.strip(),
            effective_from=effective_from,
            proposed_by_id=actor.account_id,
        )
        told = {"question": asked.name, "option": option, "from": effective_from.isoformat()}
        tell(actor, "ruling.propose", ruling, detail=told)
        return ruling


def sign(actor: Actor, ruling_id: int, *, reason: str = "") -> RulingSignature:
    """Sign a proposed ruling: it holds from its day on, in place of earlier answers to the same question.

    Raises:
        NotAllowed: when it is the signer's own proposal.
        Clash: when it has been signed or refused already.
        Refusal: when the city's policies no longer know the question or the option.
    """
    with acting():
        demand(actor, "ruling.sign")
        ruling = _proposed(ruling_id)
        _see_option(_question(ruling.question), ruling.option)
        return _settle(actor, "ruling.sign", ruling, reason, is_refused=False)


def refuse(actor: Actor, ruling_id: int, *, reason: str) -> RulingSignature:
    """Refuse a proposed ruling, with a reason; another one may be proposed.

    Raises:
        NotAllowed: when it is the refuser's own proposal.
        Clash: when it has been signed or refused already.
    """
    with acting():
        demand(actor, "ruling.refuse")
        _see_told(reason, "理由")
        return _settle(actor, "ruling.refuse", _proposed(ruling_id), reason, is_refused=True)


def signed() -> QuerySet[Ruling]:
    """All rulings that were signed, the one that holds over the others last."""
    found = Ruling.objects.filter(signature__is_refused=False)
    return found.order_by("effective_from", "signature__signed_at", "id")


def rulings_in_force(on: date) -> dict[str, str]:
    """The answers that hold on a day: the decisions of the city's folder, and over them what the office has signed."""
    questions = city().interpretations
    decided = {
        name: each.ruling.option
        for name, each in questions.items()
        if each.ruling is not None and each.ruling.decided_on <= on
    }
    for each in signed().filter(effective_from__lte=on):
        # A question that the policies no longer ask needs no answer.
        if each.question in questions and each.option in questions[each.question].options:
            decided[each.question] = each.option
    return decided


def _proposed(ruling_id: int) -> Ruling:
    found = Ruling.objects.filter(pk=ruling_id).first()
    if found is None:
        raise NotThere("not-there", "没有找到", why="没有这项口径决定")
    return found


def _settle(actor: Actor, action: str, ruling: Ruling, reason: str, *, is_refused: bool) -> RulingSignature:
    if actor.id == ruling.proposed_by_id:
        raise NotAllowed(
            "own-proposal",
            "提出人不能签自己的口径决定",
            why="口径决定须由两人签署",
            fix="请由另一名审核人员签署",
        )
    try:
        with transaction.atomic():
            signature = RulingSignature.objects.create(
                ruling=ruling, signed_by_id=actor.account_id, is_refused=is_refused, reason=reason.strip()
            )
    except IntegrityError:
        raise Clash(
            "ruling-settled", "这项口径决定已经办结", why="已由他人签署或不同意", fix="如需更改，请另行提出"
        ) from None
    tell(actor, action, ruling, detail={"question": ruling.question, "option": ruling.option})
    return signature


def _question(name: str) -> Interpretation:
    found = city().interpretations.get(name)
    if found is None:
        raise Refusal(
            "unknown-question",
            f"没有名为“{name}”的口径",
            why="口径决定只能针对政策里写明的未决问题",
            fix="用 duixian show 查看口径的名称",
        )
    return found


def _see_option(question: Interpretation, option: str) -> None:
    if option not in question.options:
        raise Refusal(
            "unknown-option",
            f"口径“{question.name}”没有“{option}”这个选项",
            why="只能选取政策里列出的选项",
            fix=f"可选：{'、'.join(question.options)}",
        )


def _see_told(text: str, what: str) -> None:
    if not text.strip():
        raise Refusal("reason-missing", f"没有写{what}", why="口径决定须写明理由和依据", fix=f"请补写{what}")
