"""``duixian determine --engine kernel``: all enterprises in bulk, block by block, whatever their number (批量测算)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from duixian.cli.batch_screen import show_batch
from duixian.cli.city import open_city, read_rulings
from duixian.cli.earlier_run import EarlierRun
from duixian.cli.engines import EngineOptions
from duixian.cli.exit_codes import ExitCode
from duixian.cli.refusal import Refusal
from duixian.cli.run import read_day
from duixian.cli.screen import Screen
from duixian.evaluate.engine import Engine
from duixian.exchange.columns.block_reading import Block, BlockReading, read_blocks
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


@dataclass(slots=True)
class Batched:
    """What a batch has found so far (批量进度)."""

    summary: RunningSummary
    stakes: StakesSoFar
    enterprises: int = 0
    entangled: int = 0
    reused: int = 0


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
    day = read_day(as_of)
    if not facts.exists():
        raise Refusal("error.no-facts", path=facts)
    if options.format not in ("parquet", "csv"):
        raise Refusal("error.unknown-format", format=options.format)
    city = open_city(screen, policies)
    rulings = read_rulings(answers, city)
    kernel = _kernel(city, rulings, strict=strict)
    if not is_compiled():
        screen.say("determine.compiling")
    receipt = batch_receipt(city, rulings, day, strict=strict, options=(options.format, str(options.with_marks)))
    reading = read_blocks(facts, city)
    run = _Batch(screen, kernel, Engine(city, rulings, strict=strict), day, options)
    found, path = run.through(reading, out, receipt)
    paths = [path, *_put_findings(reading, out, screen)]
    paths.append(write_batch_receipt(receipt, out, paths, facts))
    show_batch(screen, city, day, found, reading, paths)
    has_open_ends = bool(reading.uncertain) or any(each.is_error for each in reading.problems)
    return ExitCode.SET_ASIDE if has_open_ends else ExitCode.OK


def _kernel(city: City, rulings: dict[str, str], *, strict: bool) -> Kernel:
    try:
        return Kernel(city, rulings, strict=strict)
    except Unsuitable as refusal:
        raise Refusal("error.kernel-unsuitable", reason=refusal.reason) from refusal


def _put_findings(reading: BlockReading, out: Path, screen: Screen) -> list[Path]:
    """What was wrong with the tables, for the person who mends them."""
    return [
        put_file(out / "problems.csv", problems_csv(reading.problems, screen.language).encode()),
        put_file(out / "uncertain-names.csv", names_csv(reading.uncertain).encode()),
    ]


class _Batch:
    """One run over all blocks."""

    def __init__(
        self, screen: Screen, kernel: Kernel, law: Engine, day: date, options: EngineOptions
    ) -> None:
        self._screen, self._kernel, self._law, self._day, self._options = screen, kernel, law, day, options
        self._found = Batched(RunningSummary(), StakesSoFar())

    def through(self, reading: BlockReading, out: Path, receipt: BatchReceipt) -> tuple[Batched, Path]:
        """All blocks decided and written."""
        name = CSV if self._options.format == "csv" else PARQUET
        with ExitStack() as open_things:
            earlier = None
            if self._options.is_incremental:
                earlier = open_things.enter_context(EarlierRun(out, receipt.inputs, self._law.city))
            files = open_things.enter_context(ResultFiles(out, [name]))
            tick = open_things.enter_context(self._screen.progress("progress.determining"))
            for block in reading:
                table, stakes = self._decided(block, earlier)
                files.write(table)
                self._found.summary.add(table)
                self._found.stakes.add(stakes)
                self._found.enterprises += block.enterprises
                tick(self._found.enterprises)
        return self._found, out / name

    def _decided(self, block: Block, earlier: EarlierRun | None) -> tuple[Any, Any]:
        """A block's results, and what hangs on open questions.

        Decided anew, or taken from the last run where nothing about an enterprise changed.
        """
        if earlier is None:
            return self._anew(block.tables)
        meeting = earlier.meet(block)
        self._found.reused += meeting.kept
        return meeting.joined(*self._anew(meeting.touched))

    def _anew(self, tables: Mapping[str, Any]) -> tuple[Any, Any]:
        batch = self._kernel.determine(
            tables, self._day, with_marks=self._options.with_marks, language=self._screen.language
        )
        self._found.entangled += len(batch.entangled)

        def by_the_book(codes: Sequence[str]) -> dict[str, tuple[Determination, ...]]:
            wanted = set(codes)
            dossiers = [each for each in dossiers_of(tables, self._law.city) if each.code in wanted]
            return {each.code: self._law.determine(each, self._day) for each in dossiers}

        table = replaced(batch.table, batch.entangled, by_the_book, self._screen.language)
        return table, stake_rows(batch.table, batch.marks)
