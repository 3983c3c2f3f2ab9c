"""Verifying finds whatever was changed: a frozen file, a kept row, the run's own word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from duixian.office.accounts.actor import Actor
from duixian.office.city import city
from duixian.office.evidence.store import path_of
from duixian.office.runs.frozen_city import city_from, freeze_city, frozen_city
from duixian.office.runs.models import Run, RunState, StoredDetermination
from duixian.office.runs.start import start
from duixian.office.runs.verify import verify
from duixian.rules.fact import Dossier
from tests.office.runs.conftest import DAY


@pytest.fixture
def run(officer: Actor, demo_city: tuple[Dossier, ...]) -> Run:
    return start(officer, title="首批", as_of=DAY)


def _forced(statement: str) -> None:
    """Somebody with all rights at the database itself, who takes the trigger away first."""
    table = StoredDetermination._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {table}_no_update")
            cursor.execute(f"DROP TRIGGER {table}_no_delete")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only")
        cursor.execute(statement)


@pytest.mark.django_db
def test_an_untouched_run_is_whole(run: Run) -> None:
    assert verify(Run.objects.get(pk=run.pk)) == []


@pytest.mark.django_db
def test_a_changed_row_is_found(run: Run) -> None:
    row = run.determinations.filter(outcome="可兑付").order_by("position")[2]
    _forced(f"UPDATE runs_determination SET amount_fen = amount_fen + 1 WHERE id = {row.pk}")
    assert verify(run) == [f"批次 {run.pk} 库中的结果与复算不同，第一处在第 {row.position} 条"]


@pytest.mark.django_db
def test_a_missing_row_is_found(run: Run) -> None:
    rows = run.counts["rows"]
    _forced(f"DELETE FROM runs_determination WHERE run_id = {run.pk} AND position = 3")
    assert verify(run) == [f"批次 {run.pk} 库中有 {rows - 1} 条结果，复算得 {rows} 条"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "what"), [("city_hash", "政策"), ("facts_hash", "事实"), ("results_hash", "结果")]
)
def test_a_changed_or_missing_file_is_found(run: Run, field: str, what: str) -> None:
    path = path_of(getattr(run, field))
    kept = path.read_bytes()
    path.chmod(0o600)
    try:
        path.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
        assert verify(run) == [f"批次 {run.pk} 的{what}存档缺失或已被改动"]
        path.unlink()
        assert verify(run) == [f"批次 {run.pk} 的{what}存档缺失或已被改动"]
    finally:
        path.write_bytes(kept)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"rulings": {"专精特新晋级": "补差"}}, "口径"),
        ({"is_strict": True}, "严格模式"),
        ({"as_of": DAY.replace(year=2025)}, "基准日"),
        ({"counts": {}}, "条数"),
    ],
)
def test_a_run_that_says_other_than_its_receipt_is_found(
    run: Run, change: dict[str, object], what: str
) -> None:
    Run.objects.filter(pk=run.pk).update(**change)
    assert verify(Run.objects.get(pk=run.pk)) == [f"批次 {run.pk} 的{what}与凭据不符"]


@pytest.mark.django_db
def test_a_receipt_that_the_chain_does_not_know_is_found(run: Run, officer: Actor) -> None:
    other = start(officer, title="严格", as_of=DAY, is_strict=True)
    names = (
        "city_hash",
        "facts_hash",
        "results_hash",
        "fingerprints",
        "counts",
        "rulings",
        "is_strict",
        "engine",
    )
    Run.objects.filter(pk=run.pk).update(**{name: getattr(other, name) for name in names})
    complaints = verify(Run.objects.get(pk=run.pk))
    assert f"批次 {run.pk} 的凭据与审计记录不符" in complaints


@pytest.mark.django_db
def test_rows_of_a_run_that_did_not_finish_are_found(run: Run) -> None:
    Run.objects.filter(pk=run.pk).update(state=RunState.FAILED)
    rows = run.counts["rows"]
    assert verify(Run.objects.get(pk=run.pk)) == [f"批次 {run.pk} 没有完成，却有 {rows} 条结果"]


@pytest.mark.django_db
def test_the_frozen_city_reads_like_the_folder(run: Run) -> None:
    kept = frozen_city(run.city_hash)
    assert (kept.policies, kept.interpretations) != ((), {})
    assert [each.number for each in kept.policies] == [each.number for each in city().policies]
    assert kept.measures == city().measures or len(kept.measures) == len(city().measures)


def test_the_same_folder_gives_the_same_bytes_and_hidden_files_stay_out(
    tmp_path: Path, copy_of_city: Callable[[Path], Path]
) -> None:
    one, two = copy_of_city(tmp_path / "one"), copy_of_city(tmp_path / "two")
    (two / ".hidden").write_text("x")
    assert freeze_city(one) == freeze_city(two)
    assert city_from(freeze_city(one)).name == city().name
