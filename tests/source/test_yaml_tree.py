"""YAML as text with places: every character of a value is found again in the file, however the value is written."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from duixian.source import yaml_tree
from duixian.source.report import Report
from duixian.source.yaml_tree import Excerpt, MappingNode, Node, ScalarNode, SequenceNode, read_tree
from tests.source.town import TOWN

FILES = sorted(TOWN.rglob("*.yaml"))


def _tree(text: str) -> tuple[Node | None, list[str]]:
    report = Report()
    return read_tree(text, "a.yaml", 1, report), [problem.code for problem in report.sorted()]


def _scalar(text: str, key: str = "键") -> ScalarNode:
    tree, codes = _tree(text)
    assert codes == []
    assert isinstance(tree, MappingNode)
    value = tree.entries[key][1]
    assert isinstance(value, ScalarNode)
    return value


def _at(text: str, node: ScalarNode, word: str) -> str:
    """What stands in the file where the node says that ``word`` stands."""
    start = node.text.index(word)
    place = node.place_at(start, start + len(word))
    assert place.line == place.end_line
    return text.split("\n")[place.line - 1][place.column - 1 : place.end_column - 1]


@pytest.mark.parametrize(
    "written",
    [
        "键: 存量企业 且 投入额 >= 200万元",
        '键: "存量企业 且 投入额 >= 200万元"',
        "键: '存量企业 且 投入额 >= 200万元'",
        "键: 存量企业\n  且 投入额\n    >= 200万元",
        "键: '它''的 存量企业 且\n  投入额 >= 200万元'",
        '键: "\\u5b58\\"量 存量企业 且\n  投入额 >= 200万元"',
        "键: |\n  存量企业\n  且 投入额\n  >= 200万元\n",
        "键: |-\n\n    存量企业\n\n    且 投入额 >= 200万元\n",
        "键: >\n  存量企业\n  且 投入额\n\n  >= 200万元\n",
        "{其他: [一, 二], 键: 存量企业 且 投入额 >= 200万元}",
        "𠮷: 一\n键: 𠮷𠮷 存量企业 且 投入额 >= 200万元",
    ],
)
def test_a_word_of_a_value_is_found_in_the_file(written: str) -> None:
    node = _scalar(written)
    for word in ("存量企业", "投入额", "200万元"):
        assert _at(written, node, word) == word


def test_the_place_of_a_literal_block_is_its_content() -> None:
    place = _scalar("键: |\n  甲\n  乙丙\n其他: 1\n").place
    assert (place.line, place.column, place.end_line, place.end_column) == (2, 3, 3, 5)


def test_the_place_of_a_mapping_ends_with_its_last_value() -> None:
    tree, _ = _tree("甲: 1\n乙: [2,\n  3]\n\n\n")
    assert isinstance(tree, MappingNode)
    assert (tree.place.line, tree.place.end_line, tree.place.end_column) == (1, 3, 5)


def test_an_excerpt_of_an_excerpt_keeps_its_place() -> None:
    node = _scalar("键: 一二三四五")
    piece = Excerpt.whole(node).part(1, 4).part(1, 2)
    assert (piece.text, piece.place.column, piece.place.end_column) == ("三", 6, 7)
    empty = Excerpt.whole(node).part(2, 2)
    assert (empty.text, empty.place.column) == ("", 6)


def test_an_empty_value_has_the_place_where_it_should_stand() -> None:
    node = _scalar("键:\n其他: 1")
    assert (node.text, node.place.line) == ("", 1)
    assert node.place_at(0, 0).line == 1
    assert _scalar("键: |\n\n其他: 1").place.line == 1


def test_nothing_is_typed() -> None:
    tree, _ = _tree("a: 3:7\nb: 2026-03-01\nc: yes\nd: 0x1F\ne: ~")
    assert isinstance(tree, MappingNode)
    values = [value.text for _, value in tree.entries.values() if isinstance(value, ScalarNode)]
    assert values == ["3:7", "2026-03-01", "yes", "0x1F", "~"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: [1", "yaml-syntax"),
        ("a: b: c", "yaml-syntax"),
        ("a: \x07", "yaml-syntax"),
        ("---\na: 1\n---\nb: 2\n", "yaml-syntax"),
        ("a: &x [1]\nb: *x", "yaml-alias"),
        ("a: 1\na: 2", "duplicate-key"),
        ("[a]: 1", "yaml-key"),
        ("[" * 400 + "]" * 400, "yaml-depth"),
    ],
)
def test_what_is_no_plain_yaml_is_one_problem(text: str, code: str) -> None:
    assert _tree(text)[1] == [f"source.{code}"]


def test_nested_aliases_do_not_explode() -> None:
    """Nine levels of nine aliases would be nine to the ninth values."""
    lines = ["l0: &l0 [x]", *(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 10))]
    _, codes = _tree("\n".join(lines))
    assert set(codes) == {"source.yaml-alias"}


def _plain(node: Node) -> object:
    """A tree as what it says and where."""
    if isinstance(node, ScalarNode):
        return node.text, node.place
    if isinstance(node, SequenceNode):
        return [_plain(item) for item in node.items], node.place
    return {key: (at.place, _plain(value)) for key, (at, value) in node.entries.items()}, node.place


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_pure_loader_reads_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = path.read_text("utf-8")
    fast, _ = _tree(text)
    monkeypatch.setattr(yaml_tree, "Loader", yaml.SafeLoader)
    slow, _ = _tree(text)
    assert fast is not None
    assert slow is not None
    assert _plain(fast) == _plain(slow)


@pytest.mark.parametrize("loader", [yaml_tree.Loader, yaml.SafeLoader])
@pytest.mark.parametrize("text", ["[" * 2_000, "- " * 2_000, "{a: " * 2_000])
def test_endless_nesting_neither_crashes_nor_hides(
    loader: type, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """libyaml's own composer would end the process here."""
    monkeypatch.setattr(yaml_tree, "Loader", loader)
    assert set(_tree(text)[1]) <= {"source.yaml-syntax", "source.yaml-depth"}
    assert _tree(text)[1]


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    tree, codes = _tree(text)
    assert tree is not None or codes or not text.strip() or text.strip().startswith(("#", "%", "-"))
