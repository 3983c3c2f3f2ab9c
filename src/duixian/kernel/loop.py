"""The loop (循环): every enterprise of a range on its way, match → entitle → exclude → choose → share.

Blocks of enterprises take the short way together (``block``); an enterprise for which that is not enough is decided again as a whole
(``enterprise``), with the exact choice. Both ways tell the same.

Facts and results lie flat, and are found by their address, the place of their first word: facts enterprise by enterprise, within each by
kind, date and id.
"""

from __future__ import annotations

from duixian.kernel import bench as b
from duixian.kernel import words as w
from duixian.kernel.block import (
    ENTANGLED,
    LONG,
    WHOLE,
    bring_out,
    decide_block,
    end_of_block,
    is_bound,
    settle_bound,
)
from duixian.kernel.compiled import compiled
from duixian.kernel.delivery import deliver, leave_open
from duixian.kernel.enterprise import decide_enterprise
from duixian.kernel.machine import RANGES
from duixian.kernel.pointers import part_of, words_at, words_of
from duixian.kernel.words import Words

SHAPE_MASK = 0xFFFFFFFF
STREAMED = 1 << 20
"""Results of more words than that are not kept near the processor while they are written."""
(
    A_IMAGE, A_FACTS, A_STARTS, A_SUBJECT, A_SUBJECT_WORDS, A_DAY, A_OUT, A_SPANS, A_ENTANGLED, A_BENCH, A_BENCH_WORDS,
) = range(11)  # fmt: skip
FRAME = 11
"""Words of the frame of one enterprise: addresses of words, how many words it is described in, the day, and the size of the bench."""


@compiled
def decide_range(
    image: Words, set_: int, facts: Words, starts: Words, subjects: Words, subject_words: int, first: int, end: int,
    as_of: int, out: Words, at: int, spans: Words, entangled: Words, bench: Words,
) -> int:  # fmt: skip
    """Decide the enterprises from ``first`` to before ``end``; results are written from ``at`` on. Returns where they end.

    ``starts`` says with which fact each enterprise begins, ``spans`` takes with which result each begins and ends; ``entangled`` is set for
    those that the reference engine has to decide. Where the bench is too small for an enterprise, the number of that one comes back as a
    negative number, -1 for the first of all.
    """
    return decide_enterprises(
        words_of(image), set_, words_of(facts), words_of(starts), words_of(subjects), subject_words, first, end, as_of, words_of(out), at,
        words_of(spans), words_of(entangled), words_of(bench), room_for_pairs(image, bench.shape[0]), out.shape[0] > STREAMED,
    )  # fmt: skip


@compiled
def decide_one(frame: Words) -> int:
    """Decide one enterprise: its facts, results and bench lie at the addresses in ``frame`` (A_…), which a call need not find out again."""
    image = words_at(frame[A_IMAGE])
    return decide_enterprises(
        image, 0, words_at(frame[A_FACTS]), words_at(frame[A_STARTS]), words_at(frame[A_SUBJECT]), frame[A_SUBJECT_WORDS], 0, 1,
        frame[A_DAY], words_at(frame[A_OUT]), 0, words_at(frame[A_SPANS]), words_at(frame[A_ENTANGLED]), words_at(frame[A_BENCH]),
        room_for_pairs(image, frame[A_BENCH_WORDS]), False,
    )  # fmt: skip


@compiled
def decide_enterprises(
    image: Words, set_: int, facts: Words, starts: Words, subjects: Words, subject_words: int, first: int, end: int,
    as_of: int, out: Words, at: int, spans: Words, entangled: Words, bench: Words, pairs: int, is_large: bool,
) -> int:  # fmt: skip
    """What ``decide_range`` does, over bare words."""
    most = b.MOST_PAIRS // max(image[w.H_MOST_MEETS], 2) if set_ == 0 and image[w.H_IS_FORESEEN] != 0 else -1
    enterprise = first
    while enterprise < end:
        if (starts[enterprise + 1] - starts[enterprise]) * max(image[w.H_MOST_ABOUT], 1) > pairs:
            return -1 - enterprise
        stop = end_of_block(starts, enterprise, end, most)
        if stop > enterprise:
            at = decide_together(
                image, facts, starts, enterprise, stop, subjects, subject_words, as_of, out, at, bench, pairs, spans, entangled, is_large,
            )  # fmt: skip
        else:
            stop, started = enterprise + 1, at
            at, is_whole = decide_wholly(
                image, set_, facts, starts, enterprise, subjects, subject_words, as_of, out, at, bench, pairs,
            )  # fmt: skip
            spans[2 * enterprise], spans[2 * enterprise + 1] = started // w.RESULT, at // w.RESULT
            entangled[enterprise] |= not is_whole
        enterprise = stop
    return at


@compiled
def decide_together(
    image: Words, facts: Words, starts: Words, begin: int, end: int, subjects: Words, subject_words: int, as_of: int, out: Words,
    at: int, bench: Words, pairs: int, spans: Words, entangled: Words, is_large: bool,
) -> int:  # fmt: skip
    """Decide a block of enterprises, the short way where it is enough; where their results end."""
    decide_block(image, facts, starts, begin, end, subjects, subject_words, as_of, bench)
    rows = finish_block(
        image,
        facts,
        starts,
        begin,
        end,
        subjects,
        subject_words,
        as_of,
        bench,
        pairs,
        spans,
        at // w.RESULT,
        entangled,
    )
    bring_out(bench, rows * w.RESULT, out, at, is_large)
    return at + rows * w.RESULT


@compiled
def finish_block(
    image: Words, facts: Words, starts: Words, begin: int, end: int, subjects: Words, subject_words: int, as_of: int,
    bench: Words, pairs: int, spans: Words, row: int, entangled: Words,
) -> int:  # fmt: skip
    """Choose where awards bind each other, and say which results are whose, from ``row`` on; how many there are."""
    payments = image[w.H_PAYMENT_KIND]
    watched = 1 << payments if payments >= 0 else 0
    awards = part_of(bench, b.EVALUATION + RANGES + 2 * image[w.H_KIND_COUNT] + pairs)
    rows = 0
    for owner in range(end - begin):
        before, enterprise, verdict = rows, begin + owner, WHOLE
        rows = max(rows, bench[b.ENDS + owner])
        ended, here = rows, b.RESULTS + before * w.RESULT
        if is_bound(bench, owner, watched):
            verdict = settle_bound(
                image, facts, subjects, enterprise * subject_words, bench, owner, here, awards
            )
            if verdict == LONG:
                there, is_whole = decide_wholly(
                    image,
                    0,
                    facts,
                    starts,
                    enterprise,
                    subjects,
                    subject_words,
                    as_of,
                    bench,
                    here,
                    bench,
                    pairs,
                )
                ended, verdict = (there - b.RESULTS) // w.RESULT, int(is_whole)
        if verdict == ENTANGLED:
            entangled[enterprise] = 1
        spans[2 * enterprise] = row + before
        spans[2 * enterprise + 1] = row + ended
    return rows


@compiled
def decide_wholly(
    image: Words, set_: int, facts: Words, starts: Words, enterprise: int, subjects: Words, subject_words: int, as_of: int,
    out: Words, at: int, bench: Words, pairs: int,
) -> tuple[int, bool]:  # fmt: skip
    """Decide an enterprise the long way: where its results end, and whether the choice could be made here."""
    width, subject = image[w.H_FACT_WORDS], enterprise * subject_words
    desk = part_of(bench, b.EVALUATION)
    keys = part_of(desk, RANGES + 2 * image[w.H_KIND_COUNT])
    awards = part_of(keys, pairs)
    written, is_whole = decide_enterprise(
        image, set_, facts, starts[enterprise] * width, starts[enterprise + 1] * width, subjects, subject, as_of, awards, desk, keys,
        part_of(bench, b.ALIVE), part_of(bench, b.BOUNDS), part_of(bench, b.MEMBERS), part_of(bench, b.SCRATCH),
    )  # fmt: skip
    if not is_whole:
        leave_open(awards, written)
    return deliver(image, subjects, subject, awards, written, out, at), is_whole


@compiled
def room_for_pairs(image: Words, words: int) -> int:
    """How many pairs of one enterprise a bench of so many words has room for, each with a key and an award."""
    return (words - b.EVALUATION - RANGES - 2 * image[w.H_KIND_COUNT]) // (1 + w.AWARD)


@compiled
def count_results(image: Words, facts: Words, starts: Words, at_most: Words) -> int:
    """Where the results of each enterprise can start at the latest, into ``at_most``; the most measures that one can meet."""
    most, total = 0, 0
    for enterprise in range(starts.shape[0] - 1):
        mine = 0
        for fact in range(starts[enterprise], starts[enterprise + 1], image[w.H_FACT_WORDS]):
            word = facts[fact + w.F_SHAPE]
            record = image[w.H_KINDS] + (word >> w.KIND_SHIFT) * w.KIND
            shape = image[record + w.K_SHAPES] + (word & SHAPE_MASK) * w.SHAPE
            mine += max(image[shape + w.S_ABOUT_COUNT], image[record + w.K_TRIGGERS])
        total += mine
        most = max(most, mine)
        at_most[enterprise + 1] = total * w.RESULT
    return most
