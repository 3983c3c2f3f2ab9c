"""Refusals (拒绝): why the office did not do what it was asked, as a value that every edge can show.

A refusal is no bug: it says what was found, why that is not possible, and one thing to try.
"""

from __future__ import annotations


class Refusal(Exception):
    """Something that was asked for cannot be done (拒绝办理).

    ``code`` is stable and listed in ``docs/reference/refusals.md``; ``status`` is the HTTP status that the API answers with. Nothing of it
    holds personal data.
    """

    status = 422

    def __init__(self, code: str, what: str, *, why: str = "", fix: str = "", **facts: object) -> None:
        super().__init__(what)
        self.code, self.what, self.why, self.fix, self.facts = code, what, why, fix, facts


class NotAllowed(Refusal):
    """The account may not do that (无权办理)."""

    status = 403


class NotThere(Refusal):
    """There is no such thing, or none that this account may see (不存在)."""

    status = 404


class Clash(Refusal):
    """Its state does not allow that, or somebody else was first (状态冲突)."""

    status = 409


class Stale(Refusal):
    """It has changed since it was read (版本已变)."""

    status = 412
