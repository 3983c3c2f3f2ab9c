"""Amounts in capital Chinese numerals (大写金额), as payment papers want them.

Form: 支付结算办法 附一《正确填写票据和结算凭证的基本规定》: 整 after 元 or 角, 零 for gaps, no 壹 left out before 拾.
"""

from __future__ import annotations

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ((1000, "仟"), (100, "佰"), (10, "拾"), (1, ""))


def capital_amount(fen: int) -> str:
    """An amount in capital numerals.

    >>> capital_amount(168_032), capital_amount(10_700_053), capital_amount(1_409_50)
    ('壹仟陆佰捌拾元叁角贰分', '壹拾万柒仟元伍角叁分', '壹仟肆佰零玖元伍角整')
    >>> capital_amount(600_007), capital_amount(60_000_000), capital_amount(0), capital_amount(-5)
    ('陆仟元零柒分', '陆拾万元整', '零元整', '负伍分')
    """
    sign = "负" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), 100)
    jiao, cents = divmod(rest, 10)
    told = f"{_whole(yuan)}元" if yuan else ""
    if not rest:
        return f"{sign}{told or '零元'}整"
    if jiao:
        told += f"{_DIGITS[jiao]}角"
    elif yuan:
        told += "零"
    return f"{sign}{told}{_DIGITS[cents]}分" if cents else f"{sign}{told}整"


def _whole(number: int) -> str:
    """A positive whole number: by 亿, then 万, then below ten thousand."""
    if number < 10_000:
        return _section(number)
    unit, name = (10**8, "亿") if number >= 10**8 else (10**4, "万")
    head, rest = divmod(number, unit)
    gap = "零" if 0 < rest < unit // 10 else ""
    return f"{_whole(head)}{name}{gap}{_whole(rest) if rest else ''}"


def _section(number: int) -> str:
    """A positive number below ten thousand."""
    told, is_gap = "", False
    for place, name in _PLACES:
        digit = number // place % 10
        if digit:
            told += ("零" if is_gap and told else "") + _DIGITS[digit] + name
        is_gap = not digit
    return told
