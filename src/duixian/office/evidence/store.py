"""The store of files (文件库): each content once, under its hash, written whole or not at all.

A file lies in ``settings.FILES`` under ``ab/cd/abcd…``, readable and never written again. What a transaction that failed left behind
is a file that no row names: harmless, and found again by the next who brings the same content.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from django.conf import settings
from django.db import IntegrityError, transaction

from duixian.office.evidence.file_types import type_of
from duixian.office.evidence.models import StoredFile
from duixian.office.refusal import NotThere, Refusal

_WAITING = ".waiting"


def keep(content: bytes | Path, name: str) -> StoredFile:
    """Keep a file that somebody brought; the same content is kept once.

    Raises:
        Refusal: ``file-empty``, ``file-too-large``, or what ``type_of`` refuses.
    """
    demand_size(len(content) if isinstance(content, bytes) else content.stat().st_size)
    read = content if isinstance(content, bytes) else content.read_bytes()
    return _kept(read, type_of(read, name))


def keep_own(content: bytes | Path, media_type: str) -> StoredFile:
    """Keep a file that the office itself made: of any type and size."""
    return _kept(content if isinstance(content, bytes) else content.read_bytes(), media_type)


def open_file(digest: str) -> BinaryIO:
    """A kept file for reading.

    Raises:
        NotThere: when there is none.
    """
    try:
        return path_of(digest).open("rb")
    except FileNotFoundError:
        raise NotThere("file-not-there", "文件不存在", why="文件库中没有此文件") from None


def path_of(digest: str) -> Path:
    """Where a file lies, there or not.

    Raises:
        NotThere: when the text is no hash.
    """
    if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        raise NotThere("file-not-there", "文件不存在", why="不是文件的哈希")
    return Path(settings.FILES) / digest[:2] / digest[2:4] / digest


def is_whole(digest: str) -> bool:
    """Whether the file is there and its content is what its name says."""
    try:
        with open_file(digest) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == digest  # type: ignore[arg-type]
    except NotThere:
        return False


def forget_unfinished(before: float) -> int:
    """Remove files that were begun before a moment, in seconds of the clock, and never finished; how many there were."""
    waiting = Path(settings.FILES) / _WAITING
    count = 0
    for each in waiting.glob("*"):
        # Another may finish it, or take it away, while this one looks.
        with suppress(FileNotFoundError):
            if each.stat().st_mtime < before:
                each.unlink()
                count += 1
    return count


def _kept(content: bytes, media_type: str) -> StoredFile:
    digest = hashlib.sha256(content).hexdigest()
    path = path_of(digest)
    if not path.exists() or path.stat().st_size != len(content):
        _write(path, content)
    found = StoredFile.objects.filter(digest=digest).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return StoredFile.objects.create(digest=digest, size=len(content), media_type=media_type)
    except IntegrityError:
        return StoredFile.objects.get(digest=digest)


def demand_size(size: int) -> None:
    """Go on only when a file of this many bytes is taken.

    Raises:
        Refusal: ``file-empty`` or ``file-too-large``.
    """
    if size == 0:
        raise Refusal("file-empty", "文件是空的", fix="请重新选择文件")
    if size > settings.MOST_FILE_BYTES:
        raise Refusal(
            "file-too-large",
            "文件过大",
            why=f"单个文件不得超过 {settings.MOST_FILE_BYTES >> 20} MB",
            fix="请压缩图片或拆成几个文件",
        )


def _write(path: Path, content: bytes) -> None:
    """Written beside its place and moved there: a reader sees all of it or nothing, also after the power went."""
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = Path(settings.FILES) / _WAITING
    waiting.mkdir(exist_ok=True)
    with NamedTemporaryFile(dir=waiting, delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), 0o440)
            os.fsync(file.fileno())
            os.replace(file.name, path)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(file.name)
            raise
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
