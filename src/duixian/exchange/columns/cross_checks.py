"""What rows of different tables say of each other (表间核对): told as ``read_facts`` tells it, for a whole block at once.

A reference that leads to no fact, a name that is another enterprise's, an enterprise that no table describes: each is looked for
in whole columns, and only what is found is looked at row by row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from duixian.errors import Place
from duixian.exchange.columns.code_order import first_rows, places_in
from duixian.exchange.columns.codes import CODE_TYPE, Codes
from duixian.exchange.columns.differing_names import tell_differing
from duixian.exchange.columns.findings_by_line import FindingsByLine
from duixian.exchange.columns.kind_rows import KindRows
from duixian.exchange.columns.loose_references import tell_loose
from duixian.exchange.columns.unlisted import tell_unlisted
from duixian.exchange.tables.roles import Roles
from duixian.rules.policy import City


@dataclass(frozen=True, slots=True)
class Enterprises:
    """Who is in a block (块内企业): all codes, rising; for each kind the place of every row's enterprise among them.

    ``unlisted`` are the places of those that no row describes.
    """

    codes: Codes
    of_rows: Mapping[str, npt.NDArray[np.int64]]
    unlisted: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CrossChecks:
    """Checks the rows of a block against each other (表间核对). ``places`` are those of the tables that were read."""

    city: City
    roles: Mapping[str, Roles]
    places: Sequence[Place]
    has_subjects: bool
    findings: FindingsByLine

    def check(self, rows: Mapping[str, KindRows]) -> Enterprises:
        """Tell what does not go together in a block, and who is in it."""
        subject = self.city.vocabulary.subject.name
        enterprises = _enterprises(rows, subject)
        facts = {kind: each for kind, each in rows.items() if kind != subject}
        tell_loose(facts, enterprises.of_rows, self.roles, self.places, self.findings)
        if subject in rows:
            tell_differing(
                rows[subject],
                facts,
                enterprises.of_rows,
                self.roles,
                self.city.region,
                self.places,
                self.findings,
            )
        if self.has_subjects and len(enterprises.unlisted):
            tell_unlisted(
                facts, enterprises.of_rows, enterprises.unlisted, self.roles, self.places, self.findings
            )
        return enterprises


def _enterprises(rows: Mapping[str, KindRows], subject: str) -> Enterprises:
    known = rows[subject].codes if subject in rows else np.empty(0, CODE_TYPE)
    starts = {kind: first_rows(each.codes, are_sorted=True) for kind, each in rows.items() if kind != subject}
    first = {kind: rows[kind].codes[each] for kind, each in starts.items()}
    places = {kind: places_in(codes, known) for kind, codes in first.items()}
    unlisted = np.unique(np.concatenate([known[:0], *(first[kind][places[kind] < 0] for kind in first)]))
    codes = known
    if len(unlisted):
        codes = np.union1d(known, unlisted)
        places = {kind: places_in(each, codes) for kind, each in first.items()}
    of_rows = {
        kind: np.repeat(places[kind], np.diff(each, append=len(rows[kind]))) for kind, each in starts.items()
    }
    if subject in rows:
        of_rows[subject] = places_in(known, codes) if len(unlisted) else np.arange(len(known))
    return Enterprises(codes, of_rows, places_in(unlisted, codes))
