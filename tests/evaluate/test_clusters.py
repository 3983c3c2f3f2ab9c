"""Awards that can influence each other are settled together, all others apart."""

from __future__ import annotations

from duixian.evaluate.candidate import Candidate
from duixian.evaluate.clusters import clusters
from duixian.evaluate.rulebook import RuleBook
from duixian.rules.fact import Fact
from duixian.rules.measure import Ladder, Limit, Measure, Promotion
from tests.evaluate.build import KINDS, award, city, measure, policy, row

FIELDS = {name: kind.object_field for name, kind in KINDS.items()}


def free(id_: str) -> Measure:
    return measure(id_, (row(f"{id_}a", 5, 称号="小巨人"),))


def limited(id_: str) -> Measure:
    return measure(id_, (row(f"{id_}a", 5, 称号="小巨人"),), limits=(Limit(("企业",), max_count=1),))


def rung(id_: str, name: str) -> Measure:
    ladder = Ladder(name, ("企业",), Promotion.FULL, frozenset([f"{id_}a"]))
    return measure(id_, (row(f"{id_}a", 5, 称号="小巨人"),), ladders=(ladder,))


def apart(*pairs: tuple[Measure, Fact]) -> list[str]:
    """The clusters, each as the letters of its facts."""
    programs = {
        each.measure.id: each
        for each in RuleBook(city(policy(*{one.id: one for one, _ in pairs}.values()))).programs
    }
    candidates = [Candidate(programs[one.id], about) for one, about in pairs]
    return ["".join(each.fact.id for each in cluster) for cluster in clusters(candidates, FIELDS)]


F, G, H = (award(name, "小巨人") for name in "FGH")


def test_no_awards_make_no_cluster() -> None:
    assert apart() == []
    assert clusters([], FIELDS) == []


def test_awards_without_anything_in_common_stand_apart() -> None:
    assert apart((free("1"), F)) == ["F"]
    assert apart((free("1"), F), (free("1"), G)) == ["F", "G"]
    assert apart((free("1"), F), (free("2"), G), (free("3"), H)) == ["F", "G", "H"]


def test_one_fact_under_two_measures_is_one_cluster() -> None:
    assert apart((free("1"), F), (free("2"), G), (free("3"), F)) == ["FF", "G"]


def test_one_object_ties_two_facts() -> None:
    one, two = award("J", "小巨人", 对象="甲"), award("K", "小巨人", 对象="甲")
    other = award("L", "小巨人", 对象="乙")
    assert apart((free("1"), one), (free("2"), other), (free("3"), two)) == ["JK", "L"]


def test_a_limit_ties_all_awards_of_its_measure() -> None:
    assert apart((limited("1"), F), (free("2"), G), (limited("1"), H)) == ["FH", "G"]
    assert apart((limited("1"), F), (limited("2"), G)) == ["F", "G"]


def test_a_ladder_ties_the_measures_that_share_it() -> None:
    assert apart((rung("1", "梯度"), F), (rung("2", "梯度"), G), (rung("3", "另一梯度"), H)) == ["FG", "H"]


def test_ties_go_on_from_award_to_award() -> None:
    one, two, three = (
        award(name, "小巨人", 对象=about) for name, about in (("J", "甲"), ("K", "甲"), ("L", "乙"))
    )
    assert apart((free("1"), one), (limited("2"), three), (limited("2"), two)) == ["JLK"]
    pairs = ((free("1"), F), (free("2"), three), (limited("3"), three), (limited("3"), F), (free("4"), H))
    assert apart(*pairs) == ["FLLF", "H"]
