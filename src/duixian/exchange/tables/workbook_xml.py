"""The XML of a workbook, as a stream of events without surprises (XML 流): no document type, so no entities.

Names come without namespace prefixes, since writers differ in them (``c``, ``x:c``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import IO
from xml.parsers import expat

_PIECE = 1 << 18

Start = Callable[[str, dict[str, str]], None]
Text = Callable[[str], None]
End = Callable[[str], None]


class NotPlainXml(Exception):
    """XML that is broken, or that defines entities of its own."""


def walk_xml(stream: IO[bytes], start: Start, end: End | None = None, text: Text | None = None) -> None:
    """Read a part from beginning to end, calling back for each tag and text.

    Raises:
        NotPlainXml: when it cannot be read to its end.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse
    if end:
        parser.EndElementHandler = end
    if text:
        parser.CharacterDataHandler = text
    try:
        while piece := stream.read(_PIECE):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise NotPlainXml(str(error)) from error


def local(name: str) -> str:
    """A name without its namespace prefix."""
    return name.rpartition(":")[2]


def attribute(attributes: Mapping[str, str], name: str) -> str:
    """An attribute by its local name (``r:id`` as ``id``), "" when it is missing."""
    for key, value in attributes.items():
        if local(key) == name:
            return value
    return ""


def _refuse(*_: object) -> None:
    raise NotPlainXml("document type")
