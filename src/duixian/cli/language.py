"""Which language to speak (界面语言): ``--lang``, then ``DUIXIAN_LANG``, then Chinese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from duixian.cli.refusal import Refusal
from duixian.wording import Language

OPTION, VARIABLE = "--lang", "DUIXIAN_LANG"


def chosen_language(args: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language of a command line, found before the line is understood: even its mistakes are told in it.

    Raises:
        Refusal: when ``--lang`` names another language. A strange ``DUIXIAN_LANG`` is passed over.
    """
    asked = _asked(args)
    if asked is not None:
        return read_language(asked)
    set_ = environment.get(VARIABLE, "")
    return Language(set_) if set_ in set(Language) else Language.CHINESE


def read_language(text: str) -> Language:
    """The language of that name."""
    try:
        return Language(text)
    except ValueError:
        raise Refusal("error.bad-choice", option=OPTION, value=text, choices="、".join(Language)) from None


def _asked(args: Sequence[str]) -> str | None:
    """The last ``--lang zh`` or ``--lang=zh`` before ``--``."""
    asked = None
    for place, argument in enumerate(args):
        if argument == "--":
            break
        if argument.startswith(f"{OPTION}="):
            asked = argument.partition("=")[2]
        elif argument == OPTION and place + 1 < len(args):
            asked = args[place + 1]
    return asked
