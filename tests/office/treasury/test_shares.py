"""Shares: the rule of the text for whatever is paid; what nobody knows is not guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.office.refusal import Clash
from duixian.office.runs.models import StoredDetermination
from duixian.office.treasury.shares import Share, share_of
from duixian.rules.policy import Remainder
from tests.office.treasury.world import COUNTY, OPEN_AREA, World


@pytest.mark.django_db
def test_the_text_shares_three_to_seven_and_the_county_bears_the_fen_left_over(world: World) -> None:
    share = share_of(world.award(100_00))
    assert share.ratio == (3, 7)
    assert share.area == COUNTY
    assert share.split(99) == (29, 70)


@pytest.mark.django_db
def test_a_park_shares_as_the_county_around_it(world: World) -> None:
    assert share_of(world.award(100_00, area="东海经济开发区")).area == COUNTY


@pytest.mark.django_db
def test_where_the_fiscal_table_is_empty_the_share_is_unknown(world: World) -> None:
    with pytest.raises(Clash) as refused:
        share_of(world.award(100_00, area=OPEN_AREA))
    assert refused.value.code == "share-unknown"
    assert refused.value.facts["basis"] == "现行财政体制"


@pytest.mark.django_db
def test_an_award_without_an_area_has_no_known_share(world: World) -> None:
    with pytest.raises(Clash) as refused:
        share_of(world.award(100_00, area=""))
    assert refused.value.code == "share-unknown"


@pytest.mark.django_db
def test_a_rule_that_would_not_give_what_was_determined_is_not_used(world: World) -> None:
    award = world.award(100_00)
    said = award.determination
    other = StoredDetermination(
        run=world.run, position=900, enterprise=said.enterprise, area=said.area, document=said.document, clause=said.clause,
        measure_id=said.measure_id, fact_kind=said.fact_kind, fact=said.fact, outcome=said.outcome, reason=said.reason,
        amount_fen=100_00, city_fen=50_00, county_fen=50_00, basis="5:5",
    )  # fmt: skip
    other.save()
    award.determination = other
    with pytest.raises(Clash) as refused:
        share_of(award)
    assert refused.value.code == "share-differs"


@given(
    st.integers(0, 10**12),
    st.tuples(st.integers(0, 20), st.integers(0, 20)).filter(any),
    st.sampled_from(Remainder),
)
def test_the_parts_add_up_to_the_fen(fen: int, ratio: tuple[int, int], remainder: Remainder) -> None:
    city, county = Share(ratio, remainder, "", "").split(fen)
    assert city + county == fen
    assert city >= 0
    assert county >= 0
