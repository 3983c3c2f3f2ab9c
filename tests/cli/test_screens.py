"""Every screen as an officer sees it: the golden files hold command and output together."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.command import DATA, FACTS, HARBOUR, duixian

Golden = Callable[[str | Path, str], None]
DAY = ("--as-of", "2026-12-31")
WEST, LACKING = "91320798XN00000121", "91320798XN0000039Q"

SCREENS: dict[str, tuple[str, ...]] = {
    "check": ("check",),
    "check.en": ("check", HARBOUR, "--lang", "en"),
    "check.json": ("check", HARBOUR, "--format", "json"),
    "check.no-notes": ("check", HARBOUR, "--no-notes"),
    "explain": ("explain", FACTS, *DAY, "--enterprise", WEST),
    "explain.en": ("explain", FACTS, *DAY, "--enterprise", "91320798XN0000020U", "--lang", "en"),
    "explain.missing": ("explain", FACTS, *DAY, "--enterprise", "示例港城新材有限公司（虚构）"),
    "explain.strict": ("explain", FACTS, *DAY, "--enterprise", WEST, "--strict"),
    "explain.decided": ("explain", FACTS, *DAY, "--enterprise", WEST, "--decide", "H01.1＝补差"),
    "near": ("near", FACTS, *DAY),
    "near.one": ("near", FACTS, *DAY, "--enterprise", LACKING),
    "near.limit": ("near", FACTS, *DAY, "--limit", "1", "--lang", "en"),
    "show.clause": ("show", "（一）"),
    "show.bare": ("show", "二"),
    "show.number": ("show", "2"),
    "show.title": ("show", "首台（套）装备"),
    "show.document": ("show", "港政办〔2026〕1号（三）"),
    "show.row": ("show", "H01b"),
    "show.measure": ("show", "设备投入补助"),
    "show.question": ("show", "绿色晋级", "--lang", "en"),
    "help": (),
    "help.en": ("--lang", "en"),
    "help.determine": ("determine", "--help"),
    "help.determine.en": ("determine", "--help", "--lang=en"),
}


@pytest.mark.parametrize("name", SCREENS)
def test_the_screen_is_as_agreed(name: str, golden: Golden) -> None:
    golden(f"golden/{name}.txt", duixian(*SCREENS[name]).told())


@pytest.mark.parametrize(
    ("name", "options", "columns"),
    [
        ("determine", (), 0),
        ("determine.en", ("--lang", "en"), 0),
        ("determine.strict", ("--strict",), 0),
        ("determine.narrow", (), 40),
    ],
)
def test_the_summary_is_as_agreed(
    name: str, options: tuple[str, ...], columns: int, golden: Golden, tmp_path: Path
) -> None:
    spoken = duixian("determine", FACTS, *DAY, "--out", str(tmp_path), *options, columns=columns)
    golden(f"golden/{name}.txt", spoken.told((str(tmp_path), "OUT")))


def test_good_tables_end_with_success(tmp_path: Path, golden: Golden) -> None:
    facts = tmp_path / "facts"
    facts.mkdir()
    for name in ("企业.csv", "投资项目.csv"):
        shutil.copy(DATA / FACTS / name, facts)
    enterprises = (facts / "企业.csv").read_text("utf-8").splitlines()
    (facts / "企业.csv").write_text("\n".join(enterprises[:-1]) + "\n", "utf-8")
    spoken = duixian("determine", str(facts), *DAY, "--out", str(tmp_path / "out"))
    golden("golden/determine.good.txt", spoken.told((str(tmp_path), "TMP")))
    assert spoken.code == 0


BROKEN: dict[str, tuple[str, str, str]] = {
    "figure-changed": ("policy.md", "最高不超过50万元、20万元奖励", "最高不超过60万元、20万元奖励"),
    "title-misspelt": ("policy.md", "| H01b | 绿色工厂 | 省级   |", "| H01b | 绿色工场 | 省级   |"),
    "row-deleted": ("policy.md", "  | H01b | 绿色工厂 | 省级   | 获评 | 20万元 |\n", ""),
    "no-such-option": ("interpretations.yaml", "  默认: 全部投入", "  默认: 一半投入"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_policy_is_shown_with_its_source_and_a_fix(
    name: str, golden: Golden, tmp_path: Path
) -> None:
    file, old, new = BROKEN[name]
    shutil.copytree(DATA / "policies", tmp_path / "policies")
    path = tmp_path / HARBOUR / "support-2026" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    spoken = duixian("check", "--no-notes", where=tmp_path)
    golden(f"golden/check.{name}.txt", spoken.told())
    assert spoken.code == 1
    assert duixian("determine", ".", *DAY, "--out", "out", where=tmp_path).code in (1, 3)


def test_policies_with_errors_determine_nothing(tmp_path: Path, golden: Golden) -> None:
    shutil.copytree(DATA, tmp_path, dirs_exist_ok=True)
    path = tmp_path / HARBOUR / "support-2026" / "policy.md"
    path.write_text(path.read_text("utf-8").replace("触发: 投资项目", "触发: 投资事项"), "utf-8")
    spoken = duixian("determine", FACTS, *DAY, "--out", "out", where=tmp_path)
    golden("golden/determine.policies-with-errors.txt", spoken.told())
    assert spoken.code == 1
    assert not spoken.out
    assert not (tmp_path / "out").exists()
