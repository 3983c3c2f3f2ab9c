"""A small city for tests of the treasury: people, approved awards whose notice has run, and budgets; made straight from the tables."""

from __future__ import annotations

import io
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from duixian.office.accounts.actor import Actor, actor_of
from duixian.office.accounts.models import Role, User
from duixian.office.awards.models import Award, BankAccount, Mode, NoticeItem, PublicNotice, State
from duixian.office.registry.models import Enterprise, FactRecord, Source
from duixian.office.runs.models import Run, StoredDetermination
from duixian.office.treasury.bank_results import Taken, take_results
from duixian.office.treasury.batches import compute_rate, make_batch, publish_rate
from duixian.office.treasury.budgets import confirm_change, propose_change
from duixian.office.treasury.models import Batch, Budget, Payer, PaymentOrder
from duixian.office.treasury.orders import Ordered, order_batch
from duixian.office.treasury.payment_files import make_payment_file

DOCUMENT, MEASURE, CLAUSE, YEAR = "连政办规〔2025〕6号", "A09", "（九）", 2026
COUNTY, OTHER_COUNTY, OPEN_AREA = "东海县", "灌云县", "海州区"
"""Two counties that share 3:7 in this clause, and a district whose share only the fiscal table could tell."""
CODES = ("91320722MA1XXXXX0T", "91320723MA1XXXXX0Y", "91320706MA1XXXXX02")


@dataclass(slots=True)
class World:
    """Who acts (人员), and how to make what the treasury works on."""

    maker: Actor
    publisher: Actor
    finance: Actor
    second: Actor
    auditor: Actor
    enterprise: Actor
    run: Run
    source: Source
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def award(
        self, approved_fen: int, *, area: str = COUNTY, code: str = CODES[0], state: str = State.APPROVED
    ) -> Award:
        """An award that is approved, whose notice has run."""
        number = f"P{next(self.numbers)}"
        enterprise, _ = Enterprise.objects.get_or_create(code=code)
        account = self.account(code)
        FactRecord.objects.create(
            kind="投资项目", number=number, enterprise=enterprise, values={"编号": number}, content_hash="0" * 64,
            source=self.source, happened_on=timezone.localdate() - timedelta(days=100),
        )  # fmt: skip
        determination = StoredDetermination.objects.create(
            run=self.run, position=int(number[1:]), enterprise=code, name="企业", area=area, document=DOCUMENT, clause=CLAUSE,
            measure_id=MEASURE, measure="智能化改造", fact_kind="投资项目", fact=number, outcome="可兑付", ceiling_fen=approved_fen,
            amount_fen=approved_fen, reason="match.row",
        )  # fmt: skip
        award = Award.objects.create(
            determination=determination, enterprise=enterprise, area=area, document=DOCUMENT, measure_id=MEASURE,
            fact_kind="投资项目", fact=number, year=YEAR, mode=Mode.APPLICATION, state=state, ceiling_fen=approved_fen,
            approved_fen=approved_fen, account=account,
        )  # fmt: skip
        self.show(award)
        return award

    def show(self, award: Award) -> None:
        """Put an award on a notice that has run its days."""
        today = timezone.localdate()
        notice = PublicNotice.objects.create(
            title="公示", document=DOCUMENT, opens_on=today - timedelta(days=20), closes_on=today - timedelta(days=10),
            working_days=5, contact="0518", published_by_id=self.maker.account_id,
        )  # fmt: skip
        NoticeItem.objects.create(
            notice=notice,
            award=award,
            enterprise_name="企业",
            measure="智能化改造",
            amount_fen=award.approved_fen or 0,
        )

    def account(
        self, code: str = CODES[0], *, number: str = "6222020200001234567", holder: str = "企业"
    ) -> BankAccount:
        """An account that the enterprise gave."""
        Enterprise.objects.get_or_create(code=code)
        return BankAccount.objects.create(
            enterprise_id=code,
            holder=holder,
            bank="某银行",
            number=number,
            given_by_id=self.enterprise.account_id,
        )

    def grant(
        self, amount_fen: int, *, level: str = "city", area: str = "", measure_id: str = "", year: int = YEAR
    ) -> Budget:
        """Money in a budget, proposed by one and confirmed by another."""
        change = propose_change(
            self.finance, year=year, document=DOCUMENT, measure_id=measure_id, level=level, area=area,
            amount_fen=amount_fen, reason="预算文件",
        )  # fmt: skip
        return confirm_change(self.second, change.pk).budget

    def published(self, awards: Sequence[Award], *, payer: str = Payer.EACH, year: int = YEAR) -> Batch:
        """A batch of these awards whose α is published."""
        batch = make_batch(
            self.maker,
            title="第一批",
            document=DOCUMENT,
            year=year,
            payer=payer,
            awards=[each.pk for each in awards],
        )
        compute_rate(self.maker, batch.pk)
        return publish_rate(self.publisher, batch.pk)

    def ordered(self, awards: Sequence[Award], *, payer: str = Payer.EACH) -> Ordered:
        """The orders of these awards."""
        return order_batch(self.finance, self.published(awards, payer=payer).pk)

    def send(self, batch: Batch) -> None:
        """Everything that waits goes to the banks."""
        waiting = PaymentOrder.objects.filter(batch=batch, state="reserved")
        for level, area in sorted(set(waiting.values_list("budget__level", "budget__area"))):
            make_payment_file(self.finance, batch.pk, level=level, area=area)

    def answer(self, lines: Mapping[PaymentOrder, str], *, name: str = "回执.csv") -> Taken:
        """What the bank says of orders: 支付成功, or why not."""
        return take_results(self.finance, bank_csv(lines), name)

    def paid(self, award: Award, *, payer: str = Payer.EACH) -> Award:
        """The award, paid in full."""
        made = self.ordered([award], payer=payer).orders
        self.send(made[0].batch)
        self.answer({PaymentOrder.objects.get(pk=order.pk): "支付成功" for order in made})
        return Award.objects.get(pk=award.pk)


def bank_csv(lines: Mapping[PaymentOrder, str]) -> bytes:
    """A bank's answer as a text file."""
    text = io.StringIO()
    text.write("支付编号,交易金额,交易状态,交易日期,失败原因\n")
    for order, said in lines.items():
        word, reason = (said, "") if said == "支付成功" else ("支付失败", said)
        yuan = f"{order.amount_fen // 100}.{order.amount_fen % 100:02d}"
        text.write(f"{order.reference},{yuan},{word},{timezone.localdate()},{reason}\n")
    return text.getvalue().encode()


def make_world() -> World:
    """A city without awards or money."""
    people = {
        name: _user(name, role)
        for name, role in {
            "maker": Role.CITY_OFFICER, "publisher": Role.CITY_REVIEWER, "finance": Role.FINANCE, "second": Role.FINANCE,
            "auditor": Role.AUDITOR, "enterprise": Role.ENTERPRISE,
        }.items()
    }  # fmt: skip
    maker = people["maker"]
    run = Run.objects.create(title="认定", as_of=timezone.localdate(), engine="reference", started_by=maker)
    source = Source.objects.create(title="来源", recorded_by=maker)
    maker_, publisher, finance, second, auditor, enterprise = map(actor_of, people.values())
    return World(maker_, publisher, finance, second, auditor, enterprise, run, source)


def _user(name: str, role: str) -> User:
    user = User(
        username=f"treasury-{name}", role=role, enterprise_code=CODES[0] if role == Role.ENTERPRISE else ""
    )
    user.set_unusable_password()
    user.save()
    return user
