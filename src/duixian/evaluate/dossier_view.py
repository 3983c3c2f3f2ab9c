"""A dossier laid out for deciding: facts known on the day, by kind, in the order of time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from duixian.rules.fact import Dossier, Fact, Value
from duixian.rules.vocabulary import FactKind

DAY_ZERO = date.min


def fact_order(fact: Fact, date_field: str) -> tuple[date, str]:
    """The order of facts in time: by date, then id; facts without a date come first."""
    day = fact.values.get(date_field)
    return (day if isinstance(day, date) else DAY_ZERO, fact.id)


class DossierView:
    """One enterprise's facts as known on a day (一企一档的视图). Facts after that day trigger nothing and prove nothing."""

    __slots__ = ("as_of", "by_kind", "by_title", "code", "later", "subject")

    def __init__(self, dossier: Dossier, kinds: Mapping[str, FactKind], as_of: date) -> None:
        self.code = dossier.code
        self.subject: Mapping[str, Value] = dossier.subject
        self.as_of = as_of
        self.by_kind: dict[str, list[Fact]] = {}
        self.later: list[Fact] = []
        for fact in dossier.facts:
            day = fact.values.get(kinds[fact.kind].date_field)
            if isinstance(day, date) and day > as_of:
                self.later.append(fact)
            elif fact.kind in self.by_kind:
                self.by_kind[fact.kind].append(fact)
            else:
                self.by_kind[fact.kind] = [fact]
        self.later.sort(key=lambda fact: fact_order(fact, kinds[fact.kind].date_field))
        self.by_title: dict[tuple[str, Value], list[Fact]] = {}
        for kind, facts in self.by_kind.items():
            if len(facts) > 1:
                date_field = kinds[kind].date_field
                facts.sort(key=lambda fact: fact_order(fact, date_field))
            title_field = kinds[kind].title_field
            if title_field:
                for fact in facts:
                    self.by_title.setdefault((kind, fact.values.get(title_field, "")), []).append(fact)
