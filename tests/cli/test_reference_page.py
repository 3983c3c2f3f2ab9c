"""docs/reference/cli.md and every help page name what the commands have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from duixian.cli.app import app
from duixian.cli.exit_codes import ExitCode
from duixian.exchange.results.determinations_csv import HEADER
from tests.cli.reference_page import cli_page
from tests.house.tree import ROOT

PAGE = ROOT / "docs" / "reference" / "cli.md"
COMMANDS: dict[str, Any] = dict(vars(get_command(app))["commands"])


def test_the_page_is_in_step_with_the_commands(golden: Callable[[str | Path, str], None]) -> None:
    golden(PAGE, cli_page(HEADER))


def test_the_page_names_every_option_and_exit_code() -> None:
    page = PAGE.read_text("utf-8")
    for name, command in COMMANDS.items():
        assert f"## `duixian {name}`" in page
        for param in command.params:
            assert all(each in page for each in param.opts if each.startswith("-"))
    assert all(f"| {int(code)} |" in page for code in ExitCode)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_its_options(name: str) -> None:
    result = CliRunner().invoke(app, [name, "--help"])
    assert result.exit_code == 0
    for param in COMMANDS[name].params:
        assert (param.opts[0] if param.param_type_name == "option" else param.metavar) in result.output


def test_every_command_can_be_asked_in_english() -> None:
    for name, command in COMMANDS.items():
        assert "lang" in {param.name for param in command.params}, name
