"""policy.md without its blocks is original.txt."""

from __future__ import annotations

from pathlib import Path

from duixian.checks.verbatim import check_verbatim
from tests.checks.town import GREEN, copy_of_town, edit, lianyungang, read, town


def test_both_documents_are_verbatim() -> None:
    assert check_verbatim(lianyungang()) == []
    assert check_verbatim(town()) == []


def test_every_changed_line_is_told(tmp_path: Path) -> None:
    folder = copy_of_town(tmp_path)
    edit(folder / GREEN / "policy.md", "绿色供应链的给予", "绿色供应链者给予")
    edit(folder / GREEN / "policy.md", "对制造业企业当年度", "对工业企业当年度")
    problems = check_verbatim(read(folder))
    assert [(problem.place.line, problem.clause) for problem in problems] == [(20, "（一）"), (48, "（二）")]
    assert problems[0].found.startswith("色供应链者给予") or "者" in problems[0].found


def test_of_a_lost_line_only_the_first_difference_is_told(tmp_path: Path) -> None:
    folder = copy_of_town(tmp_path)
    edit(folder / GREEN / "original.txt", "# 绿色制造若干措施\n\n", "")
    (problem,) = check_verbatim(read(folder))
    assert (problem.place.line, problem.found) == (3, "# 绿色制造若干措施")


def test_a_text_that_ends_too_early_is_told(tmp_path: Path) -> None:
    folder = copy_of_town(tmp_path)
    original = folder / GREEN / "original.txt"
    original.write_text(original.read_text("utf-8") + "\n此件公开发布\n", "utf-8")
    (problem,) = check_verbatim(read(folder))
    assert (problem.found, problem.expected) == ("", "")
    assert problem.place.file.endswith("policy.md")


def test_white_space_counts(tmp_path: Path) -> None:
    folder = copy_of_town(tmp_path)
    edit(folder / GREEN / "policy.md", "不超过40 万元", "不超过40万元")
    (problem,) = check_verbatim(read(folder))
    assert problem.place.column == 38


def test_a_missing_original_is_the_readers_problem(tmp_path: Path) -> None:
    folder = copy_of_town(tmp_path)
    (folder / GREEN / "original.txt").unlink()
    (problem,) = check_verbatim(read(folder))
    assert problem.code == "source.file-missing"


def test_no_more_than_twenty_lines_are_told(tmp_path: Path) -> None:
    folder = copy_of_town(tmp_path)
    original = folder / GREEN / "original.txt"
    lines = original.read_text("utf-8").split("\n")
    original.write_text("\n".join(f"{line}。" for line in lines[:-1]) + "\n", "utf-8")
    assert 5 < len(check_verbatim(read(folder))) <= 20
