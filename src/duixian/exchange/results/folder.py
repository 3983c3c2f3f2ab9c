"""The folder of a run (结果文件夹): every file is made, then put in place whole; run.json comes last and vouches for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from duixian.exchange.results.book import determinations_xlsx
from duixian.exchange.results.determinations_csv import determinations_csv
from duixian.exchange.results.determinations_jsonl import determinations_jsonl
from duixian.exchange.results.problems_out import names_csv, problems_csv
from duixian.exchange.results.receipt import Receipt, receipt_of, run_json
from duixian.exchange.results.results import Results

Make = Callable[[Results, Receipt], bytes]

FILES: tuple[tuple[str, Make], ...] = (
    ("determinations.csv", lambda results, _: determinations_csv(results).encode()),
    ("determinations.jsonl", lambda results, receipt: determinations_jsonl(results, receipt).encode()),
    ("problems.csv", lambda results, _: problems_csv(results.problems, results.language).encode()),
    ("uncertain-names.csv", lambda results, _: names_csv(results.uncertain).encode()),
    ("determinations.xlsx", determinations_xlsx),
)
"""Every file of a run, and how it is made."""
RECEIPT_FILE = "run.json"


def write_results(
    results: Results, folder: Path, told: Callable[[str], None] = lambda name: None
) -> tuple[Path, ...]:
    """Write all files of a run into ``folder``, which is made if need be; gives their paths.

    ``told`` hears the name of each file before it is made.

    Raises:
        OSError: when the folder or a file cannot be written.
    """
    receipt, outputs = receipt_of(results), dict[str, bytes]()
    for name, make in FILES:
        told(name)
        outputs[name] = make(results, receipt)
    outputs |= {RECEIPT_FILE: run_json(receipt, outputs).encode()}
    return tuple(put_file(folder / name, content) for name, content in outputs.items())


def put_file(path: Path, content: bytes) -> Path:
    """Write a file in one step, so that nobody ever reads half of it; its folder is made if need be.

    Raises:
        OSError: when it cannot be written; a file already there stays whole.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.part")
    half.write_bytes(content)
    half.replace(path)
    return path
