"""What is alive (仍可兑付): every living award is shared as if it stood alone, and bits tell the enterprises where that may not be so."""

from __future__ import annotations

from duixian.kernel import bench as b
from duixian.kernel import words as w
from duixian.kernel.compiled import compiled, compiled_within
from duixian.kernel.shares import city_part, line_of
from duixian.kernel.words import Words

MISSING = w.MISSING


@compiled
def share_living(
    image: Words, facts: Words, first: int, subjects: Words, subject: int, subject_words: int, bench: Words, living: int,
) -> None:  # fmt: skip
    """Write who pays each living award."""
    width = image[w.H_FACT_WORDS]
    for number in range(living):
        pair = bench[b.LIVING + number]
        key, entry, here = bench[b.KEYS + pair], bench[b.ENTRIES + pair], bench[b.PLACES + pair]
        owner, fact = key >> b.OWNER_SHIFT, (first + (key & b.PLACE)) * width
        share_one(image, entry, facts, fact, subjects[subject + owner * subject_words], bench, here)
        bind(image, entry, facts, fact, key, bench)


@compiled_within
def share_one(image: Words, entry: int, facts: Words, fact: int, shape: int, bench: Words, here: int) -> None:
    """Write who pays a living award to an enterprise of a shape."""
    line = image[image[image[entry + w.U_MEASURE] + w.M_PAYERS] + shape]
    if image[line + w.Y_TYPE] == w.PAYS_BY_TABLE:
        line = line_of(image, line, facts[fact + image[entry + w.U_DATE_SLOT]])
    city = city_part(image, line, bench[here + w.Q_AMOUNT])
    bench[here + w.Q_CITY] = city if image[line + w.Y_TYPE] == w.PAYS_RATIO else MISSING
    bench[here + w.Q_NOTE] = image[line + w.Y_BASIS]


@compiled_within
def bind(image: Words, entry: int, facts: Words, fact: int, key: int, bench: Words) -> None:
    """Note of which fact, rules and object a living award is, and whether another one of the enterprise is so too.

    Bits that fall together by chance only send an enterprise to where the rules themselves are asked.
    """
    owner, fact_bit, rule_bits = key >> b.OWNER_SHIFT, 1 << (key & 63), image[entry + w.U_TIES]
    facts_seen, rules_seen = bench[b.FACT_BITS + owner], bench[b.RULE_BITS + owner]
    bench[b.FACT_BITS + owner] = facts_seen | fact_bit
    bench[b.RULE_BITS + owner] = rules_seen | rule_bits
    bench[b.TWICE + owner] |= facts_seen & fact_bit
    bench[b.BOUND + owner] |= rules_seen & rule_bits
    slot = image[entry + w.U_OBJECT_SLOT]
    if slot > 0:
        about = facts[fact + slot]
        object_bit = 1 << (about & 63) & -int(about != MISSING)
        bench[b.BOUND + owner] |= bench[b.OBJECT_BITS + owner] & object_bit
        bench[b.OBJECT_BITS + owner] |= object_bit
