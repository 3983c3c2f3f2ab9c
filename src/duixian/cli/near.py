"""``duixian near``: what each enterprise misses by one step, and what that step would bring at most (差一步)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from duixian.cli.explain import warn_of_rows
from duixian.cli.run import Run, find_enterprise, prepare, refuse_out_among_facts
from duixian.cli.screen import Screen
from duixian.evaluate.near import NearMiss, StepKind, near
from duixian.exchange.results.csv_out import csv_text
from duixian.exchange.results.determinations_csv import yuan
from duixian.exchange.results.folder import put_file
from duixian.money import format_wan
from duixian.wording import Language

FILE = "near.csv"
HEADER = (
    "统一社会信用代码", "企业名称", "文号", "条款", "事项", "条目", "事实编号", "种类", "差什么", "差额", "最高可得",
)  # fmt: skip
_STRIDE = 50


def show_near(
    language: Language,
    facts: Path,
    policies: Path | None,
    as_of: str | None,
    enterprise: str | None,
    answers: Sequence[str],
    out: Path | None,
    limit: int,
) -> int:
    """Show the steps, and write near.csv where asked."""
    if out is not None:
        refuse_out_among_facts(out, facts)
    screen = Screen(language)
    run = prepare(screen, facts, policies, as_of, answers, only=enterprise)
    everybody = run.reading.dossiers
    dossiers = everybody if enterprise is None else (find_enterprise(run.reading, enterprise),)
    names = {each.code: each.name for each in dossiers}
    steps: list[NearMiss] = []
    with screen.progress("progress.looking", len(dossiers)) as tick:
        for number, dossier in enumerate(dossiers, start=1):
            steps.extend(near(run.engine, dossier, run.as_of))
            if number % _STRIDE == 0:
                tick(number)
    _show(screen, run, steps, names, limit)
    if out is not None:
        put_file(out / FILE, csv_text(HEADER, (_row(each, names) for each in steps)).encode())
        screen.say("near.file", file=out / FILE, count=len(steps))
    return warn_of_rows(screen, run)


def _show(screen: Screen, run: Run, steps: Sequence[NearMiss], names: dict[str, str], limit: int) -> None:
    kinds = Counter(each.kind for each in steps)
    counts = "，".join(f"{kind} {kinds[kind]}" for kind in StepKind)
    enterprises = len({each.enterprise for each in steps})
    screen.say(
        "near.head", style="bold", as_of=run.as_of, enterprises=enterprises, count=len(steps), kinds=counts
    )
    headers = [screen.words(f"column.{key}") for key in ("name", "clause", "measure", "fact")]
    headers += [screen.words(f"near.column.{key}") for key in ("kind", "needed", "gap", "potential")]
    shown = steps[:limit] if limit else steps
    if shown:
        screen.table(headers, [_line(each, names) for each in shown], numbers=(6, 7))
    if len(shown) < len(steps):
        screen.say("near.more", count=len(steps) - len(shown))


def _line(each: NearMiss, names: dict[str, str]) -> list[str]:
    measure = f"{each.measure} {each.row}" if each.row else each.measure
    return [
        names[each.enterprise] or each.enterprise, each.clause, measure, each.fact, str(each.kind), each.needed,
        _wan(each.gap_fen), _wan(each.potential_fen),
    ]  # fmt: skip


def _row(each: NearMiss, names: dict[str, str]) -> list[str]:
    return [
        each.enterprise, names[each.enterprise], each.document, each.clause, each.measure, each.row, each.fact,
        str(each.kind), each.needed, yuan(each.gap_fen), yuan(each.potential_fen),
    ]  # fmt: skip


def _wan(fen: int | None) -> str:
    return "" if fen is None else format_wan(fen)
