"""A block of enterprises by the short way (成批认定): step by step, each step for all of them before the next.

What was foreseen of each award, its day and its guards settle most of them. Facts of which more has to be asked go through
``local_steps`` one by one; awards that bind each other are chosen among in the end.
"""

from __future__ import annotations

from duixian.kernel import bench as b
from duixian.kernel import words as w
from duixian.kernel.asking import look_back, pass_guards
from duixian.kernel.choose import settle_alone
from duixian.kernel.compiled import compiled, compiled_within
from duixian.kernel.delivery import deliver
from duixian.kernel.foreseen import UNMATCHED_TIE
from duixian.kernel.known import lay_ranges
from duixian.kernel.living import bind, share_living
from duixian.kernel.local_steps import decide_alone, settle
from duixian.kernel.meeting import clear, meet
from duixian.kernel.outright import decide_outright
from duixian.kernel.pointers import part_of, stream
from duixian.kernel.tied import choose_tied, settle_limited, settle_rivals
from duixian.kernel.words import Words

ALIVE = w.ALIVE
LONG, ENTANGLED, WHOLE = -1, 0, 1
"""What became of an enterprise: it has to go the long way, or be left to the reference engine, or is decided."""


@compiled
def end_of_block(starts: Words, first: int, end: int, most_facts: int) -> int:
    """Before which enterprise a block ends that begins with ``first``: the same one when that is too large for a block."""
    stop, last = first, min(end, first + b.MOST_ENTERPRISES)
    while stop < last and starts[stop + 1] - starts[first] <= most_facts:
        stop += 1
    return stop


@compiled
def decide_block(
    image: Words, facts: Words, starts: Words, begin: int, end: int, subjects: Words, subject_words: int, as_of: int, bench: Words,
) -> None:  # fmt: skip
    """Decide a block of enterprises as if every award stood alone, and note on the bench where that is not so."""
    subject, first = begin * subject_words, starts[begin]
    clear(bench, starts, begin, end)
    pairs = meet(image, facts, first, starts[end], as_of, bench)
    back, guarded, living = decide_outright(image, facts, first, as_of, bench, pairs)
    guarded, living, long = look_back(image, facts, first, starts, begin, as_of, bench, back, guarded, living)
    living, long = pass_guards(
        image,
        facts,
        first,
        starts,
        begin,
        subjects,
        subject,
        subject_words,
        as_of,
        bench,
        guarded,
        living,
        long,
    )
    share_living(image, facts, first, subjects, subject, subject_words, bench, living)
    go_long(image, facts, first, starts, begin, subjects, subject_words, as_of, bench, long)


@compiled
def go_long(
    image: Words, facts: Words, first: int, starts: Words, begin: int, subjects: Words, subject_words: int, as_of: int,
    bench: Words, long: int,
) -> None:  # fmt: skip
    """Decide those pairs of which everything has to be asked: code, history, exclusions."""
    desk, award = part_of(bench, b.EVALUATION), part_of(bench, b.AWARD)
    last, width = -1, image[w.H_FACT_WORDS]
    for number in range(long):
        pair = bench[b.LONG + number]
        key, entry, here = bench[b.KEYS + pair], bench[b.ENTRIES + pair], bench[b.PLACES + pair]
        owner, fact = key >> b.OWNER_SHIFT, (first + (key & b.PLACE)) * width
        mine = (begin + owner) * subject_words
        if owner != last:
            lay_ranges(
                image, facts, starts[begin + owner] * width, starts[begin + owner + 1] * width, as_of, desk
            )
            last = owner
        if not decide_alone(
            image, image[entry + w.U_MEASURE], facts, fact, subjects, mine, as_of, desk, award, 0
        ):
            settle(award, 0, w.INELIGIBLE, w.R_NO_MEASURE, 0, 0)
            bench[b.BOUND + owner] |= 1 << UNMATCHED_TIE
        if award[w.O_OUTCOME] == ALIVE:
            settle_alone(image, award, 0)
            bind(image, entry, facts, fact, key, bench)
        deliver(image, subjects, mine, award, w.AWARD, bench, here)


@compiled_within
def is_bound(bench: Words, owner: int, watched: int) -> bool:
    """Whether awards of an enterprise may bind each other, or payments them."""
    return bench[b.TWICE + owner] | bench[b.BOUND + owner] | (bench[b.PRESENT + owner] & watched) != 0


@compiled
def settle_bound(
    image: Words,
    facts: Words,
    subjects: Words,
    subject: int,
    bench: Words,
    owner: int,
    here: int,
    awards: Words,
) -> int:
    """Choose where awards of an enterprise bind each other; what became of it."""
    twice, bound, present = bench[b.TWICE + owner], bench[b.BOUND + owner], bench[b.PRESENT + owner]
    payments = image[w.H_PAYMENT_KIND]
    is_paid = payments >= 0 and present >> payments & 1 != 0 and bench[b.FACT_BITS + owner] != 0
    if is_paid or bound >> UNMATCHED_TIE != 0:
        return LONG
    if bound == 0:
        if twice == 0 or settle_rivals(image, bench, owner):
            return WHOLE
    elif twice == 0 and settle_limited(image, facts, subjects, subject, bench, owner):
        return WHOLE
    return choose_tied(image, facts, subjects, subject, bench, owner, here, awards)


@compiled
def bring_out(bench: Words, words: int, out: Words, at: int, is_large: bool) -> None:
    """Copy the results of a block to where they stay: many of them past the processor's memory, which they would only fill."""
    if is_large:
        for word in range(words):
            stream(out, at + word, bench[b.RESULTS + word])
    else:
        for word in range(words):
            out[at + word] = bench[b.RESULTS + word]
