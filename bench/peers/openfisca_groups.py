"""What a fact's award owes to the other facts of its enterprise (同企业事实): in OpenFisca's own words, and in plain NumPy beside them.

OpenFisca aggregates over the members of an entity, or looks at the n-th member of every entity at once. The order of time within an
enterprise is asked for by looking at every n-th member in turn, as its own ``max``, ``min`` and ``get_rank`` do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
TIMES = 1 << 22
"""Above every order of time: the day times 100 and the slot."""


class Groups(Protocol):
    """The four questions (分组计算). ``fact`` is the population of facts; group 0 is none; every answer has a value for each fact."""

    def is_first(self, fact: Any, group: Array, time: Array) -> Array:
        """Whether no fact of the same enterprise and group was earlier."""

    def earliest(self, fact: Any, which: Array, day: Array) -> Array:
        """The first day of those facts of the enterprise; infinite when there is none."""

    def is_best(self, fact: Any, group: Array, worth: Array, tie: Array) -> Array:
        """Whether no fact of the same enterprise and group is worth more, or as much with a greater tie."""

    def sum_before(self, fact: Any, group: Array, time: Array, amount: Array) -> Array:
        """What the earlier facts of the same enterprise and group come to."""


class ByPosition:
    """In OpenFisca's words (逐位): ``enterprise.min`` and ``enterprise.value_nth_person``."""

    def is_first(self, fact: Any, group: Array, time: Array) -> Array:
        """See :class:`Groups`."""
        key = group.astype(np.int64) * TIMES + time
        first_of_group = key - time
        has_earlier = np.zeros(len(key), dtype=bool)
        for (other,) in _members(fact, key):
            has_earlier |= (other >= first_of_group) & (other < key)
        return ~has_earlier

    def earliest(self, fact: Any, which: Array, day: Array) -> Array:
        """See :class:`Groups`."""
        found: Array = fact.enterprise.min(np.where(which, day, np.inf))
        return found

    def is_best(self, fact: Any, group: Array, worth: Array, tie: Array) -> Array:
        """See :class:`Groups`."""
        key = group.astype(np.int64) << 32 | tie
        is_beaten = np.zeros(len(key), dtype=bool)
        for other, its_worth in _members(fact, key, worth):
            is_greater = (its_worth > worth) | ((its_worth == worth) & (other > key))
            is_beaten |= (other >> 32 == group) & is_greater
        return ~is_beaten

    def sum_before(self, fact: Any, group: Array, time: Array, amount: Array) -> Array:
        """See :class:`Groups`."""
        key = group.astype(np.int64) * TIMES + time
        first_of_group = key - time
        found = np.zeros(len(key), dtype=amount.dtype)
        for other, its_amount in _members(fact, key, amount):
            found += np.where((other >= first_of_group) & (other < key), its_amount, 0)
        return found


def _members(fact: Any, *arrays: Array) -> Iterator[tuple[Array, ...]]:
    """For every n what the n-th member of each fact's enterprise has; 0 where there are not so many."""
    most = int(fact.simulation.enterprise.members_position.max()) + 1
    for place in range(most):
        yield tuple(fact.enterprise.value_nth_person(place, each) for each in arrays)


class BySorting:
    """In NumPy, only the facts of some group (排序): what a specialist would write who leaves OpenFisca's words."""

    def is_first(self, fact: Any, group: Array, time: Array) -> Array:
        """See :class:`Groups`."""
        order, begins = _sorted(fact, group, time)
        found = np.ones(len(group), dtype=bool)
        found[order] = begins
        return found

    def earliest(self, fact: Any, which: Array, day: Array) -> Array:
        """See :class:`Groups`."""
        owner = fact.simulation.enterprise.members_entity_id
        found = np.full(fact.simulation.enterprise.count, np.inf)
        np.minimum.at(found, owner[which], day[which])
        earliest: Array = found[owner]
        return earliest

    def is_best(self, fact: Any, group: Array, worth: Array, tie: Array) -> Array:
        """See :class:`Groups`."""
        order, begins = _sorted(fact, group, -worth, -tie)
        found = np.zeros(len(group), dtype=bool)
        found[order] = begins
        return found

    def sum_before(self, fact: Any, group: Array, time: Array, amount: Array) -> Array:
        """See :class:`Groups`."""
        order, begins = _sorted(fact, group, time)
        upto = np.cumsum(amount[order], dtype=np.float64)
        before = upto - amount[order]
        found = np.zeros(len(group))
        found[order] = before - before[begins][np.cumsum(begins) - 1]
        return found


def _sorted(fact: Any, group: Array, *by: Array) -> tuple[Array, Array]:
    """The facts of some group by enterprise and group, then by these; and where each group begins."""
    inside = np.flatnonzero(group)
    owner = fact.simulation.enterprise.members_entity_id[inside]
    key = owner.astype(np.int64) << 8 | group[inside]
    order = np.lexsort((*(each[inside] for each in reversed(by)), key))
    key = key[order]
    begins = np.ones(len(key), dtype=bool)
    begins[1:] = key[1:] != key[:-1]
    return inside[order], begins
