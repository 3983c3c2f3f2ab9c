"""Placement (岗位): role, area, unit and enterprise of an account, which must fit together."""

from __future__ import annotations

from dataclasses import dataclass

from duixian.credit_code import NotACreditCode, read_code
from duixian.office.accounts.models import Role
from duixian.office.city import city
from duixian.office.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Placement:
    """What an account is there for (岗位); ``placed`` makes it."""

    role: str
    area: str = ""
    unit: str = ""
    enterprise_code: str = ""


def placed(role: str, *, area: str = "", unit: str = "", enterprise_code: str = "") -> Placement:
    """The placement, with the credit code in its official spelling.

    Raises:
        Refusal: ``role-unknown``, ``area-needed``, ``area-unknown``, ``area-not-wanted``, ``enterprise-needed``, ``enterprise-not-wanted``,
            ``credit-code-wrong``.
    """
    if role not in Role.values:
        raise Refusal("role-unknown", "没有这个角色", fix="可选：" + "、".join(Role.values))
    return Placement(
        role, _area(role, area.strip()), unit.strip(), _enterprise(role, enterprise_code.strip())
    )


def _area(role: str, area: str) -> str:
    if role != Role.COUNTY_OFFICER and area:
        raise Refusal("area-not-wanted", "只有县区经办账号有地区", fix="请不填地区")
    if role == Role.COUNTY_OFFICER and not area:
        raise Refusal("area-needed", "县区经办账号须有地区", fix="请填县区或功能板块")
    if area and area not in city().region.areas:
        raise Refusal("area-unknown", "本市没有这个地区", fix="请用本市地区表（regions.csv）中的名称")
    return area


def _enterprise(role: str, code: str) -> str:
    if role != Role.ENTERPRISE and code:
        raise Refusal("enterprise-not-wanted", "只有企业账号有统一社会信用代码", fix="请不填代码")
    if role != Role.ENTERPRISE:
        return ""
    if not code:
        raise Refusal("enterprise-needed", "企业账号须有统一社会信用代码", fix="请填本企业的代码")
    try:
        return read_code(code)
    except NotACreditCode as error:
        raise Refusal("credit-code-wrong", "统一社会信用代码不对", fix="请核对18位代码") from error
