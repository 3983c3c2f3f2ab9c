"""What makes awards one group (每 …), which payments count for them, and whether two awards are one matter."""

from __future__ import annotations

from duixian.kernel import words as w
from duixian.kernel.compiled import compiled
from duixian.kernel.rounds import cell_of
from duixian.kernel.words import Words

MISSING = w.MISSING
SHAPE_MASK = 0xFFFFFFFF


@compiled
def key_part(image: Words, key: int, facts: Words, out: Words, award: int) -> int:
    """One part of an award's group: its year, its row, or a field of its fact."""
    type_ = image[key + w.G_TYPE]
    if type_ == w.KEY_YEAR:
        return out[award + w.O_YEAR]
    if type_ == w.KEY_ROW:
        row = out[award + w.O_ROW]
        return image[row + w.A_ID] if row >= 0 else MISSING
    return cell_of(image, key, facts, out[award + w.O_FACT])


@compiled
def first_missing(image: Words, per: int, facts: Words, out: Words, award: int) -> int:
    """The bit of the first field of the group that is missing; 0 when none is."""
    for place in range(image[per]):
        key = per + 1 + place * w.KEY
        if key_part(image, key, facts, out, award) == MISSING:
            return image[key + w.G_BIT]
    return 0


@compiled
def missing_place(image: Words, per: int, facts: Words, out: Words, award: int) -> int:
    """Which field of the group is the first that is missing; -1 when none is."""
    for place in range(image[per]):
        if key_part(image, per + 1 + place * w.KEY, facts, out, award) == MISSING:
            return place
    return -1


@compiled
def kind_of(facts: Words, out: Words, award: int) -> int:
    """The kind of the award's fact."""
    return facts[out[award + w.O_FACT] + w.F_SHAPE] >> w.KIND_SHIFT


@compiled
def same_group(image: Words, per: int, facts: Words, out: Words, one: int, other_per: int, two: int) -> bool:
    """Whether two awards whose keys are known stand in one group; each reads the same fields in its own places."""
    for place in range(image[per]):
        key, other_key = per + 1 + place * w.KEY, other_per + 1 + place * w.KEY
        if key_part(image, key, facts, out, one) != key_part(image, other_key, facts, out, two):
            return False
    return True


@compiled
def may_be_one_group(image: Words, per: int, facts: Words, out: Words, one: int, two: int) -> bool:
    """Whether two awards could be of one group, as far as the recorded fields tell."""
    for place in range(image[per]):
        key = per + 1 + place * w.KEY
        first, second = (
            key_part(image, key, facts, out, one),
            key_part(image, key, facts, out, two),
        )
        if first != MISSING and second != MISSING and first != second:
            return False
    return True


@compiled
def limit_applies(image: Words, limit: int, out: Words, award: int) -> bool:
    """Whether a limit holds for the award's row."""
    rows = image[limit + w.L_ROWS]
    if rows == 0:
        return True
    row = out[award + w.O_ROW]
    return row >= 0 and image[rows + image[row + w.A_PLACE]] != 0


@compiled
def ladder_applies(image: Words, ladder: int, out: Words, award: int) -> bool:
    """Whether the award's row is a rung of a ladder."""
    row = out[award + w.O_ROW]
    return row >= 0 and image[image[ladder + w.D_ROWS] + image[row + w.A_PLACE]] != 0


@compiled
def is_paid_under(image: Words, measure: int, facts: Words, payment: int) -> bool:
    """Whether a payment was made under a measure."""
    return image[image[measure + w.M_PAYS] + (facts[payment + w.F_SHAPE] & SHAPE_MASK)] & 1 != 0


@compiled
def names_document(image: Words, measure: int, facts: Words, payment: int) -> bool:
    """Whether a payment names the measure's own document."""
    return image[image[measure + w.M_PAYS] + (facts[payment + w.F_SHAPE] & SHAPE_MASK)] & 2 != 0


@compiled
def paid_fen(image: Words, facts: Words, payment: int) -> int:
    """What was paid; missing where the amount is not recorded."""
    return facts[payment + image[w.H_PAYMENT_AMOUNT]]


@compiled
def paid_fact(image: Words, facts: Words, payment: int) -> int:
    """For which fact it was paid."""
    return facts[payment + image[w.H_PAYMENT_FACT]]


@compiled
def fact_id(facts: Words, out: Words, award: int) -> int:
    """The number of the award's fact."""
    return facts[out[award + w.O_FACT] + w.F_ID]


@compiled
def same_matter(image: Words, rule: int, facts: Words, out: Words, one: int, two: int) -> bool:
    """Whether two awards are one matter (同一事项): of one fact, or about one object."""
    first, second = out[one + w.O_FACT], out[two + w.O_FACT]
    if rule == w.SAME_OBJECT:
        about, other = object_of(image, facts, first), object_of(image, facts, second)
        if about != MISSING or other != MISSING:
            return about == other
    return first == second


@compiled
def object_of(image: Words, facts: Words, fact: int) -> int:
    """What a fact is about: product, project, plant."""
    slot = image[image[w.H_KINDS] + (facts[fact + w.F_SHAPE] >> w.KIND_SHIFT) * w.KIND + w.K_OBJECT]
    return facts[fact + slot] if slot > 0 else MISSING


@compiled
def bars(image: Words, facts: Words, out: Words, one: int, two: int) -> bool:
    """Whether the document of ``one`` bars giving both (就高不重复)."""
    measure, other = out[one + w.O_MEASURE], out[two + w.O_MEASURE]
    if image[measure + w.M_BARS] == 0:
        return False
    rule = image[measure + w.M_MATTER]
    if image[measure + w.M_DOCUMENT] == image[other + w.M_DOCUMENT]:
        if image[measure + w.M_REACH] == w.OTHER_DOCUMENTS or measure == other:
            return False
    elif rule == w.SAME_FACT:
        return out[one + w.O_FACT] == out[two + w.O_FACT]
    return same_matter(image, rule, facts, out, one, two)
