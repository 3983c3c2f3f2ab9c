"""A policy file as text and rule blocks (正文与规则块): which blocks stand beneath which piece of text.

Blocks are fenced with the language word ``duixian`` at the start of a line. The text since the previous block is one
piece; the blocks up to the next text belong to it. Nothing of the text is changed or lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from duixian.errors import Place
from duixian.source.normalise import fold
from duixian.source.report import nearest

if TYPE_CHECKING:
    from markdown_it.token import Token

    from duixian.source.report import Report

LANGUAGE = "duixian"
_MARKDOWN = MarkdownIt("zero").enable("fence")


@dataclass(frozen=True, slots=True)
class RawBlock:
    """One rule block before its YAML is read: ``first_line`` is the file's line of its first line of YAML.

    One that is not closed (``is_closed``) may hold text of the policy at its end.
    """

    text: str
    first_line: int
    place: Place
    is_closed: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text with the blocks beneath it. ``text`` has no blank lines around it and starts at ``first_line``."""

    text: str
    first_line: int
    blocks: tuple[RawBlock, ...]
    place: Place


def read_pieces(source: str, file: str, report: Report) -> list[Piece]:
    """All pieces of a policy file; text after the last block is a problem unless it is blank."""
    lines = source.split("\n")
    pieces: list[Piece] = []
    text_start, blocks = 0, list[RawBlock]()
    text_end = 0
    for token in _fences(source):
        assert token.map is not None
        start, end = token.map
        if blocks and any(line.strip() for line in lines[text_end:start]):
            pieces.append(_piece(lines, text_start, blocks[0].first_line - 2, blocks, file))
            text_start, blocks = text_end, []
        blocks.append(_block(lines, token, file, report))
        text_end = end
    if blocks:
        pieces.append(_piece(lines, text_start, blocks[0].first_line - 2, blocks, file))
    for number in range(text_end, len(lines)):
        if lines[number].strip():
            report.add("text-without-clause", Place(file, number + 1, 1), lines[number].strip()[:30])
            break
    return pieces


def without_blocks(source: str) -> str:
    """The text as published: every block is taken out together with the blank line before it."""
    lines = source.split("\n")
    for token in reversed(_fences(source)):
        assert token.map is not None
        start, end = token.map
        blank = start > 0 and not lines[start - 1].strip()
        del lines[start - 1 if blank else start : end]
    return "\n".join(lines)


def _fences(source: str) -> list[Token]:
    """The fences of our language, and those that mean to be; any other stays part of the text."""
    return [
        token
        for token in _MARKDOWN.parse(source)
        if token.type == "fence" and token.level == 0 and nearest(fold(_word(token)).lower(), (LANGUAGE,))
    ]


def _word(token: Token) -> str:
    """The first word after the fence."""
    return next(iter(token.info.split()), "")


def _block(lines: list[str], token: Token, file: str, report: Report) -> RawBlock:
    assert token.map is not None
    start, end = token.map
    fence = Place(file, start + 1, 1, start + 1, len(lines[start]) + 1)
    if lines[start].startswith(" "):
        report.add("fence-indented", fence, lines[start])
    if _word(token) != LANGUAGE:
        report.add("fence-word", fence, _word(token), LANGUAGE)
    is_closed = end - 1 > start and lines[end - 1].strip().startswith(token.markup)
    inside = lines[start + 1 : end - 1 if is_closed else end]
    # A block that is left open ends with the mark that closes the next one.
    own = list(takewhile(lambda line: not line.startswith(token.markup + LANGUAGE), inside))
    if len(own) < len(inside):
        inside, is_closed = list(takewhile(str.strip, own)), False
    if not is_closed:
        report.add("fence-open", fence, lines[start].strip())
    return RawBlock("\n".join(inside), start + 2, fence, is_closed)


def _piece(lines: list[str], start: int, end: int, blocks: list[RawBlock], file: str) -> Piece:
    while start < end and not lines[start].strip():
        start += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    place = Place(file, start + 1, 1, end, len(lines[end - 1]) + 1) if end > start else blocks[0].place
    return Piece("\n".join(lines[start:end]), start + 1, tuple(blocks), place)
