"""Random dossiers in a city's own words, fast: a hundred thousand in seconds, so that engines can be held against each other.

All that can be prepared is prepared once for a city (:mod:`tests.engines.pools`): a fact is then one draw from each pool.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from duixian.rules.fact import Dossier, Fact, Value
from duixian.rules.house_words import PAYMENT
from duixian.rules.measure import Measure
from duixian.rules.policy import City
from tests.engines.lot import Lot
from tests.engines.pools import IN_FORCE, LAST, MISSING, REFERENCE, STRANGER, Pools, Sketch
from tests.engines.vocabularies import CODE, ID

# Ids whose order is neither that of their drawing nor that of numbers: bytes decide.
IDS = ("Z", *(f"{head}{number}" for number in range(8) for head in ("F", "F1", "f", "Ｆ", "号-")))
STEPS = (1, 7, 11, 16, 23)
FACT_COUNTS = (
    [0] * 3 + [1] * 14 + [2] * 19 + [3] * 18 + [4] * 14 + [5] * 11 + [6] * 8 + [7] * 6 + [8] * 5 + [12, 20]
)
COPY, RAGGED, SAME_ID, NO_SUBJECT, ALIKE = 14, 12, 6, 4, 20
"""How often, in a hundred: a fact repeats the one before, loses fields, takes another kind's number; an enterprise is not described, has
facts of one measure only."""


@dataclass(frozen=True)
class _Focus:
    """What a dossier may be about: one measure's own facts, and those that it looks for."""

    kind: str
    rows: tuple[Sketch, ...]
    smooth: tuple[Sketch, ...]
    proofs: tuple[Sketch, ...]
    payments: tuple[Sketch, ...]


class DossierMaker:
    """Makes dossiers for one city; ``days`` are those on which it pays to decide."""

    def __init__(self, lot: Lot, city: City) -> None:
        self.lot, self.city = lot, city
        self._pools = Pools(lot, city)
        kinds = city.vocabulary.kinds
        self._strangers = [
            self._pools.sketch(kind)
            for kind in kinds.values()
            if not kind.is_subject and kind.name != PAYMENT
        ]
        self._subject = self._pools.sketch(city.vocabulary.subject)
        self._foci = [self._focus(measure) for measure in city.measures]
        self.days = (LAST, LAST, LAST, lot.of(self._pools.days), max(lot.of(self._pools.days), IN_FORCE))

    def _focus(self, measure: Measure) -> _Focus:
        kind, pools = self.city.vocabulary.kinds[measure.kind], self._pools
        proofs = [pools.kinds[name] for name in pools.wanted.proofs[measure.id] if name != PAYMENT]
        return _Focus(
            measure.kind,
            tuple(pools.sketch(kind, row) for row in measure.rows),
            tuple(pools.sketch(kind, row, is_smooth=True) for row in measure.rows),
            tuple(pools.sketch(each) for each in proofs for _ in range(2)),
            tuple(pools.payment(measure) for _ in range(2)) if PAYMENT in pools.kinds else (),
        )

    def dossiers(self, count: int, first: int = 0, *, crowd: int = 0) -> tuple[Dossier, ...]:
        """So many dossiers of enterprises with different codes; ``crowd`` asks for so many facts of one measure in each."""
        return tuple(self._dossier(f"91320700{first + place:09}X", crowd) for place in range(count))

    def _dossier(self, code: str, crowd: int) -> Dossier:
        lot = self.lot
        foci = (
            [lot.of(self._foci)] if crowd or lot.random() < 0.6 else [lot.of(self._foci), lot.of(self._foci)]
        )
        if not crowd and lot.random() * 100 < ALIKE:
            crowd = lot.randint(3, 8)
        sketches = self._crowd(foci[0], crowd) if crowd else self._sketches(foci)
        start, step = int(lot.random() * len(IDS)), lot.of(STEPS)
        ids = [IDS[(start + place * step) % len(IDS)] for place in range(len(sketches))]
        facts: list[Fact] = []
        for sketch, id_ in zip(sketches, ids, strict=True):
            facts.append(self._fact(sketch, id_, code, ids, facts))
        self._pay(facts, foci, code)
        if lot.random() < 0.5:
            lot.shuffle(facts)
        return Dossier(code, f"企业{code[-6:-1]}", self._described(code), tuple(facts))

    def _sketches(self, foci: Sequence[_Focus]) -> list[Sketch]:
        lot, found = self.lot, []
        for _ in range(FACT_COUNTS[int(lot.random() * len(FACT_COUNTS))]):
            focus, at = foci[int(lot.random() * len(foci))], lot.random()
            if at < 0.24 and focus.proofs:
                found.append(lot.of(focus.proofs))
            elif at < 0.30:
                found.append(lot.of(self._strangers))
            elif at < 0.38:
                found.append(lot.of(lot.of(self._foci).rows))
            else:
                found.append(lot.of(focus.rows))
        return found

    def _crowd(self, focus: _Focus, count: int) -> list[Sketch]:
        """Facts of one measure, most of them with nothing in their way: there the choice between awards is hard."""
        return [self.lot.of(focus.smooth if self.lot.random() < 0.8 else focus.rows) for _ in range(count)]

    def _fact(self, sketch: Sketch, id_: str, code: str, ids: Sequence[str], before: Sequence[Fact]) -> Fact:
        lot, (kind, pools) = self.lot, sketch
        last = before[-1] if before else None
        if (
            last is not None
            and lot.random() * 100 < SAME_ID
            and last.kind != kind
            and _is_free(last.id, kind, before)
        ):
            id_ = last.id
        if last is not None and last.kind == kind and lot.random() * 100 < COPY:
            values = dict(last.values)
            values[ID] = id_
            # The same again but for one field: ties, and rivals that differ in a single thing.
            again = [lot.of(pools)] if pools and lot.random() < 0.6 else []
        else:
            values, again = {ID: id_, CODE: code}, pools
        draw = lot.random
        for name, pool in again:
            drawn = pool[int(draw() * len(pool))]
            if drawn is REFERENCE:
                values[name] = lot.of(ids) if draw() < 0.88 else STRANGER
            elif drawn is not MISSING:
                values[name] = drawn  # type: ignore[assignment]
            else:
                values.pop(name, None)
        if draw() * 100 < RAGGED and pools:
            values.pop(lot.of(pools)[0], None)
            values.pop(lot.of(pools)[0], None)
        return Fact(kind, id_, code, values)

    def _pay(self, facts: list[Fact], foci: Sequence[_Focus], code: str) -> None:
        """Now and then payments: for facts of the measure mostly, for others, for facts nobody knows."""
        lot = self.lot
        if lot.random() < 0.62:
            return
        taken = {each.id for each in facts if each.kind == PAYMENT}
        ids = [each.id for each in facts]
        for place in range(lot.of((1, 1, 1, 2, 3))):
            focus = lot.of(foci) if lot.random() < 0.8 else lot.of(self._foci)
            if not focus.payments:
                return
            own = [each.id for each in facts if each.kind == focus.kind]
            # A payment may bear the number of a fact of another kind.
            id_ = lot.of(ids) if ids and lot.random() < 0.15 else f"Z{place}"
            if id_ in taken:
                continue
            taken.add(id_)
            about = own if own and lot.random() < 0.9 else ids or [STRANGER]
            facts.append(self._fact(lot.of(focus.payments), id_, code, about, ()))

    def _described(self, code: str) -> dict[str, Value]:
        if self.lot.random() * 100 < NO_SUBJECT:
            return {}
        values = dict(self._fact(self._subject, "", code, (), ()).values)
        del values[ID]
        return values


def _is_free(id_: str, kind: str, facts: Sequence[Fact]) -> bool:
    return all(each.id != id_ or each.kind != kind for each in facts)
