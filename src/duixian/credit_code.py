"""Unified social credit codes (统一社会信用代码, GB 32100-2015): read, checked, typed, masked, and made for demos.

A code has 18 characters of a 31-letter alphabet (no I O S V Z): registrar and type of body (2), region of the
registering office (6 digits), organisation code (9, GB 11714, with a check digit of its own), check character (1).

>>> read_code(" ９１３２０７００-70404786xb ")
'9132070070404786XB'
>>> subject_type("9132070070404786XB").value
'企业'

What is refused and what is not:

- A wrong last character is refused. It catches every single mistyped character and every swap of neighbours. Some codes
  of Fujian's early trial (``9135….M000…``) are reported as genuine although they break the rule; they are refused too,
  since nothing tells them from a typing error.
- A wrong ninth digit of the organisation code is *not* refused (:func:`organisation_check_holds` tells): the last
  character guards that digit already, so a second refusal could only hit codes that stand in a register as they are.
- The pair of registrar and type is not held against a list: amendments of the standard add pairs.
"""

from __future__ import annotations

import re
from enum import StrEnum
from operator import mul

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
_MODULUS = len(ALPHABET)

_FORM = re.compile(rf"[{ALPHABET}]{{2}}[1-9][0-9]{{5}}[{ALPHABET}]{{10}}")
_VALUES = bytes(max(ALPHABET.find(chr(byte)), 0) for byte in range(256))
# Weights 3^(i-1) mod 31; the check character itself counts once, so that a right code sums to 0 mod 31.
_WEIGHTS: tuple[int, ...] = (*(pow(3, i, _MODULUS) for i in range(LENGTH - 1)), 1)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_BODY = re.compile(r"[0-9A-Z]{8}")

_DROPPED = " \t\r\n\v\f\u00a0\u3000\u2002\u2003\u2009\u200b\u200c\u200d\u2060\ufeff" + "-‐‑‒–—―−－'`’‘"
_SPELLING = {
    **{ord(char): None for char in _DROPPED},
    **{ord(char): char.upper() for char in "abcdefghijklmnopqrstuvwxyz"},
    **{code + 0xFEE0: chr(code).upper() for code in range(0x21, 0x7F) if chr(code) not in "-'`"},
}

# A table program that took the code for a number leaves 9.1320700E+17 or 913207007040478600.0.
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:E\+?[0-9]+)?")
_IDENTITY = re.compile(r"[0-9]{6}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]")
_IDENTITY_WEIGHTS: tuple[int, ...] = tuple(pow(2, 17 - i, 11) for i in range(18))
_SHORTEST_NUMBER, _LONGEST_SHOWN = 15, 20
# A little shorter or longer than a code, letters outside the alphabet among them: still an enterprise, mistyped.
_MISTYPED_ENTERPRISE = re.compile(r"9[13][0-9A-Z]{12,18}")

_SYNTHETIC_BODY = "XN"
MAX_SERIAL = _MODULUS**6 - 1


class Reason(StrEnum):
    """Why a text is no credit code (不是统一社会信用代码的原因)."""

    EMPTY = "为空"
    NUMBER = "被表格软件当成了数字"
    IDENTITY_NUMBER = "是公民身份号码"
    LENGTH = "不是18位"
    ALPHABET = "含有不允许的字符"
    REGION = "第3至8位不是行政区划代码"
    CHECK_CHARACTER = "校验码不符"


class NotACreditCode(ValueError):
    """The text is no unified social credit code; the text itself is never part of the message.

    ``position`` is the 1-based place of the first offending character of the normalised text, 0 when it is the whole.
    """

    def __init__(self, reason: Reason, position: int = 0) -> None:
        super().__init__(f"{reason}（第{position}位）" if position else str(reason))
        self.reason = reason
        self.position = position


class SubjectType(StrEnum):
    """The kind of body that holds a code (主体类型), from its first two characters."""

    ENTERPRISE = "企业"
    SOLE_TRADER = "个体工商户"
    FARMERS_COOPERATIVE = "农民专业合作社"
    STATE_ORGAN = "机关"
    PUBLIC_INSTITUTION = "事业单位"
    MASS_ORGANISATION = "群团组织"
    SOCIAL_ORGANISATION = "社会团体"
    PRIVATE_NON_ENTERPRISE = "民办非企业单位"
    FOUNDATION = "基金会"
    TRADE_UNION = "基层工会"
    RURAL_COLLECTIVE = "农村集体经济组织"
    OTHER = "其他组织"


_SUBJECT_TYPES = {
    "91": SubjectType.ENTERPRISE,
    "92": SubjectType.SOLE_TRADER,
    "93": SubjectType.FARMERS_COOPERATIVE,
    "11": SubjectType.STATE_ORGAN,
    "12": SubjectType.PUBLIC_INSTITUTION,
    "13": SubjectType.MASS_ORGANISATION,
    "51": SubjectType.SOCIAL_ORGANISATION,
    "52": SubjectType.PRIVATE_NON_ENTERPRISE,
    "53": SubjectType.FOUNDATION,
    "81": SubjectType.TRADE_UNION,
    "N1": SubjectType.RURAL_COLLECTIVE,
    "N2": SubjectType.RURAL_COLLECTIVE,
    "N3": SubjectType.RURAL_COLLECTIVE,
}


def read_code(text: str) -> str:
    """The code in its one official spelling: 18 half-width capitals and digits.

    Full width, lower case, spaces, hyphens and quotes around it are forgiven, nothing else.

    Raises:
        NotACreditCode: with the reason, and the position where one character is to blame.
    """
    code = text if _FORM.fullmatch(text) else _respell(text)
    if sum(map(mul, code.encode("ascii").translate(_VALUES), _WEIGHTS)) % _MODULUS:
        raise NotACreditCode(Reason.CHECK_CHARACTER, LENGTH)
    # One identity number in 31 passes the check by chance; no body begins with its first two digits.
    if code[:2] not in _SUBJECT_TYPES and _is_identity_number(code):
        raise NotACreditCode(Reason.IDENTITY_NUMBER)
    return code


def check_character(first17: str) -> str:
    """The 18th character that belongs to 17 given ones (校验码, GB 32100-2015 and GB/T 17710).

    Raises:
        NotACreditCode: unless ``first17`` holds 17 characters of the alphabet.
    """
    if len(first17) != LENGTH - 1:
        raise NotACreditCode(Reason.LENGTH)
    _refuse_foreign_characters(first17)
    total = sum(map(mul, first17.encode("ascii").translate(_VALUES), _WEIGHTS))
    return ALPHABET[-total % _MODULUS]


def organisation_check_digit(body: str) -> str:
    """The ninth digit of an organisation code from its eight characters (组织机构代码校验码, GB 11714): 0 to 9 or X."""
    if not _ORGANISATION_BODY.fullmatch(body):
        raise NotACreditCode(Reason.ALPHABET)
    total = sum(int(char, 36) * weight for char, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


def organisation_check_holds(code: str) -> bool:
    """Whether the organisation code inside a code that :func:`read_code` returned keeps GB 11714."""
    return organisation_check_digit(code[8:16]) == code[16]


def subject_type(code: str) -> SubjectType:
    """The kind of body behind a code that :func:`read_code` returned (主体类型); pairs not known here are 其他组织."""
    return _SUBJECT_TYPES.get(code[:2], SubjectType.OTHER)


def region_digits(code: str) -> str:
    """The six digits of the registering office (登记管理机关行政区划码).

    They tell who registered the body, often the city's own bureau (320700), and never alone where it sits.
    """
    return code[2:8]


def make_code(registrar_type: str, region: str, serial: int) -> str:
    """A code for a synthetic body (虚拟主体): both check digits right, marked by ``XN`` where its organisation code begins.

    ``registrar_type`` is the first pair (``91``), ``region`` six digits, ``serial`` 0 to :data:`MAX_SERIAL`; different
    arguments give different codes. No block of organisation codes known to be in use begins with ``XN``.

    Raises:
        ValueError: for arguments outside these bounds.

    >>> make_code("91", "320706", 1)
    '91320706XN0000012Q'
    """
    if not 0 <= serial <= MAX_SERIAL:
        raise ValueError("serial out of range")
    digits = ""
    for _ in range(6):
        serial, digit = divmod(serial, _MODULUS)
        digits = ALPHABET[digit] + digits
    body = _SYNTHETIC_BODY + digits
    first17 = f"{registrar_type}{region}{body}{organisation_check_digit(body)}"
    return read_code(first17 + check_character(first17))


def is_synthetic(code: str) -> bool:
    """Whether :func:`make_code` made the code."""
    return code[8:10] == _SYNTHETIC_BODY


def masked(text: str) -> str:
    """The text as a message may show it: codes of enterprises whole, anything that may point at a person starred out.

    A sole trader's code (92…) leads to its owner, and a cell that is no code may hold an identity, telephone or account
    number. A mistyped enterprise code stays readable, so that it can be mended. Never longer than twenty characters.

    >>> masked("110101190001010000")
    '11****************'
    """
    respelt = text.translate(_SPELLING)
    if _MISTYPED_ENTERPRISE.fullmatch(respelt) and not _IDENTITY.fullmatch(respelt):
        return respelt
    try:
        code = read_code(text)
    except NotACreditCode:
        shown = respelt[:_LONGEST_SHOWN]
        return _starred(shown) if len(shown) >= _SHORTEST_NUMBER and shown.isascii() else "*" * len(shown)
    if subject_type(code) is SubjectType.SOLE_TRADER:
        return f"{code[:8]}********{code[16:]}"
    return _starred(code) if _IDENTITY.fullmatch(code) else code


def _starred(text: str) -> str:
    """Only the first pair, which tells the kind of number, not whose it is."""
    return text[:2] + "*" * (len(text) - 2)


def _respell(text: str) -> str:
    """The text in official spelling and of the right form, its check character still unseen."""
    respelt = text.translate(_SPELLING)
    if _FORM.fullmatch(respelt):
        return respelt
    if not respelt:
        raise NotACreditCode(Reason.EMPTY)
    if ("." in respelt or "+" in respelt) and _NUMBER.fullmatch(respelt):
        raise NotACreditCode(Reason.NUMBER)
    if _is_identity_number(respelt):
        raise NotACreditCode(Reason.IDENTITY_NUMBER)
    if len(respelt) != LENGTH:
        raise NotACreditCode(Reason.LENGTH)
    _refuse_foreign_characters(respelt)
    raise NotACreditCode(Reason.REGION)


def _refuse_foreign_characters(text: str) -> None:
    for position, char in enumerate(text, start=1):
        if char not in ALPHABET:
            raise NotACreditCode(Reason.ALPHABET, position)


def _is_identity_number(text: str) -> bool:
    """Whether the text reads as a citizen's identity number (公民身份号码, GB 11643): a birth date and its check digit."""
    if not _IDENTITY.fullmatch(text):
        return False
    values = [10 if char == "X" else int(char) for char in text]
    total: int = sum(map(mul, values, _IDENTITY_WEIGHTS))
    return total % 11 == 1
