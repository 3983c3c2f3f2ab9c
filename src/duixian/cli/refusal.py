"""Refusals (拒绝执行): what a command cannot do as asked, told in one sentence with what to do instead."""

from __future__ import annotations

from duixian.cli.exit_codes import ExitCode
from duixian.wording import Language, screen_words


class Refusal(Exception):
    """The command ends here, and its user can change that (拒绝执行).

    ``code`` is a sentence of ``screen.toml``; the blanks fill it.
    """

    def __init__(self, code: str, exit_code: ExitCode = ExitCode.USAGE, /, **blanks: object) -> None:
        super().__init__(code)
        self.code, self.exit_code, self.blanks = code, exit_code, blanks

    def words(self, language: Language) -> str:
        """The sentence."""
        return screen_words(self.code, language, **self.blanks)
