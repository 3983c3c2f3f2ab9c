"""Who sees what in the administration (后台权限): the role alone decides, never Django's own flags, groups or permissions.

An administrator keeps accounts and sees who was locked out. An auditor looks at everything of the office. Nobody else has anything to do
there, and nobody deletes. Secrets of second factors are shown to no one.
"""

from __future__ import annotations

ADMINISTRATOR, AUDITOR = "administrator", "auditor"
OFFICE = frozenset(
    ("accounts", "audit", "evidence", "registry", "runs", "awards", "treasury", "documents", "api", "axes")
)
_ADMINISTRATOR = frozenset(
    (
        "accounts.view_user",
        "accounts.add_user",
        "accounts.change_user",
        "accounts.view_apitoken",
        "axes.view_accessattempt",
        "axes.view_accesslog",
    )
)


def may_administer(role: str, permission: str) -> bool:
    """Whether a role has one of Django's permissions, named like ``accounts.view_user``."""
    room, _, verb = permission.partition(".")
    if role == AUDITOR:
        return room in OFFICE and verb.startswith("view_")
    return role == ADMINISTRATOR and permission in _ADMINISTRATOR


def may_enter(role: str, room: str) -> bool:
    """Whether a role has anything to see in a room."""
    if role == AUDITOR:
        return room in OFFICE
    return role == ADMINISTRATOR and room in ("accounts", "axes")
