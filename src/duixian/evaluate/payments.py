"""Payments already made (已兑付), read from the dossier and led back to the measures and facts that they paid."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from duixian.evaluate.dossier_view import DossierView
from duixian.rules import house_words as words
from duixian.rules.measure import Measure
from duixian.rules.payment import clause_key, document_key, names_measure


class Payment(NamedTuple):
    """One payment (已兑付): which document and clause paid how many fen for which fact."""

    id: str
    document: str
    clause: str
    matter: str
    fact: str
    amount: int
    day: date | None


def payments_of(view: DossierView) -> tuple[Payment, ...]:
    """All payments of the dossier that carry an amount; one without (待核) is refused when tables are read."""
    return tuple(
        Payment(
            fact.id,
            document_key(str(fact.values.get(words.PAYMENT_DOCUMENT, ""))),
            clause_key(str(fact.values.get(words.PAYMENT_CLAUSE, ""))),
            str(fact.values.get(words.PAYMENT_MATTER, "")),
            str(fact.values.get(words.PAYMENT_FACT, "")),
            amount,
            day if isinstance(day := fact.values.get(words.PAYMENT_DATE), date) else None,
        )
        for fact in view.by_kind.get(words.PAYMENT, ())
        if isinstance(amount := fact.values.get(words.PAYMENT_AMOUNT), int)
    )


def is_paid_under(payment: Payment, measure: Measure) -> bool:
    """Whether a payment was made under this measure: same document and clause, and the same matter where it is named."""
    return names_measure(payment.document, payment.clause, payment.matter, measure)
