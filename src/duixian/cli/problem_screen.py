"""Problems on the screen (问题显示): where, the line of the source with a caret beneath, what, why, and one fix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from duixian.cli.screen import Screen
from duixian.errors import Place, Problem, Severity
from duixian.wording import problem_words

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_BEFORE, _WINDOW, _MOST_CARETS = 20, 76, 60
_BAR = "│"


def show_problems(screen: Screen, problems: Iterable[Problem]) -> None:
    """Show problems in full, the worst kind first, each kind by place."""
    listed, sources = list(problems), Sources()
    for severity in Severity:
        group = [each for each in listed if each.severity is severity]
        if group:
            screen.say(f"check.{severity}s", style=_STYLES[severity], count=len(group))
            screen.line()
        for each in group:
            _show(screen, each, sources)


def _show(screen: Screen, problem: Problem, sources: Sources) -> None:
    words = problem_words(problem, screen.language)
    clause = f"  {problem.clause}" if problem.clause else ""
    screen.line(f"{problem.place}{clause}  {problem.code}", style="bold")
    if problem.severity is not Severity.NOTE:
        for line in excerpt(problem.place, sources):
            screen.line(line, style="dim")
    _block(screen, words.what)
    if problem.severity is not Severity.NOTE:
        _block(screen, screen.words("check.why", why=words.why))
        _block(screen, screen.words("check.fix", fix=words.fix))
    screen.line()


def _block(screen: Screen, text: str) -> None:
    for line in text.rstrip("\n").split("\n"):
        screen.line(f"    {line}")


class Sources:
    """The files that problems point to, each read once (出处)."""

    def __init__(self) -> None:
        self._lines: dict[str, tuple[str, ...]] = {}

    def lines(self, file: str) -> tuple[str, ...]:
        """The lines of a file, none when it cannot be read."""
        if file not in self._lines:
            try:
                text = Path(file).read_text("utf-8-sig")
            except (OSError, UnicodeDecodeError):
                text = ""
            self._lines[file] = tuple(text.splitlines())
        return self._lines[file]


def excerpt(place: Place, sources: Sources) -> Iterator[str]:
    """The source line and, beneath, carets under the columns of the place; nothing for a file that cannot be shown."""
    lines = sources.lines(place.file) if place.line else ()
    if not 0 < place.line <= len(lines):
        return
    text = lines[place.line - 1].replace("\t", " ")
    first = max(place.column - 1, 0)
    on_one_line = place.end_line in (0, place.line) and place.end_column > place.column
    last = place.end_column - 1 if on_one_line else first + 1
    start = max(0, first - _BEFORE) if _width(text) > _WINDOW else 0
    shown, end = _cut(text, start)
    number = str(place.line)
    lead = "…" if start else ""
    yield f"  {number} {_BAR} {lead}{shown}{'…' if end < len(text) else ''}"
    if place.column:
        blank = _width(lead + text[start:first])
        carets = max(1, min(_width(text[first : min(last, end)]), _MOST_CARETS))
        yield f"  {' ' * len(number)} {_BAR} {' ' * blank}{'^' * carets}"


def _cut(text: str, start: int) -> tuple[str, int]:
    """As much of the text from ``start`` on as a line holds, and where it ends."""
    width, end = 0, start
    while end < len(text) and width < _WINDOW:
        width += _width(text[end])
        end += 1
    return text[start:end], end


def _width(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)
