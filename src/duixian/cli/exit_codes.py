"""Exit codes (退出码): what a script can tell from a command. They are never renumbered."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended (退出码)."""

    OK = 0
    """All went through."""
    ERRORS = 1
    """The policies have errors: nothing was determined."""
    USAGE = 2
    """The command was not understood, or what it names does not exist."""
    SET_ASIDE = 3
    """It ran, but rows of the tables were set aside."""
    BUG = 70
    """A fault of Duixian itself."""
    CANNOT_WRITE = 74
    """A file or folder could not be read or written."""
    INTERRUPTED = 130
    """Ctrl-C."""
    BROKEN_PIPE = 141
    """Whoever read the output went away."""
