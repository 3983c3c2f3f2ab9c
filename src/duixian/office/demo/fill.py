"""Filling the demo office (演示办公室): a synthetic city, its accounts, a first run and the awards that it opens. Again changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from duixian.exchange.demo.write import write_demo_city
from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import User
from duixian.office.awards.models import Award
from duixian.office.awards.open_awards import open_awards
from duixian.office.demo.accounts import (
    ADMINISTRATOR,
    COUNTY,
    ShownAccount,
    acting_as,
    open_enterprise,
    open_officers,
    show_accounts,
)
from duixian.office.refusal import Clash
from duixian.office.registry.import_tables import import_tables
from duixian.office.registry.models import Enterprise, Source
from duixian.office.runs.models import Run, RunState
from duixian.office.runs.start import start
from duixian.rules.determination import Outcome

TITLE = "虚构城市（演示）"
FIRST_RUN = "首批认定（演示）"
DAY = date(2026, 12, 31)
"""The day of the first run: the facts of the demo city end with it."""
SEED, ENTERPRISES = 20260101, 3000


@dataclass(frozen=True, slots=True)
class DemoOffice:
    """The demo office as it is (演示概况)."""

    enterprises: int
    facts: int
    run: Run
    awards: int
    accounts: list[ShownAccount]


def fill(*, enterprises: int = ENTERPRISES, password: str = "", is_anew: bool = False) -> DemoOffice:
    """Fill an empty office; in one that was filled, do what is left to do.

    ``password`` is taken for all accounts, else each gets a random one; with ``is_anew`` those that have one get another.

    Raises:
        Clash: ``office-in-use``: an office with things of its own is no place for a demonstration.
    """
    _demand_free()
    administrator = open_officers()
    officer = acting_as("市级经办")
    _fill_registry(officer, enterprises)
    run = Run.objects.filter(title=FIRST_RUN, state=RunState.FINISHED).first() or start(
        officer, title=FIRST_RUN, as_of=DAY
    )
    if not Award.objects.exists():
        open_awards(officer, run.pk)
    open_enterprise(administrator, _an_enterprise(run))
    return DemoOffice(
        enterprises=run.counts["enterprises"],
        facts=run.counts["facts"],
        run=run,
        awards=Award.objects.count(),
        accounts=show_accounts(administrator, password=password, is_anew=is_anew),
    )


def _demand_free() -> None:
    """Go on only in the demo's own office, or in one where nobody has begun yet."""
    is_ours = User.objects.filter(username=ADMINISTRATOR).exists() and (
        Source.objects.filter(title__startswith=TITLE).exists() or not Source.objects.exists()
    )
    if not is_ours and (User.objects.exists() or Enterprise.objects.exists()):
        raise Clash(
            "office-in-use",
            "这个办公室已在使用，不能用来演示",
            why="演示会写入虚构的企业和账号",
            fix="用 DUIXIAN_HOME 另指一个空文件夹，或另指一个空数据库",
        )


def _fill_registry(officer: Actor, enterprises: int) -> None:
    if Source.objects.filter(title__startswith=TITLE).exists():
        return
    with TemporaryDirectory(prefix="duixian-demo-") as folder:
        import_tables(officer, TITLE, write_demo_city(Path(folder), SEED, enterprises).facts)


def _an_enterprise(run: Run) -> str:
    """The enterprise of the demo county that gets most by one award: enough to see a whole way."""
    payable = run.determinations.filter(outcome=Outcome.PAYABLE)
    found = payable.filter(area=COUNTY).order_by("-amount_fen", "position").first()
    return (found or payable.order_by("-amount_fen", "position")[:1].get()).enterprise
