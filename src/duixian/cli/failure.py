"""Every way in which a command can fail, told in one line and with one exit code (失败): no stack is ever shown.

``DUIXIAN_DEBUG=1`` shows the stack of a bug to whoever mends it.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from typer.main import get_command

from duixian.cli.exit_codes import ExitCode
from duixian.cli.help_page import usage_line
from duixian.cli.language import chosen_language
from duixian.cli.refusal import Refusal
from duixian.wording import Language, screen_words

if TYPE_CHECKING:
    from typer import Typer

DEBUG = "DUIXIAN_DEBUG"
_EXTRA = re.compile(r"unexpected extra arguments?(?:\(s\))? \((?P<words>.*)\)", re.DOTALL)


def guarded_run(app: Typer, args: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a command line of the app; gives its exit code."""
    _speak_any_script(sys.stdout, sys.stderr)
    language = Language.CHINESE
    try:
        language = chosen_language(args, environment)
        code = get_command(app).main(list(args), prog_name="duixian", standalone_mode=False, obj=language)
        sys.stdout.flush()
        return _interrupted(language) if code == ExitCode.INTERRUPTED else int(code or ExitCode.OK)
    except Refusal as refusal:
        return _told(refusal.words(language), refusal.exit_code)
    except (BrokenPipeError, SystemExit):
        # Rich and Typer leave by SystemExit when the reader of a pipe is gone; nothing else here does.
        return _gone()
    except KeyboardInterrupt:
        return _interrupted(language)
    except OSError as error:
        blanks = {"file": error.filename or "", "why": error.strerror or str(error)}
        return _told(screen_words("error.cannot-write", language, **blanks), ExitCode.CANNOT_WRITE)
    except Exception as error:
        if hasattr(error, "format_message"):  # what Typer found wrong with the command line
            return _misused(error, language)
        if environment.get(DEBUG):
            raise
        return _told(_bug(error, args, language), ExitCode.BUG)


def _told(message: str, code: ExitCode) -> int:
    """Say what went wrong on standard error."""
    print(f"duixian: {message}", file=sys.stderr)
    return int(code)


def _interrupted(language: Language) -> int:
    return _told(screen_words("error.interrupted", language), ExitCode.INTERRUPTED)


def _misused(error: Any, language: Language) -> int:
    """A mistake in the command line: what, and how the command is typed."""
    ctx = getattr(error, "ctx", None)
    print(f"duixian: {_usage_words(error, language)}", file=sys.stderr)
    if ctx is not None:
        line = usage_line(ctx.command, ctx.command_path, language)
        print(screen_words("error.usage-line", language, usage=line, path=ctx.command_path), file=sys.stderr)
    return int(ExitCode.USAGE)


def _usage_words(error: Any, language: Language) -> str:
    kind = type(error).__name__
    param = getattr(error, "param", None)
    name = "" if param is None else param.opts[0] if param.param_type_name == "option" else param.metavar
    if kind == "NoSuchOption":
        near = "、".join(error.possibilities or ())
        return screen_words("error.no-such-option", language, option=error.option_name, near=near or "—")
    if kind == "MissingParameter" and param is not None:
        return screen_words("error.missing", language, name=name)
    if kind == "BadParameter" and param is not None:
        return screen_words("error.not-a-number", language, name=name)
    if found := _EXTRA.search(str(error)):
        return screen_words("error.extra", language, words=found["words"])
    return screen_words("error.usage", language, why=error.format_message())


def _bug(error: Exception, args: Sequence[str], language: Language) -> str:
    """A fault of ours: what to report. The message of the exception may hold data, so only its kind and place are told."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        place = f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"
        trace = trace.tb_next
    return screen_words(
        "error.bug", language, kind=type(error).__name__, place=place, command=next(iter(args), "")
    )


def _gone() -> int:
    """Whoever read our output went away: nothing more may be written, not even at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return int(ExitCode.BROKEN_PIPE)


def _speak_any_script(*streams: TextIO) -> None:
    """A console that cannot print a character shows ``?`` instead of ending the command."""
    for stream in streams:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
