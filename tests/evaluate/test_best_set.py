"""The exact choice against brute force, and its laws."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duixian.evaluate.best_set import Group, Item, Rules, TooEntangled, best_set

CEILINGS = st.integers(min_value=1, max_value=60)


def total_of(amounts: list[int | None]) -> int:
    return sum(amount or 0 for amount in amounts)


def given_by(items: list[Item], rules: Rules, chosen: tuple[int, ...]) -> list[int] | None:
    """What a set gives by the letter of the rules; None when it breaks one. Written apart from the engine on purpose."""
    if any(one in chosen and two in chosen for one, two in rules.conflicts):
        return None
    if any(len(set(group.members) & set(chosen)) > max(group.bound, 0) for group in rules.counts):
        return None
    amounts: dict[int, int] = {}
    for index in sorted(chosen, key=lambda place: items[place].time):
        amount = items[index].ceiling
        for group in rules.sums:
            if index in group.members:
                amount = min(amount, group.bound - sum(amounts.get(member, 0) for member in group.members))
        for group in rules.ladders:
            if index in group.members:
                used = group.used + sum(amounts.get(member, 0) for member in group.members)
                amount = min(amount, items[index].ceiling - used)
        amounts[index] = max(amount, 0)
    return [amounts[index] for index in chosen]


def best_by_brute_force(items: list[Item], rules: Rules) -> int:
    totals = [
        sum(amounts)
        for size in range(len(items) + 1)
        for chosen in combinations(range(len(items)), size)
        if (amounts := given_by(items, rules, chosen)) is not None
    ]
    return max(totals)


@st.composite
def contests(draw: st.DrawFn) -> tuple[list[Item], Rules]:
    size = draw(st.integers(min_value=1, max_value=7))
    days = draw(st.lists(st.integers(min_value=0, max_value=4), min_size=size, max_size=size))
    items = [Item(draw(CEILINGS), (day, place)) for place, day in enumerate(days)]
    members = st.sets(st.integers(min_value=0, max_value=size - 1), min_size=1, max_size=size).map(
        lambda each: tuple(sorted(each))
    )
    pairs = st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)).filter(
        lambda pair: pair[0] < pair[1]
    )
    return items, Rules(
        draw(st.lists(pairs, max_size=4, unique=True)) if size > 1 else [],
        draw(st.lists(st.builds(Group, members, st.integers(-1, 3)), max_size=3)),
        draw(st.lists(st.builds(Group, members, st.integers(0, 100)), max_size=3)),
        draw(st.lists(st.builds(Group, members, st.just(0), st.integers(0, 40)), max_size=2)),
    )


@given(contests())
@settings(max_examples=400, deadline=None)
def test_no_other_set_gives_more(contest: tuple[list[Item], Rules]) -> None:
    items, rules = contest
    amounts = best_set(items, rules)
    chosen = tuple(place for place, amount in enumerate(amounts) if amount is not None)
    assert given_by(items, rules, chosen) == [amounts[place] for place in chosen]
    assert total_of(amounts) == best_by_brute_force(items, rules)


@given(contests())
@settings(max_examples=200, deadline=None)
def test_no_set_breaks_a_rule(contest: tuple[list[Item], Rules]) -> None:
    items, rules = contest
    amounts = best_set(items, rules)
    for group in rules.sums:
        assert sum(amounts[member] or 0 for member in group.members) <= max(group.bound, 0)
    for group in rules.counts:
        assert sum(amounts[member] is not None for member in group.members) <= max(group.bound, 0)
    assert all(amounts[one] is None or amounts[two] is None for one, two in rules.conflicts)
    assert all(
        amount is None or 0 <= amount <= item.ceiling for amount, item in zip(amounts, items, strict=True)
    )


def items_of(*ceilings: int) -> list[Item]:
    return [Item(ceiling, (place,)) for place, ceiling in enumerate(ceilings)]


def test_free_awards_are_all_given() -> None:
    assert best_set(items_of(5, 7), Rules()) == [5, 7]


def test_the_higher_of_two_rivals_is_taken() -> None:
    assert best_set(items_of(5, 7), Rules(conflicts=[(0, 1)])) == [None, 7]


def test_equal_rivals_go_by_document_order() -> None:
    assert best_set(items_of(7, 7), Rules(conflicts=[(0, 1)])) == [7, None]


def test_one_of_a_count_goes_to_the_highest() -> None:
    assert best_set(items_of(3, 9, 9, 4), Rules(counts=[Group((0, 1, 2, 3), 1)])) == [None, 9, None, None]


def test_a_used_up_count_leaves_nothing() -> None:
    assert best_set(items_of(3), Rules(counts=[Group((0,), 0)])) == [None]


def test_a_sum_cuts_the_later_award() -> None:
    items = [Item(6, (2,)), Item(6, (1,))]
    assert best_set(items, Rules(sums=[Group((0, 1), 10)])) == [4, 6]


def test_a_ladder_gives_the_difference() -> None:
    assert best_set(items_of(20, 60, 80), Rules(ladders=[Group((0, 1, 2))])) == [20, 40, 20]


def test_a_ladder_counts_what_was_paid_before() -> None:
    assert best_set(items_of(60), Rules(ladders=[Group((0,), used=20)])) == [40]


def test_two_small_awards_beat_one_big_rival() -> None:
    assert best_set(items_of(10, 6, 6), Rules(conflicts=[(0, 1), (0, 2)])) == [None, 6, 6]


def test_a_limit_and_a_rivalry_interact() -> None:
    """The one project of the year may be the smaller one when the bigger is worth as much under the other policy."""
    items = items_of(100, 90, 95)
    rules = Rules(conflicts=[(0, 2)], counts=[Group((0, 1), 1)])
    assert best_set(items, rules) == [None, 90, 95]


def test_hundreds_of_awards_under_one_sum_are_quick() -> None:
    amounts = best_set(items_of(*[2] * 400), Rules(sums=[Group(tuple(range(400)), 20)]))
    assert amounts[:10] == [2] * 10
    assert total_of(amounts) == 20


def test_thirty_projects_that_each_have_a_rival_are_exact() -> None:
    items = items_of(*range(100, 130), *range(60, 90))
    rules = Rules(
        conflicts=[(place, place + 30) for place in range(30)],
        counts=[Group(tuple(range(30)), 1)],
        sums=[Group(tuple(range(30, 60)), 500)],
    )
    assert total_of(best_set(items, rules)) == 129 + 500


def test_a_hopeless_tangle_is_left_to_a_person() -> None:
    size = 20
    items = [Item(1000 + (place * 7919) % 97, (place,)) for place in range(size)]
    sums = [Group((one, two), 1100) for one in range(size) for two in range(one + 1, size, 5)]
    with pytest.raises(TooEntangled):
        best_set(items, Rules(sums=sums))
