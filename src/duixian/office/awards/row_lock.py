"""Holding an award (锁定): whoever changes it, or writes what refers to it, holds its row until the transaction ends.

Also who only adds a row beside it: the database looks at references when a transaction commits, behind the lock of the audit chain, and
would there wait for somebody who waits for that chain.
"""

from __future__ import annotations

from duixian.office.awards.models import Award
from duixian.office.kept_query import KeptQuery
from duixian.office.refusal import NotThere

_HELD = KeptQuery(
    lambda key: (
        Award.objects.select_for_update(of=("self",), no_key=True)
        .select_related("determination")
        .filter(pk=key)
    )
)


def lock(award: Award | int) -> Award:
    """The award's row as it is now, kept until the transaction ends.

    Raises:
        NotThere: when there is none.
    """
    key = award if isinstance(award, int) else award.pk
    found = _HELD.first(key)
    if found is None:
        raise NotThere("not-there", "没有找到", why="不存在，或不在该账号的管辖范围内")
    return found
