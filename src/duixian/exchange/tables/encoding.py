"""In which encoding a text table is written (文件编码): UTF-8, UTF-16 with its mark, or what Excel writes on Chinese Windows.

UTF-8 is what is asked for. GB18030 (GBK) is read when the whole file is valid in it: Excel's plain "CSV" on Chinese Windows
is nothing else, and its header row, which has to name known fields, shows at once if the guess were wrong. A file that
is UTF-8 for a while and then breaks keeps its good rows; the broken characters become U+FFFD, which no cell may hold.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import BinaryIO

_CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
# So many bytes of well-formed UTF-8 beyond ASCII do not come by chance out of another encoding.
_ENOUGH_UTF8 = 12


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding that fits a file (编码): the codec, its name for officers, and whether some bytes break it."""

    codec: str
    name: str
    is_broken: bool = False

    @property
    def is_utf8(self) -> bool:
        """Whether it is the encoding that tables should have."""
        return self.name == "UTF-8"


def detect_encoding(stream: BinaryIO) -> Encoding | None:
    """The encoding of a stream, None when no known one fits; the stream is set back to its beginning."""
    head = stream.read(4)
    stream.seek(0)
    for mark, codec, name in _MARKS:
        if head.startswith(mark):
            return Encoding(codec, name, is_broken=_first_break(stream, codec) is not None)
    beyond_ascii = _first_break(stream, "utf-8")
    if beyond_ascii is None:
        return Encoding("utf-8", "UTF-8")
    if beyond_ascii >= _ENOUGH_UTF8:
        return Encoding("utf-8", "UTF-8", is_broken=True)
    if _first_break(stream, "gb18030") is None:
        return Encoding("gb18030", "GB18030")
    return None


def _first_break(stream: BinaryIO, codec: str) -> int | None:
    """How many bytes beyond ASCII are well-formed before the first that is not; None when all are."""
    decoder = codecs.getincrementaldecoder(codec)()
    beyond_ascii = 0
    try:
        while chunk := stream.read(_CHUNK):
            decoder.decode(chunk)
            beyond_ascii += _beyond_ascii(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return beyond_ascii + _beyond_ascii(error.object[: error.start])
    finally:
        stream.seek(0)
    return None


def _beyond_ascii(data: bytes) -> int:
    return (
        len(data) - len(data.translate(None, delete=bytes(range(0x80, 0x100)))) if not data.isascii() else 0
    )
