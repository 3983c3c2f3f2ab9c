"""Money goes to an account in the enterprise's own name, and few see its number."""

from __future__ import annotations

from datetime import date

import pytest

from duixian.office.audit.models import AuditEvent
from duixian.office.awards.account import give_account, read_account
from duixian.office.awards.models import BankAccount
from duixian.office.registry.models import Attribute
from tests.office.awards.refused import refused
from tests.office.awards.scene import CODE, NAME, OTHER_NAME, Scene

pytestmark = pytest.mark.django_db
NUMBER = "3200123456789012"


def test_the_holder_must_be_the_enterprise(scene: Scene) -> None:
    award = scene.offered()
    with refused("holder-differs"):
        give_account(scene.people.enterprise, award.pk, holder=OTHER_NAME, bank="某银行", number=NUMBER)
    assert not BankAccount.objects.exists()


def test_the_holder_must_be_what_the_enterprise_is_called_today(scene: Scene) -> None:
    award = scene.offered()
    old = Attribute.objects.get(enterprise=CODE, name="企业名称")
    Attribute.objects.create(
        enterprise_id=CODE, name="企业名称", value="连云港新名有限公司", valid_from=date(2026, 2, 1), source=scene.source,
        supersedes=old,
    )  # fmt: skip
    with refused("holder-differs"):
        give_account(scene.people.enterprise, award.pk, holder=NAME, bank="某银行", number=NUMBER)
    give_account(
        scene.people.enterprise, award.pk, holder="连云港新名 有限公司", bank="某银行", number=NUMBER
    )


@pytest.mark.parametrize("number", ["", "abc", "1234567", "3200-1234-5678-9012-x"])
def test_what_is_no_account_number_is_refused_without_echo(scene: Scene, number: str) -> None:
    award = scene.offered()
    with refused("bad-account"):
        give_account(scene.people.enterprise, award.pk, holder=NAME, bank="某银行", number=number)


def test_nobody_but_the_enterprise_gives_an_account(scene: Scene) -> None:
    award = scene.offered()
    for each in (scene.people.county, scene.people.city, scene.people.finance):
        with refused("not-allowed"):
            give_account(each, award.pk, holder=NAME, bank="某银行", number=NUMBER)


def test_the_number_is_whole_for_who_pays_and_masked_for_who_checks(scene: Scene) -> None:
    award = scene.account(scene.offered())
    for each in (scene.people.finance, scene.people.enterprise, scene.people.auditor):
        assert read_account(each, award.pk).number == NUMBER
    for each in (scene.people.county, scene.people.city, scene.people.reviewer):
        view = read_account(each, award.pk)
        assert (view.number, view.is_masked) == ("****9012", True)
    assert AuditEvent.objects.filter(action="award.read_account").count() == 3


def test_another_account_is_another_row(scene: Scene) -> None:
    award = scene.account(scene.account(scene.offered()))
    assert BankAccount.objects.count() == 2
    assert award.account_id == BankAccount.objects.latest("pk").pk
