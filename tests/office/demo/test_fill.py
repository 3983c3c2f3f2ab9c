"""The demo office is filled once, whole, and shows every password once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import Role, User
from duixian.office.awards.models import Award
from duixian.office.demo.accounts import COUNTY, NAMES
from duixian.office.demo.fill import DAY, fill
from duixian.office.refusal import Clash, Refusal
from duixian.office.registry.models import Enterprise, FactRecord
from duixian.office.runs.models import Run, StoredDetermination
from duixian.office.whole_office import PARTS, verify_office
from duixian.rules.determination import Outcome

FEW = 300


@pytest.mark.django_db
def test_every_role_has_an_account_that_its_password_opens() -> None:
    found = fill(enterprises=FEW)
    assert [each.name for each in found.accounts] == list(NAMES)
    assert {user.role for user in User.objects.all()} == set(Role)
    for each in found.accounts:
        assert User.objects.get(username=each.name).check_password(each.password)
    assert len({each.password for each in found.accounts}) == len(NAMES)


@pytest.mark.django_db
def test_the_office_has_a_first_run_and_an_award_for_every_payable_row() -> None:
    found = fill(enterprises=FEW)
    assert (found.run.as_of, found.enterprises, found.facts) == (DAY, FEW, FactRecord.objects.count())
    assert Enterprise.objects.count() == FEW
    assert found.run.determinations.count() == found.run.counts["rows"]
    payable = StoredDetermination.objects.filter(outcome=Outcome.PAYABLE, amount_fen__gt=0).count()
    assert found.awards == Award.objects.count() == payable


@pytest.mark.django_db
def test_the_demo_enterprise_has_an_award_in_the_demo_county() -> None:
    fill(enterprises=FEW)
    code = User.objects.get(role=Role.ENTERPRISE).enterprise_code
    assert Award.objects.filter(enterprise_id=code, area=COUNTY).exists()


@pytest.mark.django_db
def test_again_changes_nothing_and_shows_no_password() -> None:
    first = fill(enterprises=FEW)
    again = fill(enterprises=FEW)
    assert (again.run, again.awards) == (first.run, first.awards)
    assert Run.objects.count() == 1
    assert not any(each.password for each in again.accounts)


@pytest.mark.django_db
def test_new_passwords_are_set_when_asked_for() -> None:
    fill(enterprises=FEW)
    fixed = "演示专用-Duixian-9"
    again = fill(enterprises=FEW, password=fixed, is_anew=True)
    assert {each.password for each in again.accounts} == {fixed}
    assert all(user.check_password(fixed) for user in User.objects.all())


@pytest.mark.django_db
def test_a_weak_password_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        fill(enterprises=FEW, password="12345678901")
    assert refused.value.code == "password-weak"


@pytest.mark.django_db
def test_an_office_in_use_is_no_place_for_a_demonstration(make_actor: Callable[..., Actor]) -> None:
    make_actor(Role.ADMINISTRATOR, "局办管理员")
    with pytest.raises(Clash) as clash:
        fill(enterprises=FEW)
    assert clash.value.code == "office-in-use"
    assert not Enterprise.objects.exists()


@pytest.mark.django_db
def test_the_whole_demo_office_is_green() -> None:
    fill(enterprises=FEW)
    found = list(verify_office())
    assert [each.part for each in found] == list(PARTS)
    assert not [each.complaints for each in found if each.complaints]
    assert all(each.count for each in found if each.part != "台账")
