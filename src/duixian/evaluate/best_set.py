"""The exact choice: of all sets of awards that keep every rule, the one that gives the enterprise most.

A pure search over numbers: it knows nothing of policies. Awards are *items* with a ceiling in fen and two orders: the order of
the documents (ties go to the earlier) and the order of time (in which limits are used up). Rules are

- *conflicts*: two items that exclude each other (就高不重复);
- *counts*: at most so many items of a group;
- *sums*: at most so many fen for a group; an item is cut to what earlier ones left;
- *ladders*: all items of a group together give at most the ceiling of the highest reached so far (晋级补差).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product

MOST_NODES = 20_000
"""Sets looked at before the search gives up; an ordinary dossier needs fewer than a hundred."""


FEW = 4
"""Up to so many entangled items, trying every set is quicker than a search."""


class TooEntangled(Exception):
    """The awards hang together in more ways than can be searched exactly; a person must choose (待定)."""


@dataclass(frozen=True, slots=True)
class Item:
    """One award that may be chosen: its ceiling in fen and its place in time; items come in document order."""

    ceiling: int
    time: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Items under one rule: ``bound`` is a number of items or of fen; ``used`` fen a ladder gave before."""

    members: tuple[int, ...]
    bound: int = 0
    used: int = 0


@dataclass(slots=True)
class Rules:
    """All rules between the items of one dossier."""

    conflicts: list[tuple[int, int]] = field(default_factory=list)
    counts: list[Group] = field(default_factory=list)
    sums: list[Group] = field(default_factory=list)
    ladders: list[Group] = field(default_factory=list)

    @property
    def are_none(self) -> bool:
        """Whether nothing binds the items."""
        return not (self.conflicts or self.counts or self.sums or self.ladders)


def best_set(items: list[Item], rules: Rules) -> list[int | None]:
    """The amount in fen that each item gets in the best set; None for an item that is not in it.

    "Best" is the greatest total. Of equal totals it is the set that holds the earlier item, in document order.

    Raises:
        TooEntangled: when more than MOST_NODES sets would have to be looked at.
    """
    if rules.are_none:
        return [item.ceiling for item in items]
    if len(rules.conflicts) == 1 and not (rules.counts or rules.sums or rules.ladders):
        return _without_the_lower(items, *rules.conflicts[0])
    amounts: list[int | None] = [None] * len(items)
    for component in _components(len(items), rules):
        if len(component) == 1:
            amounts[component[0]] = _alone(items, rules, component[0])
            continue
        if len(component) == 2 and not (rules.counts or rules.sums or rules.ladders):
            one, two = component
            higher = one if items[one].ceiling >= items[two].ceiling else two
            amounts[higher] = items[higher].ceiling
            continue
        chosen = _search([items[index] for index in component], _restricted(rules, component))
        for index, amount in zip(component, chosen, strict=True):
            amounts[index] = amount
    return amounts


def _without_the_lower(items: list[Item], one: int, two: int) -> list[int | None]:
    """All items but the lower of two that exclude each other, of equal ones the later: the commonest case by far."""
    amounts: list[int | None] = [item.ceiling for item in items]
    amounts[two if items[one].ceiling >= items[two].ceiling else one] = None
    return amounts


def _alone(items: list[Item], rules: Rules, index: int) -> int | None:
    """An item that no rule ties to another: its ceiling, or what its own rules leave."""
    if any(index in group.members and group.bound <= 0 for group in rules.counts):
        return None
    return _amounts(items, rules, (index,))[index]


def _components(count: int, rules: Rules) -> list[list[int]]:
    """Items that no rule ties together can be chosen apart."""
    leader = list(range(count))
    ties: list[tuple[int, ...]] = [*rules.conflicts]
    ties.extend(
        group.members for group in (*rules.counts, *rules.sums, *rules.ladders) if len(group.members) > 1
    )
    for members in ties:
        first = leader[members[0]]
        for other in members[1:]:
            old = leader[other]
            if old != first:
                leader = [first if each == old else each for each in leader]
    groups: dict[int, list[int]] = {}
    for index in range(count):
        groups.setdefault(leader[index], []).append(index)
    return list(groups.values())


def _restricted(rules: Rules, component: list[int]) -> Rules:
    place = {index: position for position, index in enumerate(component)}

    def moved(groups: list[Group]) -> list[Group]:
        return [
            Group(tuple(place[member] for member in group.members), group.bound, group.used)
            for group in groups
            if group.members and group.members[0] in place
        ]

    conflicts = [(place[one], place[two]) for one, two in rules.conflicts if one in place]
    return Rules(conflicts, moved(rules.counts), moved(rules.sums), moved(rules.ladders))


def _search(items: list[Item], rules: Rules) -> list[int | None]:
    if not rules.conflicts and not rules.ladders and not _cross(rules.sums):
        if not rules.counts:
            return _amounts(items, rules, range(len(items)))
        if len(rules.counts) == 1 and not rules.sums:
            return _highest(items, rules.counts[0])
    return _each_set(items, rules) if len(items) <= FEW else _Search(items, rules).run()


def _each_set(items: list[Item], rules: Rules) -> list[int | None]:
    """For a few items: every set in turn, those with the earlier items first."""
    best: list[int | None] = [None] * len(items)
    best_total = -1
    for taken in product((True, False), repeat=len(items)):
        chosen = [index for index, is_taken in enumerate(taken) if is_taken]
        if sum(items[index].ceiling for index in chosen) <= best_total:
            continue
        if any(taken[one] and taken[two] for one, two in rules.conflicts):
            continue
        if any(
            sum(taken[member] for member in group.members) > max(group.bound, 0) for group in rules.counts
        ):
            continue
        amounts = _amounts(items, rules, chosen)
        total = sum(amount or 0 for amount in amounts)
        if total > best_total:
            best, best_total = amounts, total
    return best


def _cross(groups: list[Group]) -> bool:
    """Whether two groups overlap without one holding the other: then leaving an item out may pay."""
    sets = [frozenset(group.members) for group in groups]
    return any(
        one & two and not one <= two and not two <= one
        for place, one in enumerate(sets)
        for two in sets[place + 1 :]
    )


def _highest(items: list[Item], group: Group) -> list[int | None]:
    """The ``bound`` highest items of a group that holds all of them; of equal ones the earlier."""
    ranked = sorted(group.members, key=lambda index: (-items[index].ceiling, index))
    kept = set(ranked[: max(group.bound, 0)])
    return [
        item.ceiling if index in kept or index not in group.members else None
        for index, item in enumerate(items)
    ]


def _amounts(items: list[Item], rules: Rules, chosen: Iterable[int]) -> list[int | None]:
    """What a set gives: in the order of time, each item takes its ceiling or what its sums and ladders leave."""
    amounts: list[int | None] = [None] * len(items)
    sums_left = [group.bound for group in rules.sums]
    ladder_used = [group.used for group in rules.ladders]
    for index in sorted(chosen, key=lambda index: items[index].time):
        ceiling = items[index].ceiling
        amount = ceiling
        in_sums = [place for place, group in enumerate(rules.sums) if index in group.members]
        in_ladders = [place for place, group in enumerate(rules.ladders) if index in group.members]
        for place in in_sums:
            amount = min(amount, sums_left[place])
        for place in in_ladders:
            amount = min(amount, ceiling - ladder_used[place])
        amount = max(amount, 0)
        for place in in_sums:
            sums_left[place] -= amount
        for place in in_ladders:
            ladder_used[place] += amount
        amounts[index] = amount
    return amounts


class _Search:
    """Depth first over the items in document order, taking each before leaving it; a bound cuts hopeless branches."""

    def __init__(self, items: list[Item], rules: Rules) -> None:
        self.items, self.rules = items, rules
        self.rivals: list[set[int]] = [set() for _ in items]
        for one, two in rules.conflicts:
            self.rivals[one].add(two)
            self.rivals[two].add(one)
        self.counts_of: list[list[int]] = [[] for _ in items]
        for place, group in enumerate(rules.counts):
            for member in group.members:
                self.counts_of[member].append(place)
        self.left = [group.bound for group in rules.counts]
        self.best_total = -1
        self.best: list[int | None] = [None] * len(items)
        self.chosen: list[int] = []
        self.nodes = 0
        self.pool_of, self.pools = self._pools()

    def run(self) -> list[int | None]:
        self._visit(0)
        return self.best

    def _pools(self) -> tuple[list[int], list[tuple[int, int | None]]]:
        """For the bound, each item counts in one pool: a pool gives at most its fen and its number of items."""
        pools: list[tuple[int, int | None]] = []
        pool_of = [-1] * len(self.items)
        rules = self.rules
        ceilings = [item.ceiling for item in self.items]
        candidates: list[tuple[Group, int, int | None]] = [(group, group.bound, None) for group in rules.sums]
        candidates += [
            (
                group,
                sum(sorted((ceilings[m] for m in group.members), reverse=True)[: max(group.bound, 0)]),
                group.bound,
            )
            for group in rules.counts
        ]
        # What was paid back on a ladder (a negative sum) can be given once more.
        candidates += [
            (group, max(ceilings[m] for m in group.members) + max(-group.used, 0), None)
            for group in rules.ladders
            if group.members
        ]
        candidates += [(Group(pair), max(ceilings[m] for m in pair), 1) for pair in rules.conflicts]
        for group, fen, number in sorted(candidates, key=lambda each: -len(each[0].members)):
            members = [member for member in group.members if pool_of[member] < 0]
            if len(members) > 1:
                for member in members:
                    pool_of[member] = len(pools)
                pools.append((max(fen, 0), number))
        for index, place in enumerate(pool_of):
            if place < 0:
                pool_of[index] = len(pools)
                pools.append((ceilings[index], None))
        return pool_of, pools

    def _bound(self, next_index: int) -> int:
        """No set that goes on from here gives more."""
        fen = [0] * len(self.pools)
        open_ceilings: dict[int, list[int]] = {}
        taken = [0] * len(self.pools)
        for index in self.chosen:
            fen[self.pool_of[index]] += self.items[index].ceiling
            taken[self.pool_of[index]] += 1
        for index in range(next_index, len(self.items)):
            open_ceilings.setdefault(self.pool_of[index], []).append(self.items[index].ceiling)
        total = 0
        for place, (most, number) in enumerate(self.pools):
            more = open_ceilings.get(place, [])
            if number is not None:
                more = sorted(more, reverse=True)[: max(number - taken[place], 0)]
            total += min(fen[place] + sum(more), most)
        return total

    def _visit(self, index: int) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise TooEntangled
        if self._bound(index) <= self.best_total:
            return
        if index == len(self.items):
            amounts = _amounts(self.items, self.rules, self.chosen)
            total = sum(amount or 0 for amount in amounts)
            if total > self.best_total:
                self.best_total, self.best = total, amounts
            return
        if self._may_take(index):
            self._take(index, 1)
            self._visit(index + 1)
            self._take(index, -1)
        self._visit(index + 1)

    def _may_take(self, index: int) -> bool:
        if any(self.left[place] <= 0 for place in self.counts_of[index]):
            return False
        return self.rivals[index].isdisjoint(self.chosen)

    def _take(self, index: int, sign: int) -> None:
        if sign > 0:
            self.chosen.append(index)
        else:
            self.chosen.pop()
        for place in self.counts_of[index]:
            self.left[place] -= sign
