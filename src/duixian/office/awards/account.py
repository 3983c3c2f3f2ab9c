"""The account to pay to (收款账户): given by the enterprise alone, in its own name, and shown whole only to those who pay or audit."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from django.utils import timezone

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import Role
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.awards.models import Award, BankAccount
from duixian.office.awards.move import move
from duixian.office.awards.row_lock import lock
from duixian.office.plain_rows import insert
from duixian.office.refusal import NotThere, Refusal
from duixian.office.registry.dossiers import name_of

SEES_WHOLE = frozenset({Role.ENTERPRISE, Role.FINANCE, Role.AUDITOR})
"""Who needs the number itself; everybody else sees its last four digits."""
_NUMBER = re.compile(r"[0-9]{8,32}")


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account as one may see it (收款账户视图)."""

    id: int
    holder: str
    bank: str
    number: str
    is_masked: bool


def give_account(
    actor: Actor, award_id: int, *, holder: str, bank: str, number: str, version: int | None = None
) -> Award:
    """Give the account that an award is paid to; another one replaces it until the money has gone out.

    Raises:
        Refusal: ``holder-differs`` when the holder is not the enterprise as it is called today, ``bad-account`` when bank or number
            are none.
    """
    with acting():
        award = lock(award_id)
        demand(actor, "award.give_account", area=award.area, enterprise=award.enterprise_id)
        digits = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", number))
        if not _NUMBER.fullmatch(digits) or not bank.strip():
            raise Refusal(
                "bad-account", "开户行或者账号不对", why="账号应为8到32位数字", fix="请对照开户许可填写"
            )
        if plain_name(holder) != plain_name(name_of(award.enterprise_id, timezone.localdate())):
            raise Refusal(
                "holder-differs", "户名与企业当前名称不一致", why="财政资金只付给企业自己的账户",
                fix="请填写与企业名称一致的户名；企业已更名的，请先更新企业信息",
            )  # fmt: skip
        account = insert(
            BankAccount(
                enterprise_id=award.enterprise_id, holder=holder.strip(), bank=bank.strip(), number=digits,
                given_by_id=actor.account_id,
            )
        )  # fmt: skip
        detail = {"account": account.pk, "fingerprint": _fingerprint(account)}
        return move(
            award, "give_account", actor, version=version, changes={"account_id": account.pk}, detail=detail
        )


def read_account(actor: Actor, award_id: int) -> AccountView:
    """The account of an award, whole for whom it concerns, else masked; reading it whole is told.

    Raises:
        NotThere: also when no account was given yet.
    """
    with acting():
        award = Award.objects.select_related("account").filter(pk=award_id).first()
        if award is None:
            raise NotThere("not-there", "没有找到", why="不存在，或不在该账号的管辖范围内")
        demand(actor, "award.read_account", area=award.area, enterprise=award.enterprise_id)
        account = award.account
        if account is None:
            raise NotThere("not-there", "还没有收款账户", fix="请企业先提供收款账户")
        is_masked = actor.role not in SEES_WHOLE
        if not is_masked:
            tell(
                actor, "award.read_account", account, enterprise=award.enterprise_id, detail={"fields": ["number"]}
            )  # fmt: skip
    number = f"****{account.number[-4:]}" if is_masked else account.number
    return AccountView(account.pk, account.holder, account.bank, number, is_masked)


def plain_name(name: str) -> str:
    """A name without what writers do differently: full-width signs, spaces."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def _fingerprint(account: BankAccount) -> str:
    text = "\n".join((account.holder, account.bank, account.number))
    return hashlib.sha256(text.encode()).hexdigest()
