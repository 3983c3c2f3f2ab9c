"""Help pages (帮助): a command, its arguments and its options, in the language of the command line.

The words stand in ``screen.toml`` under ``help.<command>`` and ``param.<name>``; a test holds them to the commands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from duixian.cli.exit_codes import ExitCode
from duixian.cli.refusal import Refusal
from duixian.wording import Language, screen_words

_GAP, _WIDEST = 2, 34


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a help page (帮助条目): what to type, and what it means."""

    name: str
    meaning: str


class HelpfulCommand(TyperCommand):
    """A command whose help speaks the chosen language."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page of one command."""
        formatter.write(command_page(self, ctx.command_path, language_of(ctx)))


class HelpfulGroup(TyperGroup):
    """The command ``duixian`` itself: its help lists the commands, and a misspelt command is told in words."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the first page."""
        formatter.write(group_page(self, language_of(ctx)))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command of that name.

        Raises:
            Refusal: when there is none.
        """
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            raise Refusal("error.no-such-command", name=args[0], commands="、".join(self.commands))
        return super().resolve_command(ctx, args)


def language_of(ctx: typer.Context) -> Language:
    """The language that ``main`` chose."""
    return ctx.obj if isinstance(ctx.obj, Language) else Language.CHINESE


def usage_line(command: Any, path: str, language: Language) -> str:
    """How the command is typed: ``duixian determine FACTS --as-of DATE [选项]``."""
    arguments = [_argument(param) for param in command.params if param.param_type_name == "argument"]
    required = [
        _typed(param) for param in command.params if param.required and param.param_type_name == "option"
    ]
    is_group = hasattr(command, "commands")
    rest = screen_words("help.word.command" if is_group else "help.word.options", language)
    return " ".join([path, *arguments, *required, rest])


def group_page(group: HelpfulGroup, language: Language) -> str:
    """The first page: what Duixian is, its commands, what the exit codes say."""
    commands = [Entry(name, screen_words(f"help.{name}", language)) for name in group.commands]
    codes = [Entry(str(int(code)), exit_words(code, language)) for code in ExitCode]
    return "\n".join(
        [
            screen_words("help.duixian", language),
            "",
            screen_words("help.word.usage", language, usage=usage_line(group, "duixian", language)),
            *_section("help.word.commands", commands, language),
            *_section("help.word.settings", list(option_entries(group, "duixian", language)), language),
            *_section("help.word.exit-codes", codes, language),
            "",
            screen_words("help.duixian.more", language),
            "",
        ]
    )


def command_page(command: Any, path: str, language: Language) -> str:
    """The page of one command."""
    arguments = list(argument_entries(command, language))
    more = _words(f"help.{command.name}.more", language)
    return "\n".join(
        [
            screen_words(f"help.{command.name}", language),
            "",
            screen_words("help.word.usage", language, usage=usage_line(command, path, language)),
            *_section("help.word.arguments", arguments, language),
            *_section("help.word.settings", list(option_entries(command, command.name, language)), language),
            *(["", more] if more else []),
            "",
        ]
    )


def exit_words(code: ExitCode, language: Language) -> str:
    """What an exit code says."""
    return screen_words(f"exit.{code.name.lower().replace('_', '-')}", language)


def param_words(command: str, name: str, language: Language) -> str:
    """What an argument or option means: for this command, or for all that have it."""
    return _words(f"param.{command}.{name}", language) or screen_words(f"param.{name}", language)


def argument_entries(command: Any, language: Language) -> Iterator[Entry]:
    """The arguments (参数) of a command."""
    for param in command.params:
        if param.param_type_name == "argument":
            yield Entry(_argument(param), param_words(command.name, param.name, language))


def option_entries(command: Any, name: str, language: Language) -> Iterator[Entry]:
    """The options (选项) of a command, ``--help`` last."""
    for param in command.params:
        if param.param_type_name == "option":
            yield Entry(_typed(param), param_words(name, param.name, language) + _default(param, language))
    yield Entry("--help", screen_words("param.help", language))


def _argument(param: Any) -> str:
    """An argument as it is typed; one that may be left out in brackets."""
    return str(param.metavar) if param.required else f"[{param.metavar}]"


def _typed(param: Any) -> str:
    """An option as it is typed."""
    names = "/".join([*param.opts, *param.secondary_opts])
    return names if param.is_flag else f"{names} {param.metavar}"


def _default(param: Any, language: Language) -> str:
    if param.required:
        return screen_words("help.word.required", language)
    if param.multiple:
        return screen_words("help.word.multiple", language)
    if param.is_flag or param.default in (None, ""):
        return ""
    return screen_words("help.word.default", language, value=param.default)


def _section(heading: str, entries: list[Entry], language: Language) -> list[str]:
    if not entries:
        return []
    width = min(max(_width(each.name) for each in entries), _WIDEST)
    return ["", screen_words(heading, language), *(line for each in entries for line in _entry(each, width))]


def _entry(each: Entry, width: int) -> list[str]:
    """One entry; a name that is too long stands on a line of its own."""
    indent = " " * (2 + width + _GAP)
    first, *more = each.meaning.split("\n")
    rest = [indent + line for line in more]
    if _width(each.name) > width:
        return [f"  {each.name}", indent + first, *rest]
    return [f"  {each.name}{' ' * (width - _width(each.name) + _GAP)}{first}", *rest]


def _width(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)


def _words(code: str, language: Language) -> str:
    """The words of a code, "" when it has none."""
    try:
        return screen_words(code, language)
    except KeyError:
        return ""
