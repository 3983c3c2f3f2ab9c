"""Fingerprints of evidence (佐证指纹): what makes an invoice, a contract or a machine one of its kind, whatever way it is written.

Hashes, not numbers, are compared and told: the identity itself stays with its evidence.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Mapping

from duixian.exchange.names.spelling import one_legal_form, one_spelling
from duixian.office.evidence.models import EvidenceKind
from duixian.office.refusal import Refusal

IDENTITY: Mapping[str, tuple[str, ...]] = {
    EvidenceKind.INVOICE: ("发票代码", "发票号码"),
    EvidenceKind.CONTRACT: ("甲方", "乙方", "合同编号"),
    EvidenceKind.EQUIPMENT: ("制造商", "出厂编号"),
    EvidenceKind.OTHER: (),
}
"""What identifies each kind of evidence (识别要素)."""

_LONGEST = 200
_BETWEEN = re.compile(r"[\s\-_.·/\\]+")
_CODE = re.compile(r"\d{10}|\d{12}")
_NUMBER = re.compile(r"\d{8}")
_DIGITAL = re.compile(r"\d{20}")


def fingerprint(kind: str, identity: Mapping[str, str]) -> str:
    """The fingerprint of a piece of evidence, "" for a kind that has none.

    Raises:
        Refusal: ``identity-incomplete`` when something that identifies the kind is missing, ``identity-unknown`` when something else
            is given, ``identity-malformed`` when a number cannot be one.
    """
    _demand_known(kind, identity)
    maker = _MAKERS.get(kind)
    if maker is None:
        return ""
    told = json.dumps([str(kind), *maker(identity)], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def _invoice(identity: Mapping[str, str]) -> list[str]:
    """Code and number; a fully digital invoice (数电票) has a number of 20 digits that stands alone."""
    number = _plain(_given(identity, "发票号码"))
    if _DIGITAL.fullmatch(number):
        return [number]
    if number.isdigit():
        number = number.zfill(8)
    code = _plain(_given(identity, "发票代码"))
    if not _NUMBER.fullmatch(number):
        raise _malformed("发票号码", "8位数字，数电票为20位数字")
    if not _CODE.fullmatch(code):
        raise _malformed("发票代码", "10位或12位数字")
    return [code, number]


def _contract(identity: Mapping[str, str]) -> list[str]:
    """Both parties, whoever is called first, and the number that they gave it."""
    parties = sorted(_party(_given(identity, name)) for name in ("甲方", "乙方"))
    return [*parties, _plain(_given(identity, "合同编号"))]


def _equipment(identity: Mapping[str, str]) -> list[str]:
    return [_party(_given(identity, "制造商")), _plain(_given(identity, "出厂编号"))]


_MAKERS: Mapping[str, Callable[[Mapping[str, str]], list[str]]] = {
    EvidenceKind.INVOICE: _invoice,
    EvidenceKind.CONTRACT: _contract,
    EvidenceKind.EQUIPMENT: _equipment,
}


def _demand_known(kind: str, identity: Mapping[str, str]) -> None:
    strange = sorted(set(identity) - set(IDENTITY[kind]))
    if strange:
        raise Refusal(
            "identity-unknown",
            "有不认识的识别要素",
            why=f"这种佐证的识别要素是：{'、'.join(IDENTITY[kind]) or '（无）'}",
            fix="请去掉其他要素",
            count=len(strange),
        )


def _given(identity: Mapping[str, str], name: str) -> str:
    text = identity.get(name, "").strip()
    if not text or not _plain(text):
        raise Refusal(
            "identity-incomplete",
            f"缺少{name}",
            why="缺了它就不能与其他申报比对",
            fix=f"请填写{name}",
            field=name,
        )
    if len(text) > _LONGEST:
        raise _malformed(name, f"不超过{_LONGEST}字")
    return text


def _plain(text: str) -> str:
    """Half width, capitals, without spaces, hyphens and other marks that only part the digits."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper().translate(_HYPHENS)


_HYPHENS = {ord(char): None for char in "‐‑‒–—―−"}


def _party(name: str) -> str:
    return one_legal_form(one_spelling(name))


def _malformed(name: str, expected: str) -> Refusal:
    return Refusal(
        "identity-malformed", f"{name}的写法不对", why=f"应为{expected}", fix="请对照原件重新填写", field=name
    )
