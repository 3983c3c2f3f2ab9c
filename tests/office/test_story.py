"""One award from a published list to the enterprise's account and back, through the API alone, day by day.

A roster comes in, a run finds the award, the enterprise accepts, county and city check, 公示 runs, somebody objects and is
answered, the city approves, the budget allows two thirds, two treasuries order, the bank fails one line, it is paid again, and
later the money is got back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from duixian.office.accounts.actor import actor_of
from duixian.office.accounts.models import Role, User
from duixian.office.accounts.tokens import issue
from duixian.office.audit.verify import verify as verify_audit
from duixian.office.registry.record import record_enterprise
from duixian.office.registry.sources import record_source
from duixian.office.treasury.verify import verify as verify_ledger

CODE, NAME, COUNTY = "91320722XN0000012X", "连云港东海晶体有限公司", "东海县"
DOCUMENT, MEASURE = "连政办规〔2025〕6号", "A10"
CEILING = 50_000_000
"""50万元 in fen: an 先进级智能工厂 ((十) of 连政办规〔2025〕6号), which county and city bear 7:3."""
SHANGHAI = ZoneInfo("Asia/Shanghai")


class Cast:
    """Who acts in the story (人物), each with a token of their own, and how they ask."""

    def __init__(self, make_user: Callable[..., User]) -> None:
        people = {
            "enterprise": make_user(Role.ENTERPRISE, "企业", enterprise=CODE),
            "county": make_user(Role.COUNTY_OFFICER, "县经办", area=COUNTY),
            "city": make_user(Role.CITY_OFFICER, "市经办"),
            "second_city": make_user(Role.CITY_OFFICER, "市经办二"),
            "reviewer": make_user(Role.CITY_REVIEWER, "市审核"),
            "second_reviewer": make_user(Role.CITY_REVIEWER, "市审核二"),
            "finance": make_user(Role.FINANCE, "财政"),
            "second_finance": make_user(Role.FINANCE, "财政复核"),
            "auditor": make_user(Role.AUDITOR, "审计"),
        }
        self.city = actor_of(people["city"])
        self._clients = {name: _client(user) for name, user in people.items()}
        self._keys = iter(range(10**6))

    def get(self, who: str, path: str) -> Any:
        answer = self._clients[who].get(f"/api/v1{path}")
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()

    def refused(self, who: str, path: str, body: Mapping[str, object] | None = None) -> str:
        """The code of the refusal that such a request meets."""
        answer = self._post(who, path, body)
        assert 400 <= answer.status_code < 500, answer.content.decode()
        return str(answer.json()["code"])

    def post(self, who: str, path: str, body: Mapping[str, object] | None = None) -> Any:
        answer = self._post(who, path, body)
        assert answer.status_code in (200, 201), f"{path}: {answer.content.decode()}"
        assert not verify_ledger(), path
        return answer.json()

    def send(self, who: str, path: str, **fields: object) -> Any:
        answer = self._clients[who].post(f"/api/v1{path}", fields, headers=self._key())
        assert answer.status_code in (200, 201), f"{path}: {answer.content.decode()}"
        assert not verify_ledger(), path
        return answer.json()

    def _post(self, who: str, path: str, body: Mapping[str, object] | None) -> Any:
        return self._clients[who].post(
            f"/api/v1{path}", body or {}, content_type="application/json", headers=self._key()
        )

    def _key(self) -> dict[str, str]:
        return {"Idempotency-Key": f"story-{next(self._keys)}"}


def _client(user: User) -> Client:
    text = issue(actor_of(user), "story", days=365).text
    return Client(headers={"authorization": f"Bearer {text}", "host": "localhost"})


@pytest.fixture
def day() -> Iterator[Callable[[str], None]]:
    """Let it be nine o'clock on a day."""
    traveller = time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=SHANGHAI), tick=False)
    coordinates = traveller.start()
    yield lambda text: coordinates.move_to(
        datetime.combine(date.fromisoformat(text), datetime.min.time(), SHANGHAI).replace(hour=9)
    )
    traveller.stop()


@pytest.fixture
def cast(make_user: Callable[..., User], day: Callable[[str], None]) -> Cast:
    return Cast(make_user)


def published_list() -> SimpleUploadedFile:
    """A list as a department publishes it: a title above, names without codes, a note below."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["2026年江苏省先进级智能工厂名单"],
        ["序号", "企业名称", "智能工厂名称"],
        [1, NAME, "高纯石英智能工厂"],
        ["注：排名不分先后"],
    ):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile("先进级智能工厂名单.xlsx", stream.getvalue())


def bank_file(*lines: tuple[Mapping[str, Any], bool]) -> SimpleUploadedFile:
    """What the bank sends back for orders: paid, or failed."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["支付编号", "金额", "结果", "日期", "原因", "银行流水号"])
    for number, (order, is_paid) in enumerate(lines, start=1):
        yuan = f"{order['amount_fen'] // 100}.{order['amount_fen'] % 100:02d}"
        told = ("成功", "") if is_paid else ("失败", "账号与户名不符")
        writer.writerow(
            [order["reference"], yuan, told[0], "2026-03-12", told[1], f"S{order['reference']}-{number}"]
        )
    return SimpleUploadedFile("回执.csv", text.getvalue().encode("utf-8-sig"))


@pytest.mark.django_db
def test_from_a_published_list_to_the_account_and_back(cast: Cast, day: Callable[[str], None]) -> None:
    award = offered(cast)
    accepted_and_checked(cast, award)
    put_on_notice(cast, award, day)
    approved(cast, award)
    orders = ordered(cast, award)
    paid(cast, award, orders)
    got_back(cast, award, day)
    assert not verify_ledger()
    assert not verify_audit()


def offered(cast: Cast) -> int:
    """The list comes in, a run finds the award, and it is offered to the enterprise."""
    source = record_source(cast.city, "企业登记")
    record_enterprise(cast.city, source, CODE, {"企业名称": NAME, "注册地区": COUNTY, "所属地区": COUNTY})
    roster = cast.send(
        "city", "/rosters", file=published_list(), kind="认定", title="先进级智能工厂名单", issuer="江苏省工业和信息化厅",
        document_number="苏工信智改〔2026〕1号", published_on="2026-02-10",
        constants='{"称号": "智能工厂", "等级": "先进级", "级别": "省级", "日期": "2026-02-10"}',
    )  # fmt: skip
    previewed = cast.post("city", f"/rosters/{roster['id']}/preview")
    assert previewed["counts"]["matched"] == 1, previewed
    cast.post("city", f"/rosters/{roster['id']}/commit")
    run = cast.post("city", "/runs", {"title": "三月认定", "as_of": "2026-03-02"})
    opened = cast.post("city", f"/runs/{run['id']}/awards")
    assert opened["opened"] == 1
    (award,) = cast.get("enterprise", "/awards")["items"]
    assert (award["ceiling_fen"], award["measure_id"], award["state"]) == (CEILING, MEASURE, "offered")
    return int(award["id"])


def accepted_and_checked(cast: Cast, award: int) -> None:
    """The enterprise gives its account and accepts; county and city check."""
    account = {"holder": NAME, "bank": "某银行东海支行", "number": "3200123456789012"}
    cast.post("enterprise", f"/awards/{award}/account", account)
    cast.post("enterprise", f"/awards/{award}/accept")
    assert cast.refused("reviewer", f"/awards/{award}/approve")
    cast.post("county", f"/awards/{award}/county-check")
    cast.post("city", f"/awards/{award}/city-check", {"approved_fen": CEILING})


def put_on_notice(cast: Cast, award: int, day: Callable[[str], None]) -> None:
    """公示 runs its working days; an objection holds it up until it is answered."""
    notice = cast.post(
        "city", "/notices", {"awards": [award], "title": "拟兑付名单公示", "contact": "0518-00000000"}
    )
    item = cast.get("city", f"/notices/{notice['id']}")["items"][0]
    objection = cast.post(
        "county",
        f"/notice-items/{item['id']}/objections",
        {"objector": "张某", "contact": "13800000000", "text": "工厂未投产"},
    )
    assert cast.refused("reviewer", f"/awards/{award}/approve")
    day("2026-03-12")
    assert cast.post("city", f"/notices/{notice['id']}/end")["awards"] == []
    assert cast.refused("reviewer", f"/awards/{award}/approve")
    assert cast.refused(
        "city", f"/objections/{objection['id']}/answer", {"text": "已核实", "is_upheld": False}
    )
    cast.post(
        "second_city",
        f"/objections/{objection['id']}/answer",
        {"text": "经现场核实，工厂已投产", "is_upheld": False},
    )
    cast.post("city", f"/notices/{notice['id']}/end")


def approved(cast: Cast, award: int) -> None:
    """Another officer approves."""
    cast.post("reviewer", f"/awards/{award}/approve")
    assert cast.get("auditor", f"/awards/{award}")["state"] == "approved"


def ordered(cast: Cast, award: int) -> list[dict[str, Any]]:
    """The budgets allow two thirds: α is published, and two treasuries order what adds up to it."""
    for level, area, fen in (("city", "", 10_000_000), ("county", COUNTY, 50_000_000)):
        change = cast.post(
            "finance",
            "/budget-changes",
            {
                "year": 2026,
                "document": DOCUMENT,
                "level": level,
                "area": area,
                "amount_fen": fen,
                "reason": "年初预算",
            },
        )
        cast.post("second_finance", f"/budget-changes/{change['id']}/confirm")
    batch = cast.post(
        "city", "/batches", {"title": "第一批", "document": DOCUMENT, "year": 2026, "awards": [award]}
    )
    rated = cast.post("city", f"/batches/{batch['id']}/rate")
    assert rated["rate"] == "2/3"
    assert rated["payable_fen"] == CEILING * 2 // 3
    assert cast.refused("finance", f"/batches/{batch['id']}/orders")
    cast.post("reviewer", f"/batches/{batch['id']}/publish")
    cast.post("finance", f"/batches/{batch['id']}/orders")
    orders = cast.get("finance", f"/orders?batch={batch['id']}")["items"]
    assert {each["level"] for each in orders} == {"city", "county"}
    assert sum(each["amount_fen"] for each in orders) == rated["payable_fen"]
    assert all(
        each["amount_fen"] <= {"city": 10_000_000, "county": 50_000_000}[each["level"]] for each in orders
    )
    cast.post("finance", f"/batches/{batch['id']}/payment-files", {"level": "city"})
    cast.post("finance", f"/batches/{batch['id']}/payment-files", {"level": "county", "area": COUNTY})
    return list(orders)


def paid(cast: Cast, award: int, orders: list[dict[str, Any]]) -> None:
    """The bank pays one order and fails the other; that one is sent again and paid."""
    first, second = orders
    answer = cast.send("finance", "/bank-results", file=bank_file((first, True), (second, False)))
    assert (answer["paid"], answer["failed"]) == (1, 1)
    again = cast.send("finance", "/bank-results", file=bank_file((first, True), (second, False)))
    assert (again["paid"], again["failed"]) == (0, 0)
    assert cast.get("auditor", f"/awards/{award}")["state"] == "in_payment"
    retried = cast.post("finance", f"/orders/{second['id']}/retry")
    level = {"level": retried["level"], "area": retried["area"]}
    cast.post("finance", f"/batches/{retried['batch_id']}/payment-files", level)
    answer = cast.send("finance", "/bank-results", file=bank_file((retried, True)))
    assert answer["paid"] == 1
    assert cast.get("enterprise", f"/awards/{award}")["state"] == "paid"


def got_back(cast: Cast, award: int, day: Callable[[str], None]) -> None:
    """Months later the award turns out wrong: one decides, another confirms, and all of it comes back."""
    day("2026-09-01")
    fen = cast.get("auditor", f"/awards/{award}")["payable_fen"]
    recovery = cast.post("city", f"/awards/{award}/recoveries", {"amount_fen": fen, "reason": "称号被撤销"})
    assert cast.refused("city", f"/recoveries/{recovery['id']}/confirm")
    assert cast.refused("reviewer", f"/recoveries/{recovery['id']}/confirm"), "who approved does not confirm"
    cast.post("second_reviewer", f"/recoveries/{recovery['id']}/confirm")
    half = fen // 2
    for number, part in enumerate((half, fen - half)):
        cast.post(
            "finance",
            f"/recoveries/{recovery['id']}/returns",
            {"amount_fen": part, "bank_reference": f"T{number}", "returned_on": "2026-09-01"},
        )
    assert cast.get("auditor", f"/awards/{award}")["state"] == "recovered"
