"""An answer to an open question holds once two people have signed it, from its day on, until a later one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from duixian.evaluate.engine import Engine
from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import Role
from duixian.office.audit.models import AuditEvent
from duixian.office.city import city
from duixian.office.refusal import Clash, NotAllowed, NotThere, Refusal
from duixian.office.runs.models import Ruling
from duixian.office.runs.rulings import propose, refuse, rulings_in_force, sign
from duixian.office.runs.start import start
from duixian.rules.fact import Dossier
from tests.office.runs.conftest import DAY, DECIDED

QUESTION = "专精特新晋级"
NEW_YEAR, MAY = date(2026, 1, 1), date(2026, 5, 1)


def _proposed(actor: Actor, option: str = "补差", day: date = NEW_YEAR) -> Ruling:
    return propose(
        actor,
        question=QUESTION,
        option=option,
        reason="会商一致",
        basis="会议纪要〔2026〕1号",
        effective_from=day,
    )


@pytest.mark.django_db
def test_a_ruling_holds_once_another_person_has_signed_it(officer: Actor, reviewer: Actor) -> None:
    ruling = _proposed(officer)
    assert rulings_in_force(DAY) == DECIDED
    sign(reviewer, ruling.pk)
    assert rulings_in_force(DAY) == DECIDED | {QUESTION: "补差"}
    assert ruling.document == city().interpretations[QUESTION].document


@pytest.mark.django_db
def test_a_ruling_holds_from_its_day_on(officer: Actor, reviewer: Actor) -> None:
    sign(reviewer, _proposed(officer, day=MAY).pk)
    assert rulings_in_force(date(2026, 4, 30)) == DECIDED
    assert rulings_in_force(MAY) == DECIDED | {QUESTION: "补差"}


@pytest.mark.django_db
def test_a_later_ruling_takes_the_place_of_an_earlier_one(officer: Actor, reviewer: Actor) -> None:
    other = next(option for option in city().interpretations[QUESTION].options if option != "补差")
    # The later day holds, whichever of them was signed first.
    sign(reviewer, _proposed(officer, other, MAY).pk)
    sign(reviewer, _proposed(officer, "补差", NEW_YEAR).pk)
    assert rulings_in_force(date(2026, 2, 1)) == DECIDED | {QUESTION: "补差"}
    assert rulings_in_force(DAY) == DECIDED | {QUESTION: other}
    sign(reviewer, _proposed(officer, "补差", MAY).pk)
    assert rulings_in_force(DAY) == DECIDED | {QUESTION: "补差"}


@pytest.mark.django_db
def test_a_refused_ruling_never_holds(officer: Actor, reviewer: Actor) -> None:
    ruling = _proposed(officer)
    refuse(reviewer, ruling.pk, reason="依据不足")
    assert rulings_in_force(DAY) == DECIDED
    with pytest.raises(Clash) as clash:
        sign(reviewer, ruling.pk)
    assert clash.value.code == "ruling-settled"


@pytest.mark.django_db
def test_nobody_signs_what_he_proposed(make_actor: Callable[..., Actor], officer: Actor) -> None:
    ruling = _proposed(officer)
    same = Actor(officer.id, officer.name, Role.CITY_REVIEWER)
    with pytest.raises(NotAllowed) as refused:
        sign(same, ruling.pk)
    assert refused.value.code == "own-proposal"
    with pytest.raises(NotAllowed) as refused:
        refuse(same, ruling.pk, reason="自己")
    assert refused.value.code == "own-proposal"
    with pytest.raises(NotAllowed):
        sign(make_actor(Role.AUDITOR), ruling.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"question": "没有的口径"}, "unknown-question"),
        ({"option": "没有的选项"}, "unknown-option"),
        ({"reason": " "}, "reason-missing"),
        ({"basis": ""}, "reason-missing"),
    ],
)
def test_a_proposal_is_about_a_real_question_and_reasoned(
    officer: Actor, changed: dict[str, str], code: str
) -> None:
    wanted = {"question": QUESTION, "option": "补差", "reason": "会商一致", "basis": "纪要"} | changed
    with pytest.raises(Refusal) as refused:
        propose(officer, effective_from=NEW_YEAR, **wanted)
    assert refused.value.code == code
    assert not Ruling.objects.exists()


@pytest.mark.django_db
def test_a_refusal_has_a_reason_and_something_to_refuse(officer: Actor, reviewer: Actor) -> None:
    ruling = _proposed(officer)
    with pytest.raises(Refusal) as refused:
        refuse(reviewer, ruling.pk, reason="")
    assert refused.value.code == "reason-missing"
    with pytest.raises(NotThere):
        sign(reviewer, ruling.pk + 1)


@pytest.mark.django_db
def test_every_step_of_a_ruling_is_told(officer: Actor, reviewer: Actor) -> None:
    sign(reviewer, _proposed(officer).pk, reason="同意")
    told = AuditEvent.objects.values_list("actor", "action")
    assert list(told) == [("市级经办", "ruling.propose"), ("市级审核", "ruling.sign")]


@pytest.mark.django_db
def test_a_run_decides_by_the_rulings_of_its_day(
    officer: Actor, reviewer: Actor, demo_city: tuple[Dossier, ...]
) -> None:
    sign(reviewer, _proposed(officer).pk)
    run = start(officer, title="补差", as_of=DAY)
    engine = Engine(city(), {QUESTION: "补差"})
    expected = [each.amount_fen for dossier in demo_city for each in engine.determine(dossier, DAY)]
    assert run.rulings == DECIDED | {QUESTION: "补差"}
    assert list(run.determinations.order_by("position").values_list("amount_fen", flat=True)) == expected
