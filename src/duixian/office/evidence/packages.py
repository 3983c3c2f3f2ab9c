"""Files that are packages (压缩包格式): docx, xlsx and OFD are zips, and a zip may hold more than it seems, or nothing good.

A directory may lie about sizes, so every part is inflated piece by piece under one limit; nothing is kept of it.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import BinaryIO

from duixian.office.refusal import Refusal

MOST_INFLATED = 256 << 20
"""All parts of a package together, in bytes."""
MOST_PARTS = 5_000
_PIECE = 1 << 20
_PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFD = "application/ofd"
_MAIN_PARTS = {"word/document.xml": WORD, "xl/workbook.xml": EXCEL, "OFD.xml": OFD}
_PROGRAMS = ("vbaproject.bin", ".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".jar")


def type_of_package(content: bytes | BinaryIO) -> str:
    """The media type of a zip by what is in it, "" when it is none of the known packages.

    Raises:
        Refusal: ``file-damaged``, ``file-holds-programs`` or ``file-too-large-inside``.
    """
    stream = BytesIO(content) if isinstance(content, bytes) else content
    try:
        with zipfile.ZipFile(stream) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            main = [name for name in _MAIN_PARTS if name in names]
            if len(main) != 1:
                return ""
            _demand_honest(parts)
            _inflate_all(package, parts)
            return _MAIN_PARTS[main[0]]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        raise _damaged() from None


def _demand_honest(parts: list[zipfile.ZipInfo]) -> None:
    if len({part.filename for part in parts}) < len(parts):
        raise _damaged()
    if any(part.flag_bits & _ENCRYPTED or part.compress_type not in _PACKED for part in parts):
        raise _damaged()
    if any(part.filename.lower().endswith(_PROGRAMS) for part in parts):
        raise Refusal(
            "file-holds-programs",
            "文件内含宏或程序",
            why="含宏或程序的文件不予接收",
            fix="请另存为不含宏的格式",
        )
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_INFLATED:
        raise _too_large()


def _inflate_all(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    inflated = 0
    for part in parts:
        with package.open(part) as source:
            while piece := source.read(_PIECE):
                inflated += len(piece)
                if inflated > MOST_INFLATED:
                    raise _too_large()


def _damaged() -> Refusal:
    return Refusal(
        "file-damaged", "文件已损坏或已加密", why="文件不能完整读出", fix="请用原软件打开后另存，不设密码"
    )


def _too_large() -> Refusal:
    return Refusal(
        "file-too-large-inside",
        "文件解压后过大",
        why=f"各部分合计不得超过 {MOST_INFLATED >> 20} MB",
        fix="请拆成几个文件",
    )
