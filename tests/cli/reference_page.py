"""docs/reference/cli.md, written from the commands themselves, so that the page cannot lag."""

from __future__ import annotations

from typing import Any

from typer.main import get_command

from duixian.cli.app import app
from duixian.cli.exit_codes import ExitCode
from duixian.cli.help_page import argument_entries, exit_words, option_entries, usage_line
from duixian.wording import Language, screen_words

HEAD = """# The commands

Written from the commands by the tests (`make accept`); the words stand in `src/duixian/wording/screen.toml`.
Every command speaks Chinese, or English with `--lang en` or `DUIXIAN_LANG=en`. Domain words stay Chinese in both.

Results go to standard output; progress, warnings and errors to standard error. A progress bar is shown on a terminal only.
Into a pipe tables are 100 columns wide (`COLUMNS` overrides it) and without colours; `NO_COLOR=1` drops them anywhere.
Where a table does not fit, each row is told in lines of its own, so that no figure is ever cut short.
"""

FILES = """## What `determine` writes

The same facts, policies, answers, day and language give the same bytes: no file holds a time of day or a folder of a machine.
Each file is put in place whole; `run.json` comes last.

| file | for whom | what |
|---|---|---|
| `determinations.csv` | programs | one line per determination; UTF-8 without BOM, `\\n`; the columns below, whatever the language |
| `determinations.jsonl` | programs | the same with the whole trace, marks and missing facts; money as whole fen, rates as fractions |
| `determinations.xlsx` | officers | 汇总, 明细, 未决口径, 问题, 名单核对, 说明; ready to print on A4 |
| `problems.csv` | who mends the tables | every problem: file, row, column, found, expected, fix |
| `uncertain-names.csv` | who knows the enterprises | names that may mean several or no enterprises, with the candidates |
| `run.json` | who checks the run | SHA-256 of facts (by meaning, not by file), policies and outputs; answers, day, version, fingerprint |
| `near.csv` | officers | from `near --out`: every step that an enterprise is short of, with the gap and what it would bring |

Columns of `determinations.csv`: {columns}. Amounts are yuan with two decimals: empty while unknown (待核, 待定),
`0.00` where nothing is given. 最高金额 is what the policy allows at most after 就高不重复, limits and payments made; it is not
the amount to be paid. 口径 lists the open questions that another answer of which would change the line, joined by `；`.

**Texts that look like formulas.** In every CSV that Duixian writes, a cell that begins with `=`, `+`, `-`, `@`, a full-width form of
them, a tab or a line end gets an apostrophe in front, so that no table program runs it; a cell that begins with apostrophes followed by
such a sign gets one more. To read a text back exactly, remove one apostrophe where the rest of the cell begins so. Amounts are never
negative and are never changed.
"""


def cli_page(columns: tuple[str, ...]) -> str:
    """The whole page."""
    group: Any = get_command(app)
    parts = [HEAD, *(_command(command) for command in group.commands.values()), _exit_codes()]
    return "\n".join([*parts, FILES.format(columns=", ".join(columns))])


def _command(command: Any) -> str:
    english = Language.ENGLISH
    path = f"duixian {command.name}"
    lines = [
        f"## `{path}`",
        "",
        screen_words(f"help.{command.name}", english),
        "",
        "```",
        usage_line(command, path, english),
        "```",
        "",
        "| argument or option | meaning |",
        "|---|---|",
    ]
    entries = [*argument_entries(command, english), *option_entries(command, command.name, english)]
    lines += [f"| `{each.name.replace('|', chr(92) + '|')}` | {each.meaning} |" for each in entries]
    lines += ["", "```", screen_words(f"help.{command.name}.more", english), "```", ""]
    return "\n".join(lines)


def _exit_codes() -> str:
    rows = [f"| {int(code)} | {exit_words(code, Language.ENGLISH)} |" for code in ExitCode]
    return "\n".join(["## Exit codes", "", "| code | meaning |", "|---|---|", *rows, ""])
