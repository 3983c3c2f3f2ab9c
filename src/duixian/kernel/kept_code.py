"""Kept code (代码留存): object files in a folder, whole or not there, each made by one process while the others wait."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from duixian.kernel.object_code import ObjectCode

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


def kept(file: Path, make: Callable[[], ObjectCode]) -> ObjectCode:
    """What is in a file; made now, and kept there, if nothing is. Where nothing can be written, the next process makes it again."""
    found = _read(file)
    if found is not None:
        return found
    with _by_turns(file.with_suffix(".turn")):
        found = _read(file)
        if found is None:
            found = make()
            _keep(file, found)
    return found


@contextmanager
def _by_turns(turn: Path) -> Iterator[None]:
    """One process at a time, where files can be locked and written; elsewhere everybody does it."""
    if fcntl is None:
        yield
        return
    try:
        turn.parent.mkdir(parents=True, exist_ok=True)
        opened = turn.open("wb")
    except OSError:
        yield
        return
    with opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield


def _read(file: Path) -> ObjectCode | None:
    """What is on disk; None where nothing is, or nothing whole."""
    try:
        head, content = file.read_bytes().split(b"\n", 1)
        symbol, result, digest = json.loads(head)
    except (OSError, ValueError):
        return None
    whole = hashlib.sha256(content).hexdigest() == digest
    return ObjectCode(content, symbol, tuple(result)) if whole else None


def _keep(file: Path, code: ObjectCode) -> None:
    """Keep it for later processes, if that can be done."""
    head = json.dumps([code.symbol, code.result, hashlib.sha256(code.content).hexdigest()])
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=file.parent, delete=False) as whole:
            whole.write(head.encode() + b"\n" + code.content)
        os.replace(whole.name, file)
    except OSError:
        return
