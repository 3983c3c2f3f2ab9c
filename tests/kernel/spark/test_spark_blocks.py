"""Cutting facts into blocks: nothing is lost, nobody is cut in two, and a worker sees tables as the kernel wants them."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duixian.kernel.spark_blocks import FEW_NAMES, Packer, Sampler, edges, opened, plain

CODE = "代码"
NAME = pa.dictionary(pa.int32(), pa.string())
codes = st.text(alphabet="0123456789ABXY", min_size=1, max_size=18)


def sample(tables: Sequence[pa.Table]) -> pa.Table:
    return pa.Table.from_batches(
        [each for table in tables for each in Sampler(CODE)(iter(table.to_batches()))]
    )


def through(tables: Sequence[pa.Table], blocks: int) -> dict[int, pa.Table]:
    """Block → rows, after packing and opening."""
    cuts = edges(sample(tables), blocks)
    parcels = [each for table in tables for each in Packer("认定", CODE, cuts)(iter(table.to_batches()))]
    return {block: kinds["认定"] for block, kinds in opened(parcels, {"认定": CODE}).items()}


@settings(max_examples=30)
@given(st.lists(st.lists(codes, min_size=1, max_size=40), min_size=1, max_size=4), st.integers(1, 9))
def test_every_row_arrives_once_in_blocks_that_follow_each_other(files: list[list[str]], blocks: int) -> None:
    numbers = iter(range(1_000))
    tables = [pa.table({CODE: each, "编号": [next(numbers) for _ in each]}) for each in files]
    found = through(tables, blocks)
    assert len(found) <= blocks
    rows = [row for block in sorted(found) for row in found[block].to_pylist()]
    assert [row[CODE] for row in rows] == sorted(code for each in files for code in each)
    assert sorted(row["编号"] for row in rows) == list(range(len(rows)))
    homes = {(row[CODE], block) for block, table in found.items() for row in table.to_pylist()}
    assert len(homes) == len({code for code, _ in homes})


def test_blocks_are_about_equally_large() -> None:
    table = pa.table({CODE: [f"{number:06d}" for number in range(100_000)]})
    sizes = [each.num_rows for each in through([table], 7).values()]
    assert len(sizes) == 7
    assert max(sizes) < 1.05 * min(sizes)


def test_one_large_enterprise_stays_whole() -> None:
    table = pa.table({CODE: ["M"] * 5_000 + ["A", "Z"]})
    found = through([table], 4)
    assert sorted(each.num_rows for each in found.values() if "M" in each[CODE].to_pylist())[-1] >= 5_000
    assert sum(each.num_rows for each in found.values()) == 5_002


def test_short_dictionaries_travel_and_long_ones_do_not() -> None:
    few = pa.array(["国家级", "省级"] * 1_000).cast(NAME)
    many = pa.array([f"企业{number}" for number in range(2_000)]).cast(NAME)
    assert len(many.dictionary) > FEW_NAMES
    table = pa.table({CODE: [f"{number:04d}" for number in range(2_000)], "级别": few, "名称": many})
    (whole,) = through([table], 1).values()
    assert whole.schema.field("级别").type == NAME
    assert whole.schema.field("名称").type == pa.string()
    assert plain(whole).equals(plain(table))


def test_files_of_one_kind_may_have_different_columns() -> None:
    one = pa.table({CODE: ["A"], "级别": pa.array(["省级"]).cast(NAME)})
    other = pa.table({CODE: pa.array(["B"], pa.large_string()), "金额": [7]})
    (whole,) = through([one, other], 1).values()
    assert whole.to_pylist() == [
        {CODE: "A", "级别": "省级", "金额": None},
        {CODE: "B", "级别": None, "金额": 7},
    ]


def test_columns_that_change_within_a_stream_are_kept_apart_until_they_meet() -> None:
    one, other = pa.table({CODE: ["B"], "甲": [1]}), pa.table({CODE: ["A"], "乙": [2]})
    parcels = Packer("认定", CODE, ())(iter([*one.to_batches(), *other.to_batches()]))
    (block,) = opened(parcels, {"认定": CODE}).values()
    assert block["认定"].to_pylist() == [{CODE: "A", "甲": None, "乙": 2}, {CODE: "B", "甲": 1, "乙": None}]


def test_a_fact_of_nobody_is_not_passed_over() -> None:
    table = pa.table({CODE: ["A", None]})
    with pytest.raises(ValueError, match="without a credit code"):
        list(Packer("认定", CODE, ())(iter(table.to_batches())))
