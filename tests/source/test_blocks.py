"""Text and rule blocks: which blocks stand beneath which text, and the way back to the published text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from duixian.source.blocks import Piece, read_pieces, without_blocks
from duixian.source.report import Report

TWO = """# 标题

- (一)第一条
  续行

```duixian
条款: （一）
```

```duixian
事项: 甲
```

第二条

```python
print(1)
```

```duixian
条款: （二）
```
"""


def _pieces(source: str) -> tuple[list[Piece], list[str]]:
    report = Report()
    return read_pieces(source, "policy.md", report), [problem.code for problem in report.sorted()]


def test_blocks_belong_to_the_text_above_them() -> None:
    pieces, codes = _pieces(TWO)
    assert codes == []
    assert [(piece.text, len(piece.blocks)) for piece in pieces] == [
        ("# 标题\n\n- (一)第一条\n  续行", 2),
        ("第二条\n\n```python\nprint(1)\n```", 1),
    ]


def test_every_piece_and_block_knows_its_line() -> None:
    pieces, _ = _pieces(TWO)
    assert [piece.first_line for piece in pieces] == [1, 14]
    lines = TWO.split("\n")
    assert [lines[block.first_line - 1] for piece in pieces for block in piece.blocks] == [
        "条款: （一）",
        "事项: 甲",
        "条款: （二）",
    ]


def test_text_after_the_last_block_is_a_problem() -> None:
    pieces, codes = _pieces("甲\n\n```duixian\na: 1\n```\n\n乙\n")
    assert [piece.text for piece in pieces] == ["甲"]
    assert codes == ["source.text-without-clause"]


def test_a_file_without_blocks_is_one_problem() -> None:
    assert _pieces("只有正文\n") == ([], ["source.text-without-clause"])
    assert _pieces("") == ([], [])


def test_blocks_without_text_are_kept_with_their_own_place() -> None:
    (piece,), _ = _pieces("```duixian\na: 1\n```\n")
    assert (piece.text, piece.place.line) == ("", 1)


def test_a_fence_of_tildes_closes_with_tildes() -> None:
    (piece,), codes = _pieces("甲\n\n~~~duixian\na: 1\n~~~\n")
    assert (piece.blocks[0].text, codes) == ("a: 1", [])


def test_taking_the_blocks_out_gives_back_the_published_text() -> None:
    assert without_blocks(TWO) == "# 标题\n\n- (一)第一条\n  续行\n\n第二条\n\n```python\nprint(1)\n```\n"


_LINES = st.lists(
    st.text(st.characters(exclude_characters="\r\n`~", exclude_categories=("C", "Z"))), min_size=1
)


@given(_LINES, st.data())
def test_blocks_put_in_anywhere_leave_no_trace(lines: list[str], data: st.DataObject) -> None:
    """As language.md says: a blank line and the block, after any line of text."""
    block = ["", "```duixian", "条款: 一", "```"]
    woven = list[str]()
    for line in lines:
        woven += [line, *block * data.draw(st.integers(0, 2))]
    assert without_blocks("\n".join(woven)) == "\n".join(lines)


def test_a_fence_that_means_to_be_ours_is_read_and_told() -> None:
    for word in ("duixain", "Duixian", "duixian:", "{duixian}"):
        (piece,), codes = _pieces(f"甲\n\n```{word}\na: 1\n```\n")
        assert ([each.text for each in piece.blocks], codes) == (["a: 1"], ["source.fence-word"])
    for word in ("", "python", "yaml", "mermaid"):
        assert _pieces(f"甲\n\n```{word}\na: 1\n```\n") == ([], ["source.text-without-clause"])


def test_an_open_block_that_swallows_the_next_is_told_where_it_begins() -> None:
    (piece,), codes = _pieces("甲\n\n```duixian\na: 1\n\n乙\n\n```duixian\nb: 2\n```\n")
    assert codes == ["source.fence-open"]
    assert [(each.text, each.is_closed) for each in piece.blocks] == [("a: 1", False)]
