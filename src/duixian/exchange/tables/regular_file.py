"""Opening a file that somebody else put there (打开文件): regular, not a link, not too large, and named by its first bytes."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

MEBIBYTE = 1 << 20
MOST_BYTES = 64 * MEBIBYTE
"""The largest table file that is opened: half a million rows of CSV. Larger data belong to the batch engine's columns."""


class NotOpened(Exception):
    """A file that is left aside; ``code`` is the problem, the rest its two sides."""

    def __init__(self, code: str, found: str = "", expected: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.found = found
        self.expected = expected


# What is told of a file by its first bytes.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PAR1", "parquet"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
)


FORMAT_NAMES = {"zip": "zip (xlsx)", "ole": "xls", "html": "HTML", "parquet": "Parquet", "text": "CSV"}
"""What a file is by its first bytes, under the name that people know."""


def open_regular(path: Path) -> BinaryIO:
    """Open a regular file for reading; links, pipes, devices and folders are refused before a byte is read.

    Raises:
        NotOpened: with the problem.
    """
    # Not following links and not waiting for the other end of a pipe are asked of the system itself: looking first
    # and opening later would leave a gap between the two.
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    try:
        if path.is_symlink():
            raise NotOpened("symlink")
        handle = os.open(path, flags)
    except OSError as error:
        raise _refusal(error) from error
    opened = os.fdopen(handle, "rb") if stat.S_ISREG(os.fstat(handle).st_mode) else None
    if opened is None:
        os.close(handle)
        raise NotOpened("not-a-file")
    size = os.fstat(handle).st_size
    if size == 0 or size > MOST_BYTES:
        opened.close()
        raise (
            NotOpened("empty-file")
            if size == 0
            else NotOpened("file-too-large", f"{size // MEBIBYTE} MB", f"{MOST_BYTES // MEBIBYTE} MB")
        )
    return opened


def actual_format(stream: BinaryIO) -> str:
    """What a file is by its first bytes: ``zip``, ``parquet``, ``ole`` (old Office, or an encrypted one), ``html``, the
    name of something else, or ``text``. The stream is set back to its beginning."""
    head = stream.read(1024)
    stream.seek(0)
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return name
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "html" if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")) else "text"


def _refusal(error: OSError) -> NotOpened:
    if error.errno == errno.ELOOP:
        return NotOpened("symlink")
    if error.errno == errno.ENOENT:
        return NotOpened("no-such-path")
    # Pipes without a reader, sockets and devices without a driver say so only when they are opened.
    if error.errno in {errno.ENXIO, errno.ENODEV, errno.EISDIR}:
        return NotOpened("not-a-file")
    return NotOpened("cannot-open", error.strerror or "")
