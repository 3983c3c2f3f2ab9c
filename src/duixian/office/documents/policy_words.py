"""How papers name a policy (文件称谓): by its title and who issued it."""

from __future__ import annotations

from duixian.office.city import city


def title_of(number: str) -> str:
    """The title of a document; its number where the city has it no more."""
    try:
        return city().policy(number).head.title
    except KeyError:
        return number


def issuer_of(number: str) -> str:
    """Who issued a document; the city's name where that is not known."""
    try:
        return city().policy(number).head.issuer or city().name
    except KeyError:
        return city().name
