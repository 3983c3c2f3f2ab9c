"""Random dossiers in a city's own words: plausible and not, complete and not, around its sums and days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from hypothesis import strategies as st

from duixian.rules.fact import Dossier, Fact, Value
from duixian.rules.measure import Measure
from duixian.rules.policy import City
from duixian.rules.vocabulary import Field, FieldType, Round
from tests.laws.words import Sketch, Words, words_of

CODE = "91320700TEST00001X"
OBJECTS = ("甲", "乙")
STRANGER = "他处"
Strategy = st.SearchStrategy[Value]


@dataclass(frozen=True)
class Cells:
    """What may stand in the cells of a city's facts, by field type and by field."""

    words: Words
    by_type: Mapping[FieldType, Strategy]

    def of(self, field: Field, ids: Sequence[str]) -> Strategy:
        if field.type is FieldType.IDENTIFIER:
            return st.sampled_from((*ids, STRANGER))
        if field.type is FieldType.OPTION:
            return st.sampled_from(field.options or OBJECTS)
        if field.type is FieldType.OPTIONS:
            return st.lists(
                st.sampled_from(field.options or OBJECTS), min_size=1, max_size=3, unique=True
            ).map(tuple)
        return self.by_type[field.type]


def cells_of(city: City) -> Cells:
    words = words_of(city)
    vocabulary = city.vocabulary
    grades = sorted({name for title in vocabulary.titles.values() for rank in title.grades for name in rank})
    return Cells(
        words,
        {
            FieldType.MONEY: st.sampled_from(words.sums or (1,)) | st.integers(1, 6_000_000_000),
            FieldType.DATE: st.sampled_from(words.days) | st.dates(date(2023, 6, 1), date(2029, 1, 31)),
            FieldType.YEAR: st.integers(2024, 2028),
            FieldType.COUNT: st.integers(0, 3),
            FieldType.FLAG: st.sampled_from((True, True, True, False)),
            FieldType.LEVEL: st.sampled_from(vocabulary.levels),
            FieldType.GRADE: st.sampled_from(grades),
            FieldType.ROUND: st.sampled_from([each.value for each in Round]),
            FieldType.TITLE: st.sampled_from(sorted(vocabulary.titles)),
            FieldType.AREA: st.sampled_from(sorted(city.region.areas)),
            FieldType.TEXT: st.sampled_from(OBJECTS),
            FieldType.CREDIT_CODE: st.just(CODE),
        },
    )


@st.composite
def facts(
    draw: st.DrawFn, cells: Cells, sketch: Sketch, id_: str, ids: Sequence[str], is_whole: bool = False
) -> Fact:
    """One fact, mostly as its sketch says, with a field or two missing now and then; a whole one exactly so."""
    kind = cells.words.city.vocabulary.kinds[sketch.kind]
    own_id = kind.field_of_type(FieldType.IDENTIFIER)
    values: dict[str, Value] = {own_id: id_}
    for name in (each for each in cells.words.fields[sketch.kind] if each != own_id):
        field = kind.fields[name]
        wanted = sketch.names.get(name)
        if field.type is FieldType.DATE and draw(st.integers(0, 3)):
            values[name] = draw(st.dates(sketch.first_day, sketch.last_day))
        elif wanted and (is_whole or draw(st.integers(0, 8))):
            chosen = draw(st.sampled_from(wanted))
            values[name] = (str(chosen),) if field.type is FieldType.OPTIONS else chosen
        else:
            values[name] = draw(cells.of(field, ids))
    optional = [name for name in values if name != own_id and not kind.fields[name].is_required]
    for _ in range(0 if is_whole else draw(st.sampled_from((0, 0, 0, 1, 1, 2)))):
        values.pop(draw(st.sampled_from(optional)), None)
    return Fact(sketch.kind, id_, CODE, values)


@st.composite
def dossiers(
    draw: st.DrawFn,
    cells: Cells,
    *,
    about: Sequence[Measure] = (),
    most_measures: int = 3,
    max_facts: int = 14,
    are_payments_whole: bool = False,
) -> Dossier:
    """A dossier about one to three measures: facts that they ask for, proofs, bars, strangers, and payments."""
    words = cells.words
    some = st.sampled_from(about or words.measures)
    focus = draw(st.lists(some, min_size=1, max_size=most_measures, unique_by=lambda each: each.id))
    near = list(chain.from_iterable(words.sketches[each.id] for each in focus))
    far = [] if draw(st.booleans()) else [*words.common, *chain.from_iterable(words.sketches.values())]
    either = st.sampled_from(near) | st.sampled_from((*near, *far))
    sketches = draw(st.lists(either, min_size=1, max_size=max_facts))
    paid = [] if draw(st.integers(0, 2)) else draw(st.lists(st.sampled_from(focus), min_size=1, max_size=3))
    ids = [f"F{place:02}" for place in range(len(sketches))]
    found = [draw(facts(cells, sketch, id_, ids)) for sketch, id_ in zip(sketches, ids, strict=True)]
    for place, each in enumerate(paid):
        about_it = [id_ for sketch, id_ in zip(sketches, ids, strict=True) if sketch.kind == each.kind]
        found.append(draw(facts(cells, words.payments[each.id], f"Z{place}", about_it, are_payments_whole)))
    return Dossier(CODE, "某公司", draw(subjects(cells)), tuple(found))


@st.composite
def subjects(draw: st.DrawFn, cells: Cells) -> dict[str, Value]:
    """The enterprise's own fields, some of them missing."""
    kind = cells.words.city.vocabulary.subject
    return {
        name: draw(cells.of(kind.fields[name], ()))
        for name in cells.words.fields[kind.name]
        if draw(st.integers(0, 7))
    }


def without(dossier: Dossier, place: int, field: str) -> Dossier:
    """The dossier with one field of one fact missing."""
    fact = dossier.facts[place]
    values = {name: value for name, value in fact.values.items() if name != field}
    return with_fact(dossier, place, values)


def with_fact(dossier: Dossier, place: int, values: Mapping[str, Value]) -> Dossier:
    """The dossier with other values in one fact."""
    old = dossier.facts[place]
    fact = Fact(old.kind, old.id, old.enterprise, values)
    changed = (*dossier.facts[:place], fact, *dossier.facts[place + 1 :])
    return Dossier(dossier.code, dossier.name, dossier.subject, changed)
