"""No file knows one machine or one registry: the project is the same wherever it is cloned."""

from __future__ import annotations

import re

import pytest

from tests.house.tree import shown, written_files

# Folders of one machine, as an absolute path (a relative src/home/x is fine).
MACHINE_PATH = re.compile(
    rb"""(?<![\w.)}\]/-])/(?:work|tmp|root|home|Users|opt|mnt)(?=/|["'`\s]|$)|\b[A-Z]:\\Users\\"""
)
REGISTRY = re.compile(
    rb"pypi\.org|pythonhosted\.org|registry\.npmjs|npmmirror\.|crates\.io|proxy\.golang|deb\.debian\.org"
    rb"|mirrors?\.[a-z0-9-]+\.(?:com|edu|org|net|cn)|--(?:(?:extra-)?index-url|find-links|trusted-host)",
    re.IGNORECASE,
)


def _lines_with(pattern: re.Pattern[bytes]) -> list[str]:
    return [
        f"{shown(path)}:{number} {match[0].decode()}"
        for path in written_files()
        for number, line in enumerate(path.read_bytes().splitlines(), start=1)
        if (match := pattern.search(line))
    ]


def test_no_file_names_a_folder_of_one_machine() -> None:
    found = _lines_with(MACHINE_PATH)
    assert not found, "paths of one machine:\n" + "\n".join(found)


def test_no_file_names_a_registry() -> None:
    found = _lines_with(REGISTRY)
    assert not found, "addresses of a registry (whoever installs chooses his own):\n" + "\n".join(found)


@pytest.mark.parametrize("place", ["work/city/x", "tmp/facts.csv", "root", "home/li/x"])
def test_a_path_of_one_machine_is_seen(place: str) -> None:
    assert MACHINE_PATH.search(f'open("/{place}")'.encode())


@pytest.mark.parametrize(
    "text", ["src/home/x", "https://example.cn/home/", "tmp_path", "and/or", "/homepage"]
)
def test_other_slashes_are_left_alone(text: str) -> None:
    assert not MACHINE_PATH.search(text.encode())
