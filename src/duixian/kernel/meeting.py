"""Facts meet measures (事实遇事项): the pairs of a block of enterprises, without a branch that nobody could foresee."""

from __future__ import annotations

from duixian.kernel import bench as b
from duixian.kernel import words as w
from duixian.kernel.compiled import compiled, compiled_within
from duixian.kernel.words import Words

SHAPE_MASK = 0xFFFFFFFF


@compiled
def clear(bench: Words, starts: Words, first: int, end: int) -> None:
    """Make the bench ready, and mark the first fact of every enterprise: one without facts is marked over by the next."""
    begin = starts[first]
    for fact in range(starts[end] - begin + 1):
        bench[b.MARKS + fact] = 0
    for enterprise in range(end - first):
        bench[b.MARKS + starts[first + enterprise] - begin] = enterprise
        bench[b.BASES + enterprise] = 0
        bench[b.ENDS + enterprise] = 0
        bench[b.PRESENT + enterprise] = 0
        bench[b.FACT_BITS + enterprise] = 0
        bench[b.RULE_BITS + enterprise] = 0
        bench[b.OBJECT_BITS + enterprise] = 0
        bench[b.TWICE + enterprise] = 0
        bench[b.BOUND + enterprise] = 0


@compiled
def meet(image: Words, facts: Words, first: int, end: int, as_of: int, bench: Words) -> int:
    """Write the pairs of the facts with numbers from ``first`` to before ``end``; how many there are.

    Two pairs are written for every fact, and as many are kept as there are: most facts meet one measure or two.
    """
    width, kinds = image[w.H_FACT_WORDS], image[w.H_KINDS]
    count, owner, base, last_kind, fact = 0, -1, 0, -1, first * width
    for place in range(end - first):
        word = facts[fact + w.F_SHAPE]
        kind = word >> w.KIND_SHIFT
        shape = image[kinds + kind * w.KIND + w.K_SHAPES] + (word & SHAPE_MASK) * w.SHAPE
        is_known = facts[fact + w.F_DATE] <= as_of
        list_ = shape + (w.S_MEETS if is_known else w.S_LATER)
        meets, number = image[list_], image[list_ + 1]
        mark = bench[b.MARKS + place]
        is_new = mark > owner
        owner = max(owner, mark)
        base = count if is_new else base
        has_before = (kind == last_kind) & (not is_new)
        last_kind = kind
        bench[b.PRESENT + owner] |= is_known << kind
        key = owner << b.OWNER_SHIFT | has_before << b.BEFORE_SHIFT | place
        for which in range(2):
            _write_pair(image, meets + which * w.MEETS, key, bench, count + which)
        if number > 2:
            for which in range(2, number):
                _write_pair(image, meets + which * w.MEETS, key, bench, count + which)
        count += number
        bench[b.BASES + owner] = base
        bench[b.ENDS + owner] = count
        fact += width
    for ahead in range(b.AHEAD):
        bench[b.KEYS + count + ahead] = b.LARGEST_KEY
    return count


@compiled_within
def _write_pair(image: Words, meets: int, key: int, bench: Words, at: int) -> None:
    bench[b.KEYS + at] = key | image[meets]
    bench[b.ENTRIES + at] = image[meets + 1]
