"""The commands of Duixian (命令): their arguments and options, nothing else. Each command lives in the file of its name.

Nothing heavy is imported before a command runs, so that help comes at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from duixian.cli.failure import guarded_run
from duixian.cli.help_page import HelpfulCommand, HelpfulGroup, group_page, language_of
from duixian.cli.refusal import Refusal

app = typer.Typer(
    name="duixian",
    cls=HelpfulGroup,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _named(text: str | Path) -> Path:
    """A path that somebody named: an empty word, such as an unset variable of a script, is not the present folder."""
    if not str(text).strip():
        raise Refusal("error.empty-path")
    return Path(text)


FactsPath = Annotated[Path, typer.Argument(metavar="FACTS", parser=_named)]
Policies = Annotated[Path | None, typer.Option("--policies", metavar="DIR")]
AsOf = Annotated[str, typer.Option("--as-of", metavar="DATE")]
AsOfOrToday = Annotated[str | None, typer.Option("--as-of", metavar="DATE")]
Decide = Annotated[list[str] | None, typer.Option("--decide", metavar="口径=选项")]
Strict = Annotated[bool, typer.Option("--strict")]
Lang = Annotated[str | None, typer.Option("--lang", metavar="zh|en")]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", parser=_named)]


@app.callback(invoke_without_command=True)
def duixian(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version")] = False,
    lang: Lang = None,
) -> None:
    """Print the version, or the first page when nothing is asked."""
    if version:
        from duixian.exchange.results.version import version_of_duixian

        typer.echo(f"duixian {version_of_duixian()}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        assert isinstance(ctx.command, HelpfulGroup)
        typer.echo(group_page(ctx.command, language_of(ctx)), nl=False)


@app.command(cls=HelpfulCommand)
def check(
    ctx: typer.Context,
    folder: Annotated[Path | None, typer.Argument(metavar="DIR")] = None,
    format_: Annotated[str, typer.Option("--format", metavar="text|json")] = "text",
    notes: Annotated[bool, typer.Option("--notes/--no-notes")] = True,
    lang: Lang = None,
) -> int:
    """Check a city's policies."""
    from duixian.cli.check import check_policies

    return check_policies(language_of(ctx), folder, format_, notes=notes)


@app.command(cls=HelpfulCommand)
def cases(
    ctx: typer.Context,
    folder: Annotated[Path | None, typer.Argument(metavar="DIR")] = None,
    lang: Lang = None,
) -> int:
    """Run a city's worked cases."""
    from duixian.cli.cases import check_cases

    return check_cases(language_of(ctx), folder)


@app.command(cls=HelpfulCommand)
def determine(
    ctx: typer.Context,
    facts: FactsPath,
    as_of: AsOf,
    out: Out,
    policies: Policies = None,
    strict: Strict = False,
    decide: Decide = None,
    engine: Annotated[str, typer.Option("--engine", metavar="auto|reference|kernel|spark")] = "auto",
    format_: Annotated[str, typer.Option("--format", metavar="parquet|csv")] = "parquet",
    marks: Annotated[bool, typer.Option("--marks/--no-marks")] = True,
    incremental: Annotated[bool, typer.Option("--incremental")] = False,
    master: Annotated[str | None, typer.Option("--master", metavar="URL")] = None,
    lang: Lang = None,
) -> int:
    """Determine all enterprises of the tables."""
    from duixian.cli.determine import determine_facts
    from duixian.cli.engines import EngineOptions

    options = EngineOptions(engine, marks, format_, incremental, master)
    return determine_facts(
        language_of(ctx), facts, policies, as_of, out, decide or [], options, strict=strict
    )


@app.command(cls=HelpfulCommand)
def explain(
    ctx: typer.Context,
    facts: FactsPath,
    enterprise: Annotated[str, typer.Option("--enterprise", metavar="CODE")],
    as_of: AsOfOrToday = None,
    policies: Policies = None,
    strict: Strict = False,
    decide: Decide = None,
    lang: Lang = None,
) -> int:
    """Explain what one enterprise gets."""
    from duixian.cli.explain import explain_enterprise

    return explain_enterprise(
        language_of(ctx), facts, policies, as_of, enterprise, decide or [], strict=strict
    )


@app.command(cls=HelpfulCommand)
def near(
    ctx: typer.Context,
    facts: FactsPath,
    as_of: AsOfOrToday = None,
    policies: Policies = None,
    enterprise: Annotated[str | None, typer.Option("--enterprise", metavar="CODE")] = None,
    decide: Decide = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", parser=_named)] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=0)] = 40,
    lang: Lang = None,
) -> int:
    """List what each enterprise misses by one step."""
    from duixian.cli.near import show_near

    return show_near(language_of(ctx), facts, policies, as_of, enterprise, decide or [], out, limit)


@app.command(cls=HelpfulCommand)
def show(
    ctx: typer.Context,
    clause: Annotated[str, typer.Argument(metavar="CLAUSE")],
    policies: Policies = None,
    lang: Lang = None,
) -> int:
    """Show a clause, a row or an open question."""
    from duixian.cli.show import show_clause

    return show_clause(language_of(ctx), clause, policies)


@app.command(cls=HelpfulCommand)
def demo(
    ctx: typer.Context,
    out: Out,
    seed: Annotated[int, typer.Option("--seed", metavar="N")] = 20260101,
    enterprises: Annotated[int, typer.Option("--enterprises", metavar="N")] = 3000,
    lang: Lang = None,
) -> int:
    """Write a synthetic city."""
    from duixian.cli.demo import write_demo

    return write_demo(language_of(ctx), out, seed, enterprises)


@app.command(cls=HelpfulCommand, context_settings={"allow_interspersed_args": False})
def office(
    ctx: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(metavar="COMMAND …")] = None,
    lang: Lang = None,
) -> int:
    """Run a command of the office."""
    from duixian.cli.office import run_office

    return run_office(words or [])


def run(args: Sequence[str]) -> int:
    """Run a command line; gives its exit code."""
    return guarded_run(app, args, os.environ)


def main() -> None:
    """The command ``duixian``."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
