"""The administration: an administrator keeps accounts through the services, an auditor looks, nobody else comes in, all is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from duixian.office.accounts.models import Role, User
from duixian.office.audit.models import AuditEvent
from tests.office.accounts.conftest import PASSWORD, code_of
from tests.office.conftest import AREA

pytestmark = pytest.mark.django_db
ACCOUNTS = "/admin/accounts/user/"
EMPTY = {
    "area": "",
    "unit": "",
    "enterprise_code": "",
    "first_name": "",
    "email": "",
    "single_sign_on_id": "",
}


@pytest.fixture
def keeper(make_user: Callable[..., User]) -> User:
    """An administrator with a password."""
    user = make_user(Role.ADMINISTRATOR, "guanliyuan")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def inside(client: Client, keeper: User) -> Client:
    """The administrator's browser, signed in at the door."""
    said = {"username": keeper.username, "password": PASSWORD}
    assert client.post("/admin/login/", said).status_code == 302
    return client


def test_an_account_is_opened_through_the_service(inside: Client) -> None:
    said = EMPTY | {"username": "zhangsan", "role": Role.COUNTY_OFFICER, "area": AREA, "first_name": "某某"}
    assert inside.post(f"{ACCOUNTS}add/", said).status_code == 302
    user = User.objects.get(username="zhangsan")
    assert (user.role, user.area, user.first_name) == (Role.COUNTY_OFFICER, AREA, "某某")
    assert not user.has_usable_password()
    told = AuditEvent.objects.get(action="account.open")
    assert (told.actor, told.subject_id) == ("guanliyuan", str(user.pk))


def test_what_does_not_fit_is_said_beside_the_fields(inside: Client) -> None:
    said = EMPTY | {"username": "zhangsan", "role": Role.COUNTY_OFFICER}
    answer = inside.post(f"{ACCOUNTS}add/", said)
    assert "县区经办账号须有地区" in answer.content.decode()
    assert not User.objects.filter(username="zhangsan").exists()


def test_an_account_is_altered_and_closed_with_a_reason(inside: Client, officer: User) -> None:
    said = EMPTY | {"role": Role.CITY_REVIEWER, "seen_version": 1, "reason": ""}
    page = f"{ACCOUNTS}{officer.pk}/change/"
    assert "须说明理由" in inside.post(page, said).content.decode()
    assert inside.post(page, said | {"reason": "调离"}).status_code == 302
    officer.refresh_from_db()
    assert (officer.role, officer.is_active) == (Role.CITY_REVIEWER, False)
    assert set(AuditEvent.objects.values_list("action", flat=True)) >= {"account.alter", "account.close"}
    assert "已被他人变更" in inside.post(page, said | {"reason": "x"}).content.decode()


def test_one_s_own_account_is_only_shown(inside: Client, keeper: User) -> None:
    page = f"{ACCOUNTS}{keeper.pk}/change/"
    assert 'name="role"' not in inside.get(page).content.decode()
    assert inside.post(page, EMPTY | {"role": Role.FINANCE, "seen_version": 1}).status_code == 403
    keeper.refresh_from_db()
    assert keeper.role == Role.ADMINISTRATOR


def test_no_page_shows_a_password_or_its_hash(inside: Client, officer: User) -> None:
    for page in (ACCOUNTS, f"{ACCOUNTS}{officer.pk}/change/", f"{ACCOUNTS}add/"):
        text = inside.get(page).content.decode()
        assert "argon2" not in text
        assert officer.password not in text


def test_invitations_and_lost_devices_are_helped_with_from_the_list(
    inside: Client, officer: User, device: TOTPDevice
) -> None:
    for action in ("give_invitations", "recover_second_factors"):
        said = {"action": action, "_selected_action": [officer.pk]}
        assert inside.post(ACCOUNTS, said, follow=True).status_code == 200
    assert not TOTPDevice.objects.exists()
    assert set(AuditEvent.objects.values_list("action", flat=True)) >= {"account.invite", "account.recover"}


@pytest.mark.parametrize("role", [each for each in Role if each not in (Role.ADMINISTRATOR, Role.AUDITOR)])
def test_nobody_else_comes_in(client: Client, make_user: Callable[..., User], role: str) -> None:
    user = make_user(role, "another")
    user.is_staff = user.is_superuser = True
    user.set_password(PASSWORD)
    user.save()
    answer = client.post("/admin/login/", {"username": "another", "password": PASSWORD})
    assert "该账号不用于后台" in answer.content.decode()
    client.force_login(user)
    assert client.get("/admin/").status_code == 302


def test_an_auditor_sees_every_table_of_the_office_and_changes_none(
    client: Client, make_user: Callable[..., User]
) -> None:
    client.force_login(make_user(Role.AUDITOR))
    tables = {model._meta.label_lower: model for model in admin.site._registry}
    assert {"accounts.user", "audit.auditevent"} <= set(tables)
    for model in tables.values():
        meta = model._meta
        page = f"/admin/{meta.app_label}/{meta.model_name}/"
        is_seen = meta.app_label not in ("otp_totp", "auth")
        assert client.get(page).status_code == (200 if is_seen else 403), page
        assert client.get(f"{page}add/").status_code == 403, page


def test_an_administrator_sees_no_money_and_no_secret(inside: Client) -> None:
    for model in admin.site._registry:
        meta = model._meta
        if meta.app_label not in ("accounts", "axes"):
            assert inside.get(f"/admin/{meta.app_label}/{meta.model_name}/").status_code == 403, meta.label


def test_every_page_that_was_asked_for_is_told(inside: Client, officer: User) -> None:
    inside.get(f"{ACCOUNTS}{officer.pk}/change/?q=secret")
    event = AuditEvent.objects.filter(action="admin.read").latest("number")
    assert (event.actor, event.subject_id) == ("guanliyuan", f"{ACCOUNTS}{officer.pk}/change/")
    assert event.detail == {"status": 200, "asked": ["q"]}


def test_the_door_asks_for_the_second_factor(client: Client, keeper: User) -> None:
    device = TOTPDevice.objects.create(user=keeper, confirmed=True)
    said = {"username": keeper.username, "password": PASSWORD}
    assert "须输入动态口令" in client.post("/admin/login/", said).content.decode()
    assert client.get("/admin/").status_code == 302
    assert client.post("/admin/login/", said | {"code": code_of(device)}).status_code == 302
    assert client.get("/admin/").status_code == 200


def test_a_session_begun_without_the_second_factor_stays_outside(client: Client, keeper: User) -> None:
    TOTPDevice.objects.create(user=keeper, confirmed=True)
    client.force_login(keeper)
    assert client.get("/admin/").status_code == 302


def test_the_door_locks_after_five_failures(client: Client, keeper: User) -> None:
    wrong, right = ({"username": keeper.username, "password": each} for each in ("wrong", PASSWORD))
    statuses = [client.post("/admin/login/", wrong).status_code for _ in range(5)]
    assert statuses == [200] * 4 + [429]
    assert client.post("/admin/login/", right).status_code == 429
    assert client.post("/admin/login/", right, REMOTE_ADDR="10.9.9.9").status_code == 302
