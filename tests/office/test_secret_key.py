"""The office's key is made once, and is whole or not there."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from duixian.office.settings import _secret_key
from tests.office.no_room import room_for


@pytest.fixture(autouse=True)
def _without_a_key_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DUIXIAN_SECRET_KEY")


def test_a_key_is_made_once_and_is_its_owner_s_alone(tmp_path: Path) -> None:
    key = _secret_key(tmp_path / "home")
    assert len(key) > 50
    assert _secret_key(tmp_path / "home") == key
    (kept,) = (tmp_path / "home").iterdir()
    assert (kept.name, kept.stat().st_mode & 0o777) == ("secret_key", 0o600)


def test_half_a_key_is_no_key(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="too large"), room_for(10):
        _secret_key(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert len(_secret_key(tmp_path)) > 50


def test_all_who_begin_at_once_have_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: _secret_key(tmp_path), range(64)))
    assert len(keys) == 1
    assert [each.name for each in tmp_path.iterdir()] == ["secret_key"]
