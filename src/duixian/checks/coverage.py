"""Coverage both ways (承接检查): every quantity of the text is bound by a rule or declared 非操作性, and the reverse.

Why: a figure that no rule takes up is money or a deadline that nobody will see; a figure that the text does not have is
money that nobody granted. Change one figure in the text, or one in a rule, and one of the two sides is left alone.

Example: the text gives 最高不超过50万元, the table has 40万元: 50万元 is unbound (text → rule) and 40万元 is absent (rule → text).
"""

from __future__ import annotations

from collections.abc import Iterator

from duixian.checks.anchor import Anchor, anchors_of
from duixian.checks.clause_text import ClauseText, read_clause_text
from duixian.checks.finding import finding
from duixian.errors import Problem
from duixian.rules.clause import Clause, NonOperative
from duixian.rules.policy import City, Policy
from duixian.source.quantities import NotAQuantity, read_quantity
from duixian.source.quantity import Quantity, QuantityKind


def check_coverage(city: City) -> list[Problem]:
    """Quantities of the text without a rule, and quantities of rules without text."""
    problems: list[Problem] = []
    for policy in city.policies:
        for clause in policy.clauses:
            problems += _text_to_rule(clause)
            problems += _rule_to_text(clause, policy)
    return problems


def _text_to_rule(clause: Clause) -> Iterator[Problem]:
    text = read_clause_text(clause.text)
    bound = {each for anchor in anchors_of(clause) for each in anchor.covered}
    # Between several equal quantities that a rule could mean, the rule is at fault: it is told to say which.
    open_ = {each for anchor in anchors_of(clause) for each in anchor.fitting}
    idle = {each for declared in clause.non_operative for each in declared_quantities(declared, text)}
    for quantity in text.quantities:
        if quantity not in bound | open_ | idle:
            yield _unbound(quantity, clause)
    for digits in text.unread:
        place = clause.place_of(digits.start, digits.end)
        yield finding("checks.digits-unread", place, digits.written, clause=clause.id)
    for declared in clause.non_operative:
        yield from _declaration(declared, clause, bound)


def _unbound(quantity: Quantity, clause: Clause) -> Problem:
    """A figure without a rule, beside the rules of its kind that are without a figure: often the two belong together."""
    alone = [
        anchor.binding.written
        for anchor in anchors_of(clause)
        if anchor.binding.kind == quantity.kind.value and not anchor.fitting and not anchor.binding.is_open
    ]
    return finding(
        "checks.quantity-unbound",
        clause.place_of(quantity.start, quantity.end),
        quantity.written,
        "、".join(dict.fromkeys(alone)) or "—",
        clause=clause.id,
        occurrence=str(quantity.occurrence),
    )


def declared_quantities(declared: NonOperative, text: ClauseText) -> tuple[Quantity, ...]:
    """The quantities of the text that a 非操作性 entry means: one quantity (with ``#``), or those inside its phrase."""
    try:
        reading = read_quantity(declared.written)
    except NotAQuantity:
        spans = text.span_of(declared.written)
        inside = [
            each
            for each in text.quantities
            for start, end in spans
            if start <= each.start and each.end <= end
        ]
        return tuple(inside) if len(spans) == 1 else ()
    equal = [each for each in text.quantities if each.key == reading.key]
    chosen = [each for each in equal if reading.occurrence in (None, each.occurrence)]
    return tuple(chosen) if len(chosen) == 1 else ()


def _declaration(declared: NonOperative, clause: Clause, bound: set[Quantity]) -> Iterator[Problem]:
    """A 非操作性 entry must mean quantities of the text, and none that a rule takes up."""
    quantities = declared_quantities(declared, read_clause_text(clause.text))
    if not quantities:
        yield finding("checks.declared-absent", declared.place, declared.written, clause=clause.id)
    elif bound.issuperset(quantities):
        yield finding(
            "checks.declared-and-bound",
            declared.place,
            declared.written,
            clause=clause.id,
            reason=declared.reason,
        )


def _rule_to_text(clause: Clause, policy: Policy) -> Iterator[Problem]:
    for anchor in anchors_of(clause):
        if not anchor.named and not anchor.binding.is_open:
            if not _names_the_document(anchor, policy):
                yield _absent(anchor, clause)
        elif len(anchor.fitting) > 1 and not anchor.covered:
            yield finding(
                "checks.binding-ambiguous",
                anchor.binding.place,
                anchor.binding.written,
                "、".join(f"{each.written}#{each.occurrence}" for each in anchor.fitting),
                clause=clause.id,
                row=anchor.binding.row,
                count=str(len(anchor.equal)),
            )


def _names_the_document(anchor: Anchor, policy: Policy) -> bool:
    """Whether it is the document's own number, said at its head and repeated by every later 文件 block."""
    return anchor.binding.kind == QuantityKind.DOCUMENT.value and any(
        other.named and other.binding.value == anchor.binding.value
        for clause in policy.clauses
        for other in anchors_of(clause)
    )


def _absent(anchor: Anchor, clause: Clause) -> Problem:
    binding = anchor.binding
    same_kind = [
        each.written for each in read_clause_text(clause.text).quantities if each.kind.value == binding.kind
    ]
    return finding(
        "checks.quantity-absent",
        binding.place,
        binding.written,
        "、".join(dict.fromkeys(same_kind)) or "—",
        clause=clause.id,
        row=binding.row,
        count=str(len(anchor.equal)),
    )
