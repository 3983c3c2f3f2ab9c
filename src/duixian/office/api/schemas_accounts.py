"""What the API takes and gives about accounts (账号接口的数据)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from duixian.office.accounts.models import Role, User
from duixian.office.accounts.second_factor import has_second_factor
from duixian.office.api.schema import Schema

Name = Annotated[str, Field(min_length=1, max_length=150)]
Password = Annotated[str, Field(min_length=1, max_length=256)]
Code = Annotated[str, Field(max_length=12)]
Reason = Annotated[str, Field(max_length=200)]


class AccountAnswer(Schema):
    """An account (账号), without anything that opens it."""

    id: int
    name: str
    role: Role
    area: str
    unit: str
    enterprise_code: str
    person: str
    email: str
    single_sign_on_id: str
    is_active: bool
    has_second_factor: bool
    last_sign_in: datetime | None
    version: int


def account_answer(user: User) -> AccountAnswer:
    """An account as the API tells it."""
    return AccountAnswer(
        id=user.pk,
        name=user.username,
        role=Role(user.role),
        area=user.area,
        unit=user.unit,
        enterprise_code=user.enterprise_code,
        person=user.first_name,
        email=user.email,
        single_sign_on_id=user.single_sign_on_id,
        is_active=user.is_active,
        has_second_factor=has_second_factor(user),
        last_sign_in=user.last_login,
        version=user.version,
    )


class Placed(Schema):
    """What an account may be given (岗位与联系方式)."""

    area: str = Field("", max_length=40)
    unit: str = Field("", max_length=80)
    enterprise_code: str = Field("", max_length=18)
    person: str = Field("", max_length=150)
    email: str = Field("", max_length=254)
    single_sign_on_id: str = Field("", max_length=150)


class NewAccount(Placed):
    """An account to be opened (新账号)."""

    name: Name
    role: Role


class Alteration(Schema):
    """What changes of an account (变更); what is left out stays."""

    role: Role | None = None
    area: str | None = Field(None, max_length=40)
    unit: str | None = Field(None, max_length=80)
    enterprise_code: str | None = Field(None, max_length=18)
    person: str | None = Field(None, max_length=150)
    email: str | None = Field(None, max_length=254)
    single_sign_on_id: str | None = Field(None, max_length=150)


class Because(Schema):
    """Why (理由)."""

    reason: Reason


class SignIn(Schema):
    """Who signs in (登录)."""

    name: Name
    password: Password
    code: Code = ""


class SignInForToken(SignIn):
    """Who asks for a token by name and password (凭密码签发令牌): what for, and for how many days."""

    token: str = Field(min_length=1, max_length=80)
    days: int = Field(30, ge=1, le=3650)


class TokenWish(Schema):
    """A token that is asked for (签发令牌): what for, how long, and the code where one is needed."""

    name: str = Field(min_length=1, max_length=80)
    days: int = Field(30, ge=1, le=3650)
    code: Code = ""


class TokenAnswer(Schema):
    """A token (接口令牌), without its text."""

    id: int
    name: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


class IssuedAnswer(TokenAnswer):
    """A token just issued (新令牌): its text is told this once."""

    text: str


class Invitation(Schema):
    """A code to set a password with (邀请码): told this once."""

    code: str


class TakeUp(Schema):
    """A password to be set by an invitation (设密码)."""

    name: Name
    code: str = Field(max_length=100)
    password: Password


class PasswordChange(Schema):
    """Another password (改密码)."""

    old: Password
    new: Password


class OneTimeCode(Schema):
    """A code of a device (动态口令)."""

    code: Code


class Enrolment(Schema):
    """What the owner's device reads as a QR code (otpauth 地址): told this once."""

    address: str
