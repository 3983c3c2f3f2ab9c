"""Processes that do one thing (进程): to its end, or killed on the way; forked from one without a connection to the database."""

from __future__ import annotations

import json
import os
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection

_BEGINS, _ANSWERED = b"b", b"a"
Ready = Callable[[Callable[[], None]], Callable[[], None]]
"""Gets work ready that tells of each answer it had."""


class Broke(Exception):
    """A process ended otherwise than it should (进程出错); what it said stands on the error stream."""


@dataclass(frozen=True, slots=True)
class Died:
    """How a process ended (断点): after how many answers, and whether it was killed before its end."""

    answers: int
    is_killed: bool


def died(ready: Ready, answers: int, after: float) -> Died:
    """Do work in a process of its own, and kill that so many seconds after it had so many answers."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        _child(lambda: _do(ready, theirs))
    os.close(theirs)
    with os.fdopen(ours, "rb", buffering=0) as told:
        if told.read(1) != _BEGINS:
            raise Broke("it died before it began")
        had = sum(len(told.read(1)) for _ in range(answers))
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        had += len(_all(told))
    status = os.waitpid(child, 0)[1]
    if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status):
        raise Broke("it broke by itself")
    return Died(had, os.WIFSIGNALED(status))


def _all(stream: Any) -> bytes:
    return b"".join(iter(lambda: stream.read(1 << 16), b""))


def _do(ready: Ready, tell: int) -> None:
    work = ready(lambda: _say(tell, _ANSWERED))
    connection.ensure_connection()
    _say(tell, _BEGINS)
    work()


def _say(into: int, word: bytes) -> None:
    os.write(into, word)


def forked(work: Callable[[], Any]) -> Any:
    """Do something to its end in a process of its own; what it came to."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        _child(lambda: _tell(theirs, work()))
    os.close(theirs)
    with os.fdopen(ours, "rb", buffering=0) as told:
        text = _all(told)
    if os.waitpid(child, 0)[1]:
        raise Broke("what came after it broke by itself")
    return json.loads(text)


def _tell(into: int, what: Any) -> None:
    with os.fdopen(into, "wb") as stream:
        stream.write(json.dumps(what, default=str).encode())


def _child(work: Callable[[], None]) -> None:
    """The life of a forked process: its work, and no word of the house it came from."""
    code = 1
    try:
        work()
        connection.close()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)
