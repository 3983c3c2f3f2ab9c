"""Awards, notices and time limits over the API: one way from a run to an approval, and what is told to whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import User
from duixian.office.accounts.tokens import issue
from duixian.office.awards.models import Award
from tests.office.awards.scene import APPLIED, DOCUMENT, NAME, SCORED, Scene, staged

pytestmark = pytest.mark.django_db
ACCOUNT = {"holder": NAME, "bank": "某银行东海支行", "number": "3200123456789012"}


@pytest.fixture
def scene(make_user: Callable[..., User]) -> Iterator[Scene]:
    with staged(make_user) as found:
        yield found


def ask(actor: Actor, method: str, path: str, body: Any = None, **headers: str) -> Any:
    token = issue(actor, "test").text
    client = Client(headers={"authorization": f"Bearer {token}", "host": "localhost"} | headers)
    given = {"content_type": "application/json"} | ({"data": body} if body is not None else {})
    return getattr(client, method)(f"/api/v1{path}", **(given if method != "get" else {"data": body or {}}))


def done(actor: Actor, path: str, body: Any = None, **headers: str) -> Any:
    answer = ask(actor, "post", path, {} if body is None else body, **headers)
    assert answer.status_code in (200, 201, 204), answer.content.decode()
    return answer.json() if answer.content else None


def test_the_whole_way_from_a_run_to_an_approval(scene: Scene) -> None:
    people = scene.people
    scene.determination()
    assert done(people.city, f"/runs/{scene.run.pk}/awards") == {"opened": 1, "differences": 0}
    (award,) = ask(people.enterprise, "get", "/awards").json()["items"]
    path = f"/awards/{award['id']}"
    done(people.enterprise, f"{path}/account", ACCOUNT)
    done(people.enterprise, f"{path}/accept")
    done(people.county, f"{path}/county-check", {"reason": "材料齐全"})
    assert done(people.city, f"{path}/city-check", {})["approved_fen"] == award["ceiling_fen"]
    notice = done(people.city, "/notices", {"awards": [award["id"]], "title": "公示", "contact": "电话"})
    item = notice["items"][0]["id"]
    objection = done(
        people.other_enterprise,
        f"/notice-items/{item}/objections",
        {"objector": "某人", "contact": "电话", "text": "不实"},
    )
    assert objection["objector"] != "某人"
    assert (
        ask(people.reviewer, "get", "/objections", {"is_open": "true"}).json()["items"][0]["objector"]
        == "某人"
    )
    done(people.reviewer, f"/objections/{objection['id']}/answer", {"text": "不成立", "is_upheld": False})
    scene.let_pass(6)
    assert done(people.city, f"/notices/{notice['id']}/end") == {"awards": [award["id"]]}
    assert done(people.reviewer, f"{path}/approve", {})["state"] == "approved"
    whole = ask(people.auditor, "get", path).json()
    assert [each["action"] for each in whole["steps"]][-1] == "approve"
    assert [each["stage"] for each in whole["exclusion_checks"]] == ["determination", "notice"]
    assert "order" in whole["possible"]


def test_a_write_with_an_old_version_is_stale(scene: Scene) -> None:
    award = scene.account(scene.offered())
    path = f"/awards/{award.pk}"
    told = ask(scene.people.enterprise, "get", path)
    assert told["ETag"] == f'"{award.version}"'
    stale = ask(scene.people.enterprise, "post", f"{path}/accept", {}, **{"if-match": '"1"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "award-changed")
    done(scene.people.enterprise, f"{path}/accept", {}, **{"if-match": told["ETag"]})


def test_the_enterprise_is_told_the_role_of_officers_and_not_their_names(scene: Scene) -> None:
    award = scene.county_checked()
    for actor, name in ((scene.people.enterprise, None), (scene.people.auditor, "县区经办一")):
        steps = ask(actor, "get", f"/awards/{award.pk}").json()["steps"]
        assert steps[-1]["actor"] == name
        assert steps[-1]["role"] == "county_officer"


def test_an_account_is_masked_for_who_need_not_see_it(scene: Scene) -> None:
    award = scene.account(scene.offered())
    shown = {
        each.role: ask(each, "get", f"/awards/{award.pk}/account").json()["number"]
        for each in (scene.people.county, scene.people.finance)
    }
    assert shown == {"county_officer": "****9012", "finance": ACCOUNT["number"]}


def test_anothers_award_is_not_there(scene: Scene) -> None:
    award = scene.accepted()
    for actor in (scene.people.other_county, scene.people.other_enterprise):
        assert ask(actor, "get", f"/awards/{award.pk}").status_code == 404
    assert ask(scene.people.other_county, "post", f"/awards/{award.pk}/county-check", {}).status_code == 404


def test_an_application_within_its_window_and_its_panel(scene: Scene) -> None:
    people = scene.people
    window = {"document": DOCUMENT, "measure_id": SCORED, "opens_on": "2026-03-02", "closes_on": "2026-03-31"}
    done(people.city, "/windows", window)
    assert ask(people.enterprise, "get", "/windows", {"on": "2026-03-31"}).json()["total"] == 1
    award = done(people.enterprise, f"/determinations/{scene.determination(SCORED).pk}/apply")
    path = f"/awards/{award['id']}"
    assert ask(people.enterprise, "post", f"{path}/submit", {}).json()["code"] == "evidence-missing"
    scene.evidence(Award.objects.get(pk=award["id"]))
    done(people.enterprise, f"{path}/submit")
    done(people.county, f"{path}/county-check")
    done(people.city, f"{path}/city-check")
    for expert in "甲乙丙":
        done(people.second_city, f"{path}/scores", {"expert": expert, "points": 81, "reason": "可推广"})
    assert done(people.city, f"{path}/finish-scoring")["state"] == "scored"
    (place,) = ask(people.reviewer, "get", "/rankings", {"document": DOCUMENT, "measure_id": SCORED}).json()[
        "items"
    ]
    assert (place["place"], place["points"], place["experts"], place["passes"]) == (1, 243, 3, True)


def test_ways_back_and_out(scene: Scene) -> None:
    people = scene.people
    award = scene.city_checked()
    path = f"/awards/{award.pk}"
    assert ask(people.city, "post", f"{path}/correct", {}).json()["code"] == "reason-missing"
    done(people.city, f"{path}/correct", {"reason": "缺页"})
    done(people.enterprise, f"{path}/resubmit")
    done(people.second_city, f"{path}/stand-in", {"reason": "县区无人"})
    done(people.city, f"{path}/refuse", {"reason": "不实"})
    assert (
        done(people.reviewer, f"/determinations/{award.determination_id}/reopen", {"reason": "复议"})["state"]
        == "offered"
    )
    offered = ask(people.enterprise, "get", "/awards", {"state": "offered"}).json()["items"][0]
    assert done(people.enterprise, f"/awards/{offered['id']}/decline")["state"] == "declined"


def test_differences_renewal_exclusions_and_override(scene: Scene) -> None:
    people = scene.people
    award = scene.offered()
    later = scene.another_run()
    newer = scene.determination(run=later, fact=award.fact, amount=100)
    (found,) = ask(people.city, "get", f"/runs/{later.pk}/award-differences").json()["items"]
    assert (found["award"], found["amount_fen"]) == (award.pk, 100)
    given = {"determination_id": newer.pk, "reason": "更正"}
    assert done(people.city, f"/awards/{award.pk}/renew", given)["ceiling_fen"] == 100
    check = done(people.city, f"/awards/{award.pk}/exclusion-checks", {"stage": "determination"})
    assert check["found"] == []
    refused = ask(
        people.reviewer,
        "post",
        f"/awards/{award.pk}/override-exclusion",
        {"check_id": check["id"], "reason": "从宽"},
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing-found")


def test_a_notice_is_withdrawn_with_a_reason(scene: Scene) -> None:
    notice = scene.published()
    assert ask(scene.people.finance, "get", "/notices").json()["total"] == 1
    told = done(scene.people.city, f"/notices/{notice.pk}/withdraw", {"reason": "打印有误"})
    assert told["withdrawal_reason"] == "打印有误"
    assert ask(scene.people.finance, "get", f"/notices/{notice.pk}").json()["withdrawn_at"] is not None


def test_time_limits_guides_and_holidays(scene: Scene) -> None:
    people = scene.people
    scene.accepted()
    (clock,) = ask(people.county, "get", "/clocks", {"kind": "pay"}).json()["items"]
    assert clock["working_days"] == 60
    assert done(people.city, "/guides/start") > 0
    done(people.city, "/guides/publish", {"document": DOCUMENT, "measure_id": APPLIED})
    assert done(people.administrator, "/holidays/2027", {"off": ["2027-01-01"], "notice": "某通知"}) == 1
