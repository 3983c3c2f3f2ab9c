"""Accounts over the API (账号接口): signing in, one's own account, and the administrator's work."""

from __future__ import annotations

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django_otp import login as remember_device
from ninja import Query, Router, Status
from pydantic import Field

from duixian.office.accounts.actor import actor_of
from duixian.office.accounts.alter_account import alter_account, close_account, reopen_account
from duixian.office.accounts.invitations import invite, take_up
from duixian.office.accounts.models import ApiToken, Role, User
from duixian.office.accounts.open_account import open_account
from duixian.office.accounts.passwords import change_password
from duixian.office.accounts.read_account import list_accounts, read_account, read_own
from duixian.office.accounts.second_factor import confirm, enrol, recover, remove
from duixian.office.accounts.sign_in import (
    NotSignedIn,
    demand_password,
    demand_second_factor,
    identify,
    sign_in,
)
from duixian.office.accounts.tokens import Issued, issue, own_tokens, revoke
from duixian.office.api.acts import PUBLIC, acts
from duixian.office.api.paging import Id, Page, Paging, page_of
from duixian.office.api.refusal_words import edge
from duixian.office.api.schema import Schema
from duixian.office.api.schemas_accounts import (
    AccountAnswer,
    Alteration,
    Because,
    Enrolment,
    Invitation,
    IssuedAnswer,
    NewAccount,
    OneTimeCode,
    PasswordChange,
    SignIn,
    SignInForToken,
    TakeUp,
    TokenAnswer,
    TokenWish,
    account_answer,
)
from duixian.office.api.signing_in import actor_of_request
from duixian.office.api.throttling import PublicThrottle
from duixian.office.api.versions import tell_version, version_wanted
from duixian.office.refusal import NotAllowed, Refusal

router = Router(tags=["账号 accounts"])
_DOOR = PublicThrottle("SIGN_IN_REQUESTS_PER_MINUTE")


class Wanted(Paging):
    """Which accounts are wanted: of a role, an area, an enterprise."""

    role: Role | None = None
    area: str = Field("", max_length=40)
    enterprise: str = Field("", max_length=18)


class Empty(Schema):
    """Nothing to say (空)."""


@router.post("/sign-in", response=AccountAnswer, auth=None, throttle=_DOOR)
@acts(PUBLIC)
def begin_session(request: HttpRequest, said: SignIn) -> AccountAnswer:
    """Begin a session of this browser (登录)."""
    _demand_uncounted(request)
    return account_answer(sign_in(request, said.name, said.password, said.code))


@router.post("/sign-in/second-factor", response=AccountAnswer, auth=None, throttle=_DOOR)
@acts(PUBLIC)
def pass_second_factor(request: HttpRequest, said: OneTimeCode) -> AccountAnswer:
    """Give the code that a session still lacks, after the city's single sign-on (补动态口令)."""
    _demand_uncounted(request)
    user = request.user
    if not isinstance(user, User):
        raise edge("not-signed-in")
    demand_second_factor(request, user, said.code)
    if getattr(user, "otp_device", None) is not None:
        remember_device(request, user.otp_device)  # type: ignore[attr-defined]
    return account_answer(user)


@router.post("/invitations/take-up", response=AccountAnswer, auth=None, throttle=_DOOR)
@acts(PUBLIC)
def take_up_invitation(request: HttpRequest, said: TakeUp) -> AccountAnswer:
    """Set the password of an account by its invitation (设密码)."""
    _demand_uncounted(request)
    return account_answer(take_up(said.name, said.code, said.password))


@router.post("/sign-out", response=Empty)
@acts("account.read_own")
def end_session(request: HttpRequest) -> dict[str, object]:
    """End the session; tokens stay (退出)."""
    actor_of_request(request)
    logout(request)
    return {}


@router.get("/accounts/me", response=AccountAnswer)
@acts("account.read_own")
def read_own_account(request: HttpRequest, response: HttpResponse) -> AccountAnswer:
    """One's own account (本人账号)."""
    return _told(response, read_own(actor_of_request(request)))


@router.post("/accounts/me/password", response=AccountAnswer)
@acts("account.change_password")
def change_own_password(request: HttpRequest, said: PasswordChange) -> AccountAnswer:
    """Change one's own password; every session ends (改密码)."""
    actor = actor_of_request(request)
    _demand_uncounted(request)
    try:
        demand_password(request, actor.name, said.old)
    except NotSignedIn as wrong:
        # He is signed in: what is wrong is the old password alone.
        raise Refusal("password-wrong", "原密码不对", fix="请重新输入原密码") from wrong
    return account_answer(change_password(actor, said.old, said.new))


@router.post("/accounts/me/second-factor", response=Enrolment)
@acts("second_factor.enrol")
def enrol_second_factor(request: HttpRequest) -> Enrolment:
    """Begin to use a second factor (启用动态口令)."""
    _demand_uncounted(request)
    return Enrolment(address=enrol(actor_of_request(request)))


@router.post("/accounts/me/second-factor/confirm", response=AccountAnswer)
@acts("second_factor.enrol")
def confirm_second_factor(request: HttpRequest, said: OneTimeCode) -> AccountAnswer:
    """Finish with a first code; tokens of before end (确认动态口令)."""
    actor = actor_of_request(request)
    _demand_uncounted(request)
    device = confirm(actor, said.code)
    if isinstance(request.user, User):
        remember_device(request, device)
    return account_answer(read_own(actor))


@router.delete("/accounts/me/second-factor", response=AccountAnswer)
@acts("second_factor.remove")
def remove_second_factor(request: HttpRequest, said: OneTimeCode) -> AccountAnswer:
    """Stop using a second factor, on a last code (停用动态口令)."""
    actor = actor_of_request(request)
    _demand_uncounted(request)
    remove(actor, said.code)
    return account_answer(read_own(actor))


@router.get("/tokens", response=Page[TokenAnswer])
@acts("token.read")
def list_own_tokens(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """One's own tokens, the newest first (本人令牌)."""
    return page_of(own_tokens(actor_of_request(request)), paging)


@router.post("/tokens", response={201: IssuedAnswer})
@acts("token.issue")
def issue_token(request: HttpRequest, said: TokenWish) -> Status[IssuedAnswer]:
    """A token for one's own account, from a session: no token gives birth to another (签发令牌)."""
    actor = actor_of_request(request)
    _demand_uncounted(request)
    if not isinstance(request.user, User) or request.headers.get("Authorization"):
        raise NotAllowed("session-needed", "令牌不能签发令牌", fix="请登录后签发，或用密码签发")
    demand_second_factor(request, request.user, said.code)
    return _issued(issue(actor, said.name, days=said.days))


@router.post("/sign-in/token", response={201: IssuedAnswer}, auth=None, throttle=_DOOR)
@acts(PUBLIC)
def issue_token_by_password(request: HttpRequest, said: SignInForToken) -> Status[IssuedAnswer]:
    """A token by name and password, for programs that have no session (凭密码签发令牌)."""
    _demand_uncounted(request)
    user = identify(request, said.name, said.password, said.code)
    return _issued(issue(actor_of(user), said.token, days=said.days))


@router.delete("/tokens/{token_id}", response=TokenAnswer)
@acts("token.revoke")
def revoke_token(request: HttpRequest, token_id: Id) -> ApiToken:
    """Revoke one's own token (撤销令牌)."""
    return revoke(actor_of_request(request), token_id)


@router.get("/accounts", response=Page[AccountAnswer])
@acts("account.read")
def list_all_accounts(request: HttpRequest, wanted: Query[Wanted]) -> dict[str, object]:
    """All accounts, by name (账号列表)."""
    found = list_accounts(
        actor_of_request(request), role=wanted.role or "", area=wanted.area, enterprise=wanted.enterprise
    )
    page = page_of(found, wanted)
    return page | {"items": [account_answer(each) for each in page["items"]]}


@router.post("/accounts", response={201: AccountAnswer})
@acts("account.open")
def open_new_account(request: HttpRequest, response: HttpResponse, said: NewAccount) -> Status[AccountAnswer]:
    """Open an account; it has no password until its owner takes up an invitation (开立账号)."""
    return Status(201, _told(response, open_account(actor_of_request(request), **said.model_dump())))


@router.get("/accounts/{account_id}", response=AccountAnswer)
@acts("account.read")
def read_one_account(request: HttpRequest, response: HttpResponse, account_id: Id) -> AccountAnswer:
    """One account (账号)."""
    return _told(response, read_account(actor_of_request(request), account_id))


@router.patch("/accounts/{account_id}", response=AccountAnswer)
@acts("account.alter")
def alter_one_account(
    request: HttpRequest, response: HttpResponse, account_id: Id, said: Alteration
) -> AccountAnswer:
    """Give an account another role, area or address (变更账号)."""
    changes = said.model_dump(exclude_none=True)
    return _told(
        response,
        alter_account(actor_of_request(request), account_id, version=version_wanted(request), **changes),
    )


@router.post("/accounts/{account_id}/close", response=AccountAnswer)
@acts("account.close")
def close_one_account(
    request: HttpRequest, response: HttpResponse, account_id: Id, said: Because
) -> AccountAnswer:
    """Close an account: its sessions and tokens end at once (停用账号)."""
    actor, version = actor_of_request(request), version_wanted(request)
    return _told(response, close_account(actor, account_id, reason=said.reason, version=version))


@router.post("/accounts/{account_id}/reopen", response=AccountAnswer)
@acts("account.reopen")
def reopen_one_account(
    request: HttpRequest, response: HttpResponse, account_id: Id, said: Because
) -> AccountAnswer:
    """Reopen an account; it needs a new invitation (恢复账号)."""
    actor, version = actor_of_request(request), version_wanted(request)
    return _told(response, reopen_account(actor, account_id, reason=said.reason, version=version))


@router.post("/accounts/{account_id}/invite", response=Invitation)
@acts("account.invite")
def invite_one_account(request: HttpRequest, account_id: Id) -> Invitation:
    """A code with which the owner sets a password (签发邀请码)."""
    # Kept answers stand in the database in clear: a code must not be among them.
    _demand_uncounted(request)
    return Invitation(code=invite(actor_of_request(request), account_id))


@router.post("/accounts/{account_id}/recover", response=AccountAnswer)
@acts("account.recover")
def recover_one_account(request: HttpRequest, account_id: Id, said: Because) -> AccountAnswer:
    """Take away the second factor of who lost his device (解除动态口令)."""
    actor = actor_of_request(request)
    recover(actor, account_id, reason=said.reason)
    return account_answer(User.objects.get(pk=account_id))


def _told(response: HttpResponse, user: User) -> AccountAnswer:
    tell_version(response, user.version)
    return account_answer(user)


def _issued(issued: Issued) -> Status[IssuedAnswer]:
    token = TokenAnswer.from_orm(issued.token)
    return Status(201, IssuedAnswer(**token.dict(), text=issued.text))


def _demand_uncounted(request: HttpRequest) -> None:
    """Go on only without an ``Idempotency-Key``: what is refused under one is undone, and a failed attempt must stay counted.

    Besides, what is told once would be kept with the answer.

    Raises:
        Refusal: ``idempotency-key-not-here``.
    """
    if "Idempotency-Key" in request.headers:
        raise Refusal("idempotency-key-not-here", "此接口不接受幂等键", fix="请去掉 Idempotency-Key")
