"""Batches: α computed while a draft, published by another person, frozen then."""

from __future__ import annotations

import pytest

from duixian.office.awards.models import Award, State
from duixian.office.refusal import Clash, NotAllowed, NotThere, Refusal, Stale
from duixian.office.treasury.batches import (
    add_awards,
    compute_rate,
    make_batch,
    publish_rate,
    read_batch,
    take_out,
)
from duixian.office.treasury.models import BatchLine
from duixian.office.treasury.verify import verify
from tests.office.treasury.world import COUNTY, DOCUMENT, OPEN_AREA, OTHER_COUNTY, YEAR, World

pytestmark = pytest.mark.django_db


def _code(refused: pytest.ExceptionInfo[Refusal]) -> str:
    return refused.value.code


def test_without_a_list_all_approved_awards_of_the_document_come_in(world: World) -> None:
    waiting = [world.award(100_00), world.award(200_00)]
    world.award(300_00, state=State.ON_NOTICE)
    batch = make_batch(world.maker, title="批", document=DOCUMENT, year=YEAR)
    assert set(batch.lines.values_list("award", flat=True)) == {award.pk for award in waiting}


def test_enough_money_gives_the_rate_one(world: World) -> None:
    world.grant(60_00), world.grant(140_00, level="county", area=COUNTY)
    batch = world.published([world.award(100_00), world.award(100_00)])
    assert (batch.rate_numerator, batch.rate_denominator) == (1, 1)


def test_the_scarcer_of_two_budgets_decides_the_rate(world: World) -> None:
    world.grant(60_00), world.grant(70_00, level="county", area=COUNTY)
    batch = world.published([world.award(100_00), world.award(100_00)])
    assert (batch.rate_numerator, batch.rate_denominator) == (1, 2)
    assert (
        list(batch.lines.order_by("pk").values_list("payable_fen", "city_fen", "county_fen"))
        == [(50_00, 15_00, 35_00)] * 2
    )


def test_a_poor_county_lowers_the_rate_of_all(world: World) -> None:
    world.grant(1_000_00), world.grant(1_000_00, level="county", area=COUNTY)
    world.grant(7_00, level="county", area=OTHER_COUNTY)
    batch = world.published([world.award(100_00), world.award(100_00, area=OTHER_COUNTY)])
    assert (batch.rate_numerator, batch.rate_denominator) == (1, 10)


def test_a_budget_of_the_measure_goes_before_that_of_the_document(world: World) -> None:
    world.grant(1_000_00), world.grant(1_000_00, level="county", area=COUNTY)
    own = world.grant(15_00, measure_id="A09")
    batch = world.published([world.award(100_00)])
    assert batch.lines.get().city_budget == own
    assert (batch.rate_numerator, batch.rate_denominator) == (1, 2)


def test_without_a_budget_there_is_no_rate(world: World) -> None:
    world.grant(1_000_00)
    batch = make_batch(world.maker, title="批", document=DOCUMENT, year=YEAR, awards=[world.award(100_00).pk])
    with pytest.raises(Clash) as refused:
        compute_rate(world.maker, batch.pk)
    assert (_code(refused), refused.value.facts["area"]) == ("no-budget", COUNTY)


def test_where_shares_are_unknown_there_is_no_rate(world: World) -> None:
    world.grant(1_000_00)
    award = world.award(100_00, area=OPEN_AREA)
    batch = make_batch(world.maker, title="批", document=DOCUMENT, year=YEAR, awards=[award.pk])
    with pytest.raises(Clash) as refused:
        compute_rate(world.maker, batch.pk)
    assert _code(refused) == "share-unknown"


def test_who_makes_a_batch_does_not_publish_it(world: World) -> None:
    world.grant(1_000_00), world.grant(1_000_00, level="county", area=COUNTY)
    batch = make_batch(
        world.finance, title="批", document=DOCUMENT, year=YEAR, awards=[world.award(100_00).pk]
    )
    compute_rate(world.finance, batch.pk)
    with pytest.raises(NotAllowed) as refused:
        publish_rate(world.finance, batch.pk)
    assert _code(refused) == "own-entry"


def test_a_rate_that_money_has_overtaken_is_not_published(world: World) -> None:
    world.grant(15_00), world.grant(1_000_00, level="county", area=COUNTY)
    batch = make_batch(world.maker, title="批", document=DOCUMENT, year=YEAR, awards=[world.award(100_00).pk])
    compute_rate(world.maker, batch.pk)
    world.grant(15_00)
    with pytest.raises(Clash) as refused:
        publish_rate(world.publisher, batch.pk)
    assert _code(refused) == "rate-outdated"
    compute_rate(world.maker, batch.pk)
    assert publish_rate(world.publisher, batch.pk).rate_denominator == 1


def test_what_is_published_is_promised_and_no_second_batch_may_have_it(world: World) -> None:
    world.grant(30_00), world.grant(1_000_00, level="county", area=COUNTY)
    world.published([world.award(100_00)])
    other = make_batch(world.maker, title="批", document=DOCUMENT, year=YEAR, awards=[world.award(100_00).pk])
    with pytest.raises(Clash) as refused:
        compute_rate(world.maker, other.pk)
    assert _code(refused) == "no-money"


def test_a_published_batch_is_frozen(world: World) -> None:
    world.grant(1_000_00), world.grant(1_000_00, level="county", area=COUNTY)
    batch = world.published([world.award(100_00)])
    with pytest.raises(Clash) as refused:
        compute_rate(world.maker, batch.pk)
    assert _code(refused) == "not-draft"
    with pytest.raises(Clash):
        add_awards(world.maker, batch.pk, [world.award(1_00).pk])


def test_an_award_is_in_one_batch_only(world: World) -> None:
    award = world.award(100_00)
    make_batch(world.maker, title="批", document=DOCUMENT, year=YEAR, awards=[award.pk])
    with pytest.raises(Clash) as refused:
        make_batch(world.maker, title="批", document=DOCUMENT, year=YEAR, awards=[award.pk])
    assert _code(refused) == "already-in-batch"


def test_only_approved_awards_come_into_a_batch(world: World) -> None:
    award = world.award(100_00, state=State.NOTICE_ENDED)
    with pytest.raises(Clash) as refused:
        make_batch(world.maker, title="批", document=DOCUMENT, year=YEAR, awards=[award.pk])
    assert _code(refused) == "award-not-approved"


def test_an_award_taken_out_leaves_the_rate_open_again(world: World) -> None:
    world.grant(1_000_00), world.grant(1_000_00, level="county", area=COUNTY)
    first, second = world.award(100_00), world.award(100_00)
    batch = make_batch(world.maker, title="批", document=DOCUMENT, year=YEAR, awards=[first.pk, second.pk])
    compute_rate(world.maker, batch.pk)
    assert take_out(world.maker, batch.pk, first.pk, reason="材料更正").rate_numerator is None
    assert BatchLine.objects.get().award == second


def test_a_correction_after_publishing_needs_another_batch(world: World) -> None:
    world.grant(1_000_00), world.grant(1_000_00, level="county", area=COUNTY)
    award = world.award(100_00)
    batch = world.published([award])
    Award.objects.filter(pk=award.pk).update(approved_fen=90_00)
    take_out(world.maker, batch.pk, award.pk, reason="金额更正")
    award.refresh_from_db()
    world.show(award)
    assert len(world.ordered([award]).orders) == 2
    assert verify() == []


def test_the_residue_goes_fen_by_fen_and_the_sum_is_exact(world: World) -> None:
    world.grant(1_000_00), world.grant(1_000_00, level="county", area=COUNTY)
    world.grant(1, measure_id="A09", level="city")
    batch = make_batch(
        world.maker,
        title="批",
        document=DOCUMENT,
        year=YEAR,
        awards=[world.award(fen).pk for fen in (7, 7, 7)],
    )
    batch = compute_rate(world.maker, batch.pk)
    lines = list(batch.lines.order_by("pk"))
    assert batch.rate_numerator is not None
    assert batch.rate_denominator is not None
    assert sum(line.payable_fen or 0 for line in lines) == 21 * batch.rate_numerator // batch.rate_denominator
    assert sum(line.city_fen or 0 for line in lines) <= 1


def test_a_version_that_has_passed_is_stale(world: World) -> None:
    world.grant(1_000_00), world.grant(1_000_00, level="county", area=COUNTY)
    batch = make_batch(world.maker, title="批", document=DOCUMENT, year=YEAR, awards=[world.award(100_00).pk])
    with pytest.raises(Stale):
        compute_rate(world.maker, batch.pk, version=7)


def test_an_enterprise_sees_no_batch_and_an_auditor_sees_what_there_is(world: World) -> None:
    with pytest.raises(NotAllowed):
        read_batch(world.enterprise, 1)
    with pytest.raises(NotThere):
        read_batch(world.auditor, 1)
