"""``duixian determine --engine kernel``: all enterprises in bulk, block by block, whatever their number (批量测算)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from duixian.cli.batch_progress import Batched
from duixian.cli.batch_screen import show_batch
from duixian.cli.city import open_city, read_rulings
from duixian.cli.earlier_run import EarlierRun
from duixian.cli.engines import EngineOptions
from duixian.cli.exit_codes import ExitCode
from duixian.cli.refusal import Refusal
from duixian.cli.run import read_day
from duixian.cli.screen import Screen
from duixian.evaluate.engine import Engine
from duixian.exchange.columns.block_reading import BlockReading, read_blocks
from duixian.exchange.columns.determined_rows import replaced
from duixian.exchange.columns.dossiers import dossiers_of
from duixian.exchange.columns.result_files import CSV, PARQUET, ResultFiles
from duixian.exchange.columns.stakes import StakesSoFar, stake_rows
from duixian.exchange.columns.summary import RunningSummary
from duixian.exchange.results.batch_receipt import BatchReceipt, batch_receipt, write_batch_receipt
from duixian.exchange.results.folder import put_file
from duixian.exchange.results.problems_out import names_csv, problems_csv
from duixian.kernel.assembler import Unsuitable
from duixian.kernel.compiled import is_compiled
from duixian.kernel.kernel import Kernel
from duixian.rules.determination import Determination
from duixian.rules.policy import City


class Part(NamedTuple):
    """Some enterprises decided (批量的一部分): results, what hangs on open questions, how many enterprises; how they were decided."""

    table: Any
    stakes: Any
    enterprises: int
    entangled: int = 0
    reused: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be determined, in bulk (批量任务): the rules under the answers, the day, and how the screen is told."""

    screen: Screen
    city: City
    rulings: dict[str, str]
    day: date
    is_strict: bool
    options: EngineOptions

    @property
    def law(self) -> Engine:
        """The reference engine under the same answers."""
        return Engine(self.city, self.rulings, strict=self.is_strict)


def prepare_task(
    screen: Screen,
    facts: Path,
    policies: Path | None,
    as_of: str,
    answers: Sequence[str],
    options: EngineOptions,
    *,
    strict: bool,
) -> Task:
    """Read what was named.

    Raises:
        Refusal: when something named does not exist.
    """
    day = read_day(as_of)
    if not facts.exists():
        raise Refusal("error.no-facts", path=facts)
    if options.format not in ("parquet", "csv"):
        raise Refusal("error.unknown-format", format=options.format)
    city = open_city(screen, policies)
    return Task(screen, city, read_rulings(answers, city), day, strict, options)


def determine_batch(
    screen: Screen,
    facts: Path,
    policies: Path | None,
    as_of: str,
    out: Path,
    answers: Sequence[str],
    options: EngineOptions,
    *,
    strict: bool,
) -> int:
    """Determine all enterprises in bulk, write the results, show the summary.

    Raises:
        Refusal: when something named does not exist, or a rule does not fit into the kernel.
    """
    task = prepare_task(screen, facts, policies, as_of, answers, options, strict=strict)
    kernel = compiled_kernel(task)
    if not is_compiled():
        screen.say("determine.compiling")
    receipt, reading = receipt_of_task(task), read_blocks(facts, task.city)
    with ExitStack() as open_things:
        earlier = None
        if options.is_incremental:
            earlier = open_things.enter_context(EarlierRun(out, receipt.inputs, task.city))
        found, path = write_parts(task, _parts(task, kernel, reading, earlier), out)
    return finish(task, found, reading, [path], out, facts, receipt)


def compiled_kernel(task: Task) -> Kernel:
    """The rules compiled for running in bulk.

    Raises:
        Refusal: when one of them does not fit.
    """
    try:
        return Kernel(task.city, task.rulings, strict=task.is_strict)
    except Unsuitable as refusal:
        raise Refusal("error.kernel-unsuitable", reason=refusal.reason) from refusal


def receipt_of_task(task: Task) -> BatchReceipt:
    """The receipt of all that goes in beside the facts."""
    told = (task.options.format, "marks" if task.options.with_marks else "no marks", task.screen.language)
    return batch_receipt(task.city, task.rulings, task.day, strict=task.is_strict, options=told)


def write_parts(task: Task, parts: Iterable[Part], out: Path) -> tuple[Batched, Path]:
    """All parts into one file, and added up."""
    found = Batched(RunningSummary(), StakesSoFar())
    name = CSV if task.options.format == "csv" else PARQUET
    with ResultFiles(out, [name]) as files, task.screen.progress("progress.determining") as tick:
        for part in parts:
            files.write(part.table)
            found.summary.add(part.table)
            found.stakes.add(part.stakes)
            found.enterprises += part.enterprises
            found.entangled += part.entangled
            found.reused += part.reused
            tick(found.enterprises)
    return found, out / name


def finish(
    task: Task,
    found: Batched,
    reading: BlockReading,
    paths: Sequence[Path],
    out: Path,
    facts: Path,
    receipt: BatchReceipt,
) -> int:
    """Write what was wrong with the tables and the receipt, and show the summary."""
    told = [
        *paths,
        put_file(out / "problems.csv", problems_csv(reading.problems, task.screen.language).encode()),
        put_file(out / "uncertain-names.csv", names_csv(reading.uncertain).encode()),
    ]
    told.append(write_batch_receipt(receipt, out, told, facts))
    show_batch(task.screen, task.city, task.day, found, reading, told)
    has_open_ends = bool(reading.uncertain) or any(each.is_error for each in reading.problems)
    return ExitCode.SET_ASIDE if has_open_ends else ExitCode.OK


def _parts(task: Task, kernel: Kernel, reading: BlockReading, earlier: EarlierRun | None) -> Iterator[Part]:
    """Block after block, decided anew, or taken from the last run where nothing about an enterprise changed."""
    law = task.law
    for block in reading:
        meeting = earlier.meet(block) if earlier is not None else None
        tables, owners = (block.tables, block.owners) if meeting is None else (meeting.touched, None)
        batch = kernel.determine(
            tables, task.day, with_marks=task.options.with_marks, language=task.screen.language, owners=owners
        )
        table = replaced(
            batch.table, batch.entangled, partial(by_the_book, law, task.day, tables), task.screen.language
        )
        stakes = stake_rows(batch.table, batch.marks)
        if meeting is not None:
            table, stakes = meeting.joined(table, stakes)
        kept = meeting.kept if meeting is not None else 0
        yield Part(table, stakes, block.enterprises, len(batch.entangled), kept)


def by_the_book(
    law: Engine, day: date, tables: Mapping[str, Any], codes: Sequence[str]
) -> dict[str, tuple[Determination, ...]]:
    """What the reference engine gives some of the enterprises of tables."""
    wanted = set(codes)
    return {
        each.code: law.determine(each, day) for each in dossiers_of(tables, law.city) if each.code in wanted
    }
