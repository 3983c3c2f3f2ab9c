"""``duixian office``: the commands of the office, as an officer types them."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.command import SRC, duixian, finished
from tests.office.own_office import OwnOffice, own_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OwnOffice]:
    with own_office(tmp_path) as found:
        yield found


@pytest.mark.parametrize("words", [(), ("--help",)])
def test_its_help_needs_no_database(words: tuple[str, ...]) -> None:
    shown = finished("office", *words)
    assert shown.code == 0
    assert all(name in shown.out for name in ("migrate", "demo", "serve", "verify", "tidy", "createuser"))


def test_a_command_of_the_office_tells_its_own_options() -> None:
    shown = finished("office", "serve", "--help")
    assert (shown.code, "--port" in shown.out) == (0, True)


def test_a_command_that_there_is_not_is_told() -> None:
    told = duixian("office", "paint")
    assert told.code == 2
    assert "paint" in told.err


def test_help_of_the_house_does_not_wait_for_the_office() -> None:
    program = "import sys; from duixian.cli.app import run; run(['--help']); print('django' in sys.modules)"
    shown = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(SRC), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    ).stdout
    assert "office" in shown
    assert shown.splitlines()[-1] == "False"


def test_migrate_demo_and_verify_go_through(office: OwnOffice) -> None:
    assert office.command("migrate").returncode == 0
    demo = office.command("demo", "--enterprises", "300", "--password", "演示专用-Duixian-9")
    assert demo.returncode == 0, demo.stderr
    for name in ("企业", "东海经办", "市级经办", "市级审核", "财政", "审计", "管理员"):
        assert name in demo.stdout
    assert demo.stdout.count("演示专用-Duixian-9") == 7
    verified = office.command("verify")
    assert verified.returncode == 0, verified.stdout
    assert verified.stdout.count("✓") == 4


@pytest.mark.parametrize("words", [("verify",), ("tidy",), ("serve",), ("createuser", "管理员")])
def test_without_tables_the_way_to_them_is_told(office: OwnOffice, words: tuple[str, ...]) -> None:
    told = office.command(*words)
    assert (told.returncode, "duixian office migrate" in told.stderr) == (1, True)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DATABASE_URL", "postgresql://nobody:secret@127.0.0.1:1/none", "数据库连不上"),
        ("DATABASE_URL", "mysql://nobody:secret@127.0.0.1/none", "设置 DATABASE_URL 写作“mysql://…”"),
        ("DATABASE_URL", "none of these", "设置 DATABASE_URL"),
        ("DUIXIAN_NOTICE_WORKING_DAYS", "0", "应为不小于 1 的整数"),
        ("DUIXIAN_PAY_WORKING_DAYS", "two months", "设置 DUIXIAN_PAY_WORKING_DAYS 写作“two months”"),
        ("DUIXIAN_AUDIT_HASH", "md5", "应为 sha256 或 sm3"),
    ],
)
def test_what_stands_in_the_way_from_outside_is_no_fault_of_the_office(
    office: OwnOffice, name: str, value: str, told: str
) -> None:
    migrated = replace(office, environment={**office.environment, name: value}).command("migrate")
    assert (migrated.returncode, told in migrated.stderr, "secret" in migrated.stderr) == (1, True, False)


@pytest.mark.parametrize("words", [("serve",), ("demo",)])
def test_a_city_that_cannot_be_read_is_told_with_its_folder(
    office: OwnOffice, tmp_path: Path, words: tuple[str, ...]
) -> None:
    office.command("migrate")
    nowhere = str(tmp_path / "nowhere")
    told = replace(office, environment={**office.environment, "DUIXIAN_CITY": nowhere}).command(*words)
    assert (told.returncode, f"duixian check {nowhere}" in told.stderr) == (1, True)


@pytest.mark.parametrize(
    "options", [("--port", "99999"), ("--port", "-1"), ("--workers", "0"), ("--host", "no.such.host.invalid")]
)
def test_what_cannot_be_served_is_told_before_anything_starts(
    office: OwnOffice, options: tuple[str, ...]
) -> None:
    told = office.command("serve", *options)
    assert (told.returncode, "不能启动服务" in told.stderr, told.stdout) == (1, True, "")


def test_a_port_that_another_has_is_told(office: OwnOffice) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        told = office.command("serve", "--port", str(other.getsockname()[1]))
    assert (told.returncode, "不能监听" in told.stderr) == (1, True)


def test_a_database_of_another_version_is_told(office: OwnOffice) -> None:
    office.command("migrate")
    office.python(
        "from django.db import connection\n"
        "connection.cursor().execute(\"DELETE FROM django_migrations WHERE app = 'awards' AND name LIKE '0002%'\")"
    )
    told = office.command("migrate")
    assert (told.returncode, "另一个版本" in told.stderr) == (1, True)


def test_tidying_tells_what_was_taken_away(office: OwnOffice) -> None:
    office.command("migrate")
    tidied = office.command("tidy")
    assert (tidied.returncode, tidied.stdout.count("清理 0 项")) == (0, 4)


def test_verify_is_red_where_a_file_was_changed(office: OwnOffice) -> None:
    office.command("demo", "--enterprises", "300")
    kept = next(path for path in (office.home / "files").rglob("*") if path.is_file())
    kept.chmod(0o600)
    kept.write_bytes(b"something else")
    verified = office.command("verify")
    assert verified.returncode == 1
    assert f"文件 {kept.name} 缺失或已被改动" in verified.stdout


def test_the_first_administrator_is_made_once_and_makes_the_others(office: OwnOffice) -> None:
    office.command("migrate")
    first = office.command("createuser", "管理员")
    assert first.returncode == 0
    assert "邀请码" in first.stdout
    again = office.command("createuser", "又一个")
    assert (again.returncode, "已有系统管理员账号" in again.stderr) == (1, True)
    other = office.command(
        "createuser", "东海经办", "--role", "county_officer", "--area", "东海县", "--by", "管理员"
    )
    assert (other.returncode, "县区经办" in other.stdout) == (0, True)
    nobody = office.command("createuser", "财政", "--role", "finance", "--by", "没有的人")
    assert (nobody.returncode, "没有这个系统管理员" in nobody.stderr) == (1, True)
