"""The receipt: the same run has the same fingerprint, and whatever could change a result changes it."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from duixian.exchange.results.folder import FILES, RECEIPT_FILE, write_results
from duixian.exchange.results.receipt import dossier_fingerprint, facts_fingerprint, receipt_of
from duixian.exchange.results.results import Results
from duixian.exchange.tables.facts import read_facts
from duixian.rules.fact import Dossier, Fact
from duixian.source.city import read_city
from tests.exchange.results.harbour import DATA, EAST, FACTS, HARBOUR, harbour, results


def test_the_same_run_has_the_same_fingerprint() -> None:
    assert receipt_of(results()) == receipt_of(results())


@pytest.mark.parametrize(
    "other",
    [
        lambda: results(as_of=date(2026, 12, 30)),
        lambda: results(strict=True),
        lambda: results(rulings={"绿色晋级": "补差"}),
        # Taking the default by a ruling closes the question: nothing is marked any more.
        lambda: results(rulings={"绿色晋级": "全额"}),
    ],
    ids=["day", "strict", "ruling", "ruling for the default"],
)
def test_another_run_has_another_fingerprint(other: object) -> None:
    assert callable(other)
    assert receipt_of(other()).fingerprint != receipt_of(results()).fingerprint


def test_a_changed_policy_file_changes_the_fingerprint(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(HARBOUR, tmp_path / "harbour"))
    reading = read_city(folder)
    assert reading.city is not None
    same = receipt_of(results(city=reading.city))
    assert same == receipt_of(results())
    questions = folder / "support-2026" / "interpretations.yaml"
    questions.write_text(questions.read_text("utf-8") + "# 备注\n", "utf-8")
    assert receipt_of(results(city=reading.city)).fingerprint != same.fingerprint


def test_the_receipt_names_no_folder_of_a_machine(tmp_path: Path) -> None:
    write_results(results(), tmp_path)
    assert str(DATA) not in (tmp_path / RECEIPT_FILE).read_text("utf-8")


def test_the_order_of_facts_changes_no_fingerprint() -> None:
    dossier = results().dossiers[EAST]
    turned = replace(dossier, facts=tuple(reversed(dossier.facts)))
    assert dossier_fingerprint(turned) == dossier_fingerprint(dossier)
    assert facts_fingerprint([turned]) == facts_fingerprint([dossier])


def test_a_date_and_a_text_that_look_alike_are_told_apart() -> None:
    def dossier(value: date | str) -> Dossier:
        return Dossier(EAST, "某公司", {}, (Fact("认定", "R1", EAST, {"日期": value}),))

    assert dossier_fingerprint(dossier("2026-01-01")) != dossier_fingerprint(dossier(date(2026, 1, 1)))


def test_every_file_is_vouched_for(tmp_path: Path) -> None:
    paths = write_results(results(), tmp_path)
    assert [path.name for path in paths] == [*(name for name, _ in FILES), RECEIPT_FILE]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in paths)
    receipt = json.loads((tmp_path / RECEIPT_FILE).read_text("utf-8"))
    assert set(receipt["outputs"]) == {name for name, _ in FILES}
    assert receipt["fingerprint"] == receipt_of(results()).fingerprint


def test_the_same_run_writes_the_same_bytes(tmp_path: Path) -> None:
    first = write_results(results(), tmp_path / "a")
    second = write_results(results(), tmp_path / "b")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def _turned(tmp_path: Path) -> Results:
    """The results of the same tables with their rows in reverse, each in a file of another name."""
    for table in sorted(FACTS.glob("*.csv")):
        header, *rows = table.read_text("utf-8").splitlines()
        # The second table of each kind gets half of the rows: the split of the files says nothing either.
        for name, part in (("1", rows[::-2]), ("2", rows[-2::-2])):
            (tmp_path / f"{table.stem}_{name}.csv").write_text("\n".join([header, *part]) + "\n", "utf-8")
    return results(reading=read_facts(tmp_path, harbour()))


def test_the_order_of_rows_and_files_changes_no_determination(tmp_path: Path) -> None:
    facts = tmp_path / "facts"
    facts.mkdir()
    turned = _turned(facts)
    assert receipt_of(turned) == receipt_of(results())
    for name, make in FILES[:2]:
        assert make(turned, receipt_of(turned)) == make(results(), receipt_of(results())), name


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    (tmp_path / "determinations.csv").write_text("old", "utf-8")
    write_results(results(), tmp_path)
    assert (tmp_path / "determinations.csv").read_text("utf-8").startswith("统一社会信用代码")
    assert not list(tmp_path.glob("*.part"))
