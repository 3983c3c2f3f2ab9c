"""Before a workbook is read (工作簿把关): inflated under a limit, and copied, so that what is read is what was measured.

An xlsx is a zip of XML. Its directory may lie about sizes, hold a part twice, or inflate a megabyte into a terabyte. Each
XML part is inflated piece by piece under one limit for all, and put uncompressed into a fresh zip in memory; only that
copy goes to the reader, and two zip readers can no longer see two different workbooks. Pictures and macros stay behind.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import BinaryIO

from duixian.exchange.tables.regular_file import FORMAT_NAMES, MEBIBYTE, NotOpened, actual_format

MOST_INFLATED = 160 * MEBIBYTE
"""All XML of a workbook together: a hundred thousand rows of thirty columns."""
MOST_PARTS = 2_000
_PIECE = MEBIBYTE
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_IS_ENCRYPTED = 0x1
_HOW_EXCEL_PACKS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def measured_copy(stream: BinaryIO) -> BytesIO:
    """An uncompressed copy of a workbook's XML parts, in memory.

    Raises:
        NotOpened: when it is no workbook, is encrypted or damaged, or inflates beyond :data:`MOST_INFLATED`.
    """
    actual = actual_format(stream)
    if actual != "zip":
        raise _another_format(actual, stream)
    target = BytesIO()
    try:
        with zipfile.ZipFile(stream) as original, zipfile.ZipFile(target, "w") as copy:
            _copy_parts(_parts(original), original, copy)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        raise NotOpened("corrupt-workbook") from error
    return target


def _parts(original: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The XML parts, once their directory looks honest."""
    parts = [part for part in original.infolist() if part.filename.endswith((".xml", ".rels"))]
    names = {part.filename for part in parts}
    if any(part.flag_bits & _IS_ENCRYPTED for part in parts):
        raise NotOpened("encrypted-workbook")
    packed = {part.compress_type for part in parts}
    if len(names) < len(parts) or "[Content_Types].xml" not in names or packed - _HOW_EXCEL_PACKS:
        raise NotOpened("corrupt-workbook")
    declared = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or declared > MOST_INFLATED:
        raise _too_large(declared)
    return parts


def _copy_parts(parts: list[zipfile.ZipInfo], original: zipfile.ZipFile, copy: zipfile.ZipFile) -> None:
    inflated = 0
    for part in parts:
        # A directory that declares too little ends in a wrong checksum; nothing beyond what it declares is inflated.
        with original.open(part) as source, copy.open(part.filename, "w") as target:
            while piece := source.read(_PIECE):
                inflated += len(piece)
                if inflated > MOST_INFLATED:
                    raise _too_large(inflated)
                target.write(piece)


def _too_large(size: int) -> NotOpened:
    return NotOpened("workbook-too-large", f"{size // MEBIBYTE} MB", f"{MOST_INFLATED // MEBIBYTE} MB")


def _another_format(actual: str, stream: BinaryIO) -> NotOpened:
    """What a file is that only bears the name of a workbook."""
    if actual == "ole" and _ENCRYPTED in stream.read():
        return NotOpened("encrypted-workbook")
    return NotOpened("wrong-format", FORMAT_NAMES.get(actual, actual), "xlsx")
