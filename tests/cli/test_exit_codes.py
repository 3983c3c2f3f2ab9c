"""Each exit code, as a script meets it: by a process of its own, and never with a stack."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from duixian.cli.exit_codes import ExitCode
from duixian.cli.failure import DEBUG, guarded_run
from tests.cli.command import FACTS, duixian, finished, started

DAY = ("--as-of", "2026-12-31")
MANY = 1_500
"""Facts whose explanation fills any pipe."""


def test_help_and_version_succeed() -> None:
    assert finished("--help").code == ExitCode.OK
    assert finished("--version").out.startswith("duixian ")


def test_a_clean_policy_succeeds() -> None:
    assert finished("check").code == ExitCode.OK


def test_rows_set_aside_are_told_by_the_exit_code(tmp_path: Path) -> None:
    spoken = finished("determine", FACTS, *DAY, "--out", str(tmp_path))
    assert spoken.code == ExitCode.SET_ASIDE
    assert (tmp_path / "determinations.csv").is_file()
    assert not spoken.err


USAGE: dict[str, tuple[str, ...]] = {
    "unknown command": ("determin",),
    "unknown option": ("determine", FACTS, "--asof", "2026-12-31"),
    "no date": ("determine", FACTS, "--out", "out"),
    "a date that is none": ("determine", FACTS, "--as-of", "2026-02-30", "--out", "out"),
    "no such table": ("near", "nowhere", *DAY),
    "no such folder": ("check", "nowhere"),
    "a folder without a city": ("check", FACTS),
    "too many words": ("check", "policies", "policies"),
    "a number that is none": ("near", FACTS, *DAY, "--limit", "all"),
    "a wrong format": ("check", "--format", "yaml"),
    "a wrong language": ("check", "--lang", "fr"),
    "no such question": ("near", FACTS, *DAY, "--decide", "绿色晋及=补差"),
    "no such option of a question": ("near", FACTS, *DAY, "--decide", "绿色晋级=减半"),
    "a ruling without an option": ("near", FACTS, *DAY, "--decide", "绿色晋级"),
    "two answers to one question": (
        "near",
        FACTS,
        *DAY,
        "--decide",
        "绿色晋级=补差",
        "--decide",
        "绿色晋级=全额",
    ),
    "no such enterprise": ("explain", FACTS, *DAY, "--enterprise", "无名"),
    "a part of a name": ("explain", FACTS, *DAY, "--enterprise", "示例"),
    "an empty name": ("near", FACTS, *DAY, "--enterprise", ""),
    "results among the tables": ("determine", FACTS, *DAY, "--out", FACTS),
    "an empty folder name": ("near", FACTS, *DAY, "--out", ""),
    "no such clause": ("show", "（九）"),
    "a tiny demo": ("demo", "--out", "out", "--enterprises", "3"),
}


@pytest.mark.parametrize("name", USAGE)
def test_what_cannot_be_done_as_asked_is_said_in_words(name: str) -> None:
    for language in ("zh", "en"):
        args = [*USAGE[name], *([] if "--lang" in USAGE[name] else ["--lang", language])]
        spoken = duixian(*args)
        assert spoken.code == ExitCode.USAGE, spoken.err
        assert spoken.err.startswith("duixian: ")
        assert "Traceback" not in spoken.err
        assert not spoken.out


def test_the_mistakes_are_worded_as_agreed(golden: Callable[[str | Path, str], None]) -> None:
    told = [f"{name}\n{duixian(*args).told()}" for name, args in USAGE.items()]
    golden("golden/mistakes.txt", "\n".join(told))


def test_several_cities_must_be_named(tmp_path: Path) -> None:
    for name in ("east", "west"):
        city = tmp_path / "policies" / name
        city.mkdir(parents=True)
        (city / "city.yaml").write_text("城市: 某城\n", "utf-8")
    spoken = duixian("check", where=tmp_path)
    assert spoken.code == ExitCode.USAGE
    assert "east" in spoken.err
    assert "west" in spoken.err


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    spoken = duixian("determine", FACTS, *DAY, "--out", str(tmp_path / "taken"))
    assert spoken.code == ExitCode.CANNOT_WRITE
    assert "taken" in spoken.err


def test_a_fault_is_one_line_without_a_stack() -> None:
    app = typer.Typer()

    @app.command()
    def divide() -> None:
        raise ZeroDivisionError("示例企业的数据")

    assert guarded_run(app, [], {}) == ExitCode.BUG


def test_a_fault_says_what_to_report_and_nothing_personal(capsys: pytest.CaptureFixture[str]) -> None:
    app = typer.Typer()

    @app.command()
    def look_up() -> None:
        raise KeyError("91320798XN00000121")

    guarded_run(app, [], {})
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "KeyError" in told
    assert "test_exit_codes.py" in told
    assert "91320798XN00000121" not in told


def test_a_fault_shows_its_stack_to_whoever_asks() -> None:
    app = typer.Typer()

    @app.command()
    def divide() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        guarded_run(app, [], {DEBUG: "1"})


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """Tables with one enterprise of many facts: to explain it takes more than a pipe holds."""
    code, name = "91320798XN00000121", "示例西港机电有限公司（虚构）"
    facts = tmp_path / "many"
    facts.mkdir()
    (facts / "企业.csv").write_text(f"统一社会信用代码,企业名称\n{code},{name}\n", "utf-8")
    rows = "".join(f"M{n},{code},{name},绿色工厂,市级,获评,,2026-03-01\n" for n in range(MANY))
    header = "编号,统一社会信用代码,企业名称,称号,级别,轮次,对象,日期\n"
    (facts / "认定.csv").write_text(header + rows, "utf-8")
    return facts


def test_a_reader_who_goes_away_ends_the_command_quietly(large: Path) -> None:
    with started("explain", str(large), *DAY, "--enterprise", "91320798XN00000121") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        complaints = process.stderr.read()
    assert process.returncode == ExitCode.BROKEN_PIPE
    assert not complaints


def test_ctrl_c_ends_the_command_with_130(large: Path) -> None:
    with started("explain", str(large), *DAY, "--enterprise", "91320798XN00000121") as process:
        assert process.stdout is not None
        # The command has begun to speak, and cannot end before somebody listens: the pipe is full.
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=60)
    assert process.returncode == ExitCode.INTERRUPTED
    assert complaints == "duixian: 已中断\n"


def test_without_a_day_explain_takes_today() -> None:
    spoken = duixian("explain", FACTS, "--enterprise", "91320798XN00000121")
    assert spoken.code == ExitCode.SET_ASIDE
    assert "基准日" in spoken.out


def test_the_language_of_the_environment_is_taken() -> None:
    assert "Usage" in finished("check", "--help", DUIXIAN_LANG="en").out
    assert "用法" in finished("check", "--help", "--lang", "zh", DUIXIAN_LANG="en").out
    assert "用法" in finished("check", "--help", DUIXIAN_LANG="klingon").out


def test_a_console_of_another_script_ends_no_command() -> None:
    spoken = finished("check", PYTHONIOENCODING="ascii")
    assert spoken.code == ExitCode.OK
    assert "?" in spoken.out
