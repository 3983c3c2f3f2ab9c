"""What anybody may do with the lists of a round (名单办理): upload, look, take over, undo."""

from __future__ import annotations

import random
from dataclasses import dataclass

from duixian.office.registry.models import Roster
from duixian.office.registry.rosters.commit import commit
from duixian.office.registry.rosters.preview import preview
from duixian.office.registry.rosters.undo import undo
from duixian.office.registry.rosters.upload import upload
from tests.office.at_once.town import Round, Town

ISSUER, NUMBER = "省工信厅", "苏工信〔2026〕1号"


@dataclass(frozen=True, slots=True)
class ImportDesk:
    """Two lists that say otherwise of the same facts (名单)."""

    town: Town
    round: Round

    def upload(self, chance: random.Random) -> object:
        """Bring one of the lists, under any name: the same content is the same list."""
        content, name = chance.choice(self.round.lists), f"名单{chance.randint(1, 3)}.csv"
        return upload(
            self.town.people.city, content, name, kind="认定", title="名单", issuer=ISSUER, document_number=NUMBER
        )  # fmt: skip

    def preview(self, chance: random.Random) -> object:
        """Look at one."""
        return preview(self.town.people.city, self._some(chance))

    def commit(self, chance: random.Random) -> object:
        """Take one over."""
        return commit(self.town.people.second_city, self._some(chance))

    def undo(self, chance: random.Random) -> object:
        """Undo one."""
        return undo(self.town.people.city, self._some(chance), "误传")

    def _some(self, chance: random.Random) -> int:
        """One of the last two."""
        found = list(Roster.objects.order_by("-pk").values_list("pk", flat=True)[:2])
        return chance.choice(found) if found else 2**40
