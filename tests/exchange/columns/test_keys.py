"""The keys of numbers: equal texts have one key, and hardly any two others share theirs."""

from __future__ import annotations

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from duixian.exchange.columns.keys import keys_of, keys_of_texts, repeated

TEXTS = st.lists(st.none() | st.text("ab0证书\0", max_size=20), max_size=30)


@given(TEXTS, st.integers(0, 3), st.booleans())
def test_equal_texts_have_equal_keys_wherever_they_stand(
    texts: list[str | None], cut: int, is_wide: bool
) -> None:
    array = pa.array(["x", *texts], pa.large_string() if is_wide else pa.string()).slice(1 + cut)
    found = keys_of(array)
    told = [(row, text) for row, text in enumerate(texts[cut:]) if text is not None]
    rows = range(len(texts[cut:])) if found.rows is None else found.rows.tolist()
    assert [row for row, _ in told] == list(rows)
    assert found.keys.tolist() == keys_of_texts([text for _, text in told]).tolist()


@given(st.sets(st.text("ab0证书\0", max_size=20), min_size=2, max_size=30))
def test_other_texts_have_other_keys(texts: set[str]) -> None:
    assert len(set(keys_of_texts(sorted(texts)).tolist())) == len(texts)


def test_of_many_numbers_no_two_share_a_key() -> None:
    keys = keys_of_texts([f"苏连专精特新{number:07d}号" for number in range(200_000)])
    assert len(np.unique(keys)) == 200_000
    assert not len(repeated([keys]))
    assert repeated([keys, keys[:3]]).tolist() == sorted(keys[:3].tolist())
