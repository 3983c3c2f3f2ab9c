"""``python -m bench.office.rosters --rows 100000``: a published list against a registry of as many enterprises, and tables into it.

The database is SQLite in a folder that is thrown away, or the empty one that ``DATABASE_URL`` names. Of a hundred names in the list 97 are
as registered, two in another typography, one is misspelt or nobody's. The demo city marks its names as invented; here the marks are taken
off, since they make all names alike, which those of no real list are.
"""

from __future__ import annotations

import argparse
import csv
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from bench.plan import POLICIES, SEED

PREVIEW_BOUND, COMMIT_BOUND = 20, 30
"""Seconds that the preview and the commit of 100,000 rows may take."""
_MARKS = ("示例", "（虚构）")
_TABLES = ("企业.csv", "认定.csv")
_ODD_ONE_IN, _VARIANT_ONE_IN = 100, 50


def main() -> None:
    """Fill a registry, take a list over, print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.office.rosters", description="Measure a list.")
    parser.add_argument("--rows", type=int, default=100_000)
    rows: int = parser.parse_args().rows
    with TemporaryDirectory(prefix="duixian-bench-") as home:
        os.environ |= {"DUIXIAN_HOME": home, "DUIXIAN_CITY": str(POLICIES)}
        os.environ["DJANGO_SETTINGS_MODULE"] = "duixian.office.settings"
        _measure(Path(home), rows)


def _measure(home: Path, rows: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    print(f"{connection.vendor}, {rows:,} enterprises and rows")
    from duixian.office.accounts.actor import actor_of
    from duixian.office.accounts.models import Role, User
    from duixian.office.registry.import_tables import import_tables

    actor = actor_of(User.objects.create(username="市级经办", role=Role.CITY_OFFICER))
    names = _write_tables(home, rows)
    found = _timed("import", lambda: import_tables(actor, "虚构城市", home / "facts"))
    print(f"  {found.counts}")
    again = _timed("import again", lambda: import_tables(actor, "虚构城市", home / "facts"))
    print(f"  {again.counts}")
    _take_over(actor, _write_list(home, names))
    print(f"at most {getrusage(RUSAGE_SELF).ru_maxrss >> 10:,} MB")


def _take_over(actor: Any, path: Path) -> None:
    from duixian.office.registry.rosters.commit import commit
    from duixian.office.registry.rosters.decide_row import skip_rows
    from duixian.office.registry.rosters.preview import preview
    from duixian.office.registry.rosters.undo import undo
    from duixian.office.registry.rosters.upload import upload

    roster = _timed(
        "upload", lambda: upload(actor, path, path.name, kind="认定", title="名单", issuer="省厅", document_number="苏科〔2026〕1号")
    )  # fmt: skip
    roster = _timed("preview", lambda: preview(actor, roster.pk), PREVIEW_BOUND)
    print(f"  {roster.counts}")
    for verdict in ("uncertain", "unknown", "conflict", "unreadable"):
        skip_rows(actor, roster.pk, verdict)
    roster = _timed("commit", lambda: commit(actor, roster.pk), COMMIT_BOUND)
    print(f"  {roster.counts}")
    _timed("commit again", lambda: commit(actor, roster.pk))
    _timed("undo", lambda: undo(actor, roster.pk, "测试"))


def _write_tables(home: Path, enterprises: int) -> list[str]:
    """The two largest tables of the demo city, without their marks; the names of its enterprises."""
    from duixian.exchange.demo.write import write_demo_city

    demo = write_demo_city(home / "demo", SEED, enterprises).facts
    (home / "facts").mkdir()
    for name in _TABLES:
        text = (demo / name).read_text("utf-8-sig")
        for mark in _MARKS:
            text = text.replace(mark, "")
        (home / "facts" / name).write_text(text, "utf-8")
    with (home / "facts" / _TABLES[0]).open(encoding="utf-8") as file:
        return [row["企业名称"] for row in csv.DictReader(file)]


def _write_list(home: Path, names: list[str]) -> Path:
    """A workbook as it is published: a title, the header, rows, a note."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    path = home / "名单.xlsx"
    with Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("名单")
        sheet.write_row(0, 0, ["2026年度认定企业名单"])
        sheet.write_row(1, 0, ["序号", "企业名称", "称号", "级别", "认定日期"])
        for number, name in enumerate(_written(names), start=1):
            sheet.write_row(number + 1, 0, [number, name, "企业技术中心", "省级", "2026-06-30"])
        sheet.write_row(len(names) + 2, 0, ["注：排名不分先后"])
    return path


def _written(names: list[str]) -> Iterator[str]:
    """The names as a list writes them."""
    random = Random(SEED)
    for number, name in enumerate(names):
        if number % _ODD_ONE_IN == 0:
            at = random.randrange(4, max(5, len(name) - 4))
            yield f"{name[:at]}新{name[at + 1 :]}"
        elif number % _VARIANT_ONE_IN == 1:
            yield name.replace("有限公司", "有限责任公司").replace("（", "(")
        else:
            yield name


def _timed(name: str, step: Callable[[], Any], bound: int = 0) -> Any:
    begin, worked = perf_counter(), process_time()
    found = step()
    taken = perf_counter() - begin
    told = "" if not bound else f", {'within' if taken <= bound else 'BEYOND'} {bound} s"
    print(f"{name:<14}{taken:7.1f} s, of them {process_time() - worked:.1f} s of our own{told}", flush=True)
    return found


if __name__ == "__main__":
    main()
