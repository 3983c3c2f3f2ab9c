"""Where the quantities of rules stand in the text (定位): every binding with the places of its clause that it can mean.

A binding fits a quantity of its clause's text when kind and value are equal, when it is the occurrence that ``#2`` asks
for, and when the words that belong to it stand in the same sentence. A binding without ``#`` must fit exactly one: of
two equal quantities none may be taken for the other. 一次性 alone is a word and not a figure: its flag means every one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from duixian.checks.clause_text import ClauseText, read_clause_text
from duixian.rules.clause import Binding, Clause
from duixian.source.quantity import Quantity, QuantityKind


@dataclass(frozen=True, slots=True)
class Anchor:
    """A binding in its clause (承接的位置): the equal quantities, those that ``#`` allows, those beside its words."""

    binding: Binding
    equal: tuple[Quantity, ...]
    named: tuple[Quantity, ...]
    fitting: tuple[Quantity, ...]

    @property
    def quantity(self) -> Quantity | None:
        """The one quantity that the binding means; None when there is none or when it could be several."""
        return self.fitting[0] if len(self.fitting) == 1 else None

    @property
    def covered(self) -> tuple[Quantity, ...]:
        """The quantities of the text that the binding takes up."""
        if self.binding.kind == QuantityKind.ONE_OFF.value:
            return self.named
        return self.fitting if len(self.fitting) == 1 else ()


@lru_cache(maxsize=1024)
def anchors_of(clause: Clause) -> tuple[Anchor, ...]:
    """The anchors of a clause's bindings, in the order of the rules."""
    text = read_clause_text(clause.text)
    return tuple(_anchor(binding, text) for binding in clause.bindings)


def _anchor(binding: Binding, text: ClauseText) -> Anchor:
    equal = tuple(
        each for each in text.quantities if each.kind.value == binding.kind and each.value == binding.value
    )
    named = tuple(each for each in equal if binding.occurrence in (None, each.occurrence))
    fitting = tuple(each for each in named if not missing_words(binding, each, text))
    return Anchor(binding, equal, named, fitting)


def missing_words(binding: Binding, quantity: Quantity, text: ClauseText) -> tuple[str, ...]:
    """Of each group of words that must stand beside the quantity and does not: its first form."""
    sentence = text.sentence_at(quantity.start)
    return tuple(group[0] for group in binding.words if not any(text.says(form, sentence) for form in group))
