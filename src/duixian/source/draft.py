"""A policy file as clauses with shaped blocks (条款草稿): checked against the schema, not yet given a meaning."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from duixian.errors import Place
from duixian.rules.policy import Head
from duixian.source.block_schema import BLOCKS, CLAUSE_HEAD
from duixian.source.blocks import Piece, RawBlock, read_pieces
from duixian.source.read_file import read_text
from duixian.source.report import Report, listed, nearest
from duixian.source.shape import Record, Shaper
from duixian.source.yaml_tree import MappingNode, read_tree


@dataclass(frozen=True, slots=True)
class Block:
    """A rule block that fits its schema (规则块): its kind is its first key."""

    kind: str
    record: Record
    place: Place


@dataclass(frozen=True, slots=True)
class ClauseDraft:
    """A piece of text with its blocks (条款草稿); ``head`` is None when the 条款 block is missing or wrong."""

    id: str
    head: Record | None
    piece: Piece
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A policy document before its rules are read (文件草稿)."""

    file: str
    head: Head
    clauses: tuple[ClauseDraft, ...]
    is_whole: bool
    """Whether every block could be shaped; if not, what seems to be missing may stand in a lost one."""

    def blocks(self, kind: str) -> list[tuple[ClauseDraft, Record]]:
        """All blocks of a kind in the order of the text, each with its clause."""
        return [
            (clause, block.record) for clause in self.clauses for block in clause.blocks if block.kind == kind
        ]


def read_draft(path: Path, report: Report) -> Draft | None:
    """The draft of a policy.md; None when the file cannot be read at all."""
    text = read_text(path, report)
    if text is None:
        return None
    before = len(report.problems)
    clauses = tuple(_clause(piece, str(path), report) for piece in read_pieces(text, str(path), report))
    seen: dict[str, ClauseDraft] = {}
    for clause in clauses:
        first = seen.setdefault(clause.id, clause)
        item = clause.head.item(CLAUSE_HEAD) if clause.head else None
        if item is not None and first is not clause:
            report.add("duplicate-id", item.place, clause.id, str(first.piece.place), clause=clause.id)
    draft = Draft(str(path), Head("", ""), clauses, is_whole=len(report.problems) == before)
    return replace(draft, head=_head(draft, path, report))


def _clause(piece: Piece, file: str, report: Report) -> ClauseDraft:
    """The blocks beneath one piece of text: the first says which clause it is."""
    blocks: list[Block] = []
    head: Record | None = None
    clause_id = ""
    for number, raw in enumerate(piece.blocks):
        block = _block(raw, file, report, clause_id)
        kind = block.kind if block else _first_word(raw)
        if (kind == CLAUSE_HEAD) != (number == 0):
            code = "clause-twice" if kind == CLAUSE_HEAD else "clause-block-missing"
            report.add(code, raw.place, kind, CLAUSE_HEAD, clause=clause_id)
        if block is None:
            continue
        if block.kind == CLAUSE_HEAD:
            head = head or block.record
            clause_id = head.text(CLAUSE_HEAD)
        else:
            blocks.append(block)
    if piece.blocks and not piece.text:
        report.add("clause-without-text", piece.place, clause=clause_id)
    return ClauseDraft(clause_id, head, piece, tuple(blocks))


def _first_word(raw: RawBlock) -> str:
    return raw.text.strip().split(":")[0].strip()


def _block(raw: RawBlock, file: str, report: Report, clause: str) -> Block | None:
    # What cannot be read at the end of an open block is the text that it swallowed: one problem, told already.
    tree = read_tree(raw.text, file, raw.first_line, report if raw.is_closed else Report(), clause)
    if tree is None:
        if not raw.text.strip():
            report.add("block-empty", raw.place, clause=clause)
        return None
    if not isinstance(tree, MappingNode) or not tree.entries:
        report.add("wrong-shape", tree.place, raw.text.strip()[:20], "键: 值", clause=clause)
        return None
    kind, (key, _) = next(iter(tree.entries.items()))
    schema = BLOCKS.get(kind)
    if schema is None:
        near = nearest(kind, BLOCKS)
        report.add("unknown-block", key.place, kind, near or listed(BLOCKS, 20), clause=clause, near=near)
        return None
    record, is_complete = Shaper(report, clause).partial(tree, schema)
    # A clause is kept whatever is wrong with its block: the rules beneath it need its id and its text.
    return Block(kind, record, key.place) if is_complete or kind == CLAUSE_HEAD else None


_HEAD_TEXTS = {
    "文件": "number",
    "标题": "title",
    "通知标题": "notice_title",
    "简称": "short_name",
    "发文机关": "issuer",
    "审议": "adopted_by",
    "状态": "status",
}
_HEAD_DAYS = {"成文日期": "written_on", "印发日期": "printed_on"}


def _head(draft: Draft, path: Path, report: Report) -> Head:
    """The head, put together from all 文件 blocks; later keys add to earlier ones."""
    values: dict[str, str | date] = {}
    for clause, record in draft.blocks("文件"):
        for key, item in record.values.items():
            name = _HEAD_TEXTS.get(key) or _HEAD_DAYS[key]
            value = record.day(key) if key in _HEAD_DAYS else record.text(key)
            assert value is not None
            if values.setdefault(name, value) != value:
                place = getattr(item, "place", record.place)
                report.add("head-contradicts", place, str(value), str(values[name]), clause=clause.id)
    for key, name in (("文件", "number"), ("标题", "title")):
        if name not in values:
            if draft.is_whole:
                report.add("head-missing", Place(str(path)), expected=key)
            values[name] = path.parent.name
    return Head(**values)  # type: ignore[arg-type]  # every key of the two tables above is a field of Head
