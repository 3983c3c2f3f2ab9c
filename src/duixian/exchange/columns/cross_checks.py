"""What rows of different tables say of each other (表间核对): told as ``read_facts`` tells it, for a whole block at once.

A reference that leads to no fact, a name that is another enterprise's, an enterprise that no table describes: each is looked for
in whole columns, and only what is found is looked at row by row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from duixian.errors import Place
from duixian.exchange.columns.differing_names import tell_differing
from duixian.exchange.columns.enterprises import Enterprises, enterprises_of
from duixian.exchange.columns.findings_by_line import FindingsByLine
from duixian.exchange.columns.kind_rows import KindRows
from duixian.exchange.columns.loose_references import tell_loose
from duixian.exchange.columns.unlisted import tell_unlisted
from duixian.exchange.tables.roles import Roles
from duixian.rules.policy import City


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
        enterprises = enterprises_of(rows, subject)
        facts = {kind: each for kind, each in rows.items() if kind != subject}
        tell_loose(facts, enterprises, self.roles, self.places, self.findings)
        if subject in rows:
            region = self.city.region
            tell_differing(rows[subject], facts, enterprises, self.roles, region, self.places, self.findings)
        if self.has_subjects and len(enterprises.unlisted):
            tell_unlisted(facts, enterprises, self.roles, self.places, self.findings)
        return enterprises
