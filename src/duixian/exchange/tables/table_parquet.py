"""Fact tables as columns (Parquet): read in batches, only the columns that are asked for.

Row numbers are those of the data, 1 for the first: such a file has no header row. Amounts in binary fractions are taken as
table programs mean them (see ``cells_number``); nanoseconds are cut to the day that they fall on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, BinaryIO

from duixian.errors import Place
from duixian.exchange.tables.regular_file import FORMAT_NAMES, MEBIBYTE, NotOpened, actual_format
from duixian.exchange.tables.table import Raw, Row, Table, Unusable
from duixian.rules.vocabulary import FactKind

MOST_INFLATED = 256 * MEBIBYTE
MOST_ROWS = 1_000_000
_BATCH = 4_096
_LONGEST_TYPE = 40


def open_parquet(stream: BinaryIO, kind: FactKind, place: Place, is_known: Callable[[str], bool]) -> Table:
    """The table in a Parquet file; ``is_known`` says whether a column of that name is asked for.

    Raises:
        NotOpened: when the file is something else, damaged, or larger than the limits of this module.
    """
    # Imported here: a command that reads no Parquet starts without it.
    import pyarrow as pa  # type: ignore[import-untyped]
    from pyarrow.parquet import ParquetFile  # type: ignore[import-untyped]

    actual = actual_format(stream)
    if actual != "parquet":
        raise NotOpened("wrong-format", FORMAT_NAMES.get(actual, actual), "Parquet")
    try:
        schema = ParquetFile(stream).schema_arrow
        names = list(schema.names)
        wanted = [name for name in names if is_known(name) and names.count(name) == 1]
        # Texts as numbers of a list: a text that a million rows share is in memory once.
        texts = [name for name in wanted if pa.types.is_string(schema.field(name).type)]
        stream.seek(0)
        file = ParquetFile(stream, read_dictionary=texts)
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        raise NotOpened("corrupt-parquet") from error
    _measure(file.metadata)
    return Table(kind, place, _rows(file, names, wanted), tuple(names))


def _measure(metadata: Any) -> None:
    size = sum(metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups))
    if metadata.num_rows > MOST_ROWS:
        raise NotOpened("too-many-rows", str(metadata.num_rows), str(MOST_ROWS))
    if size > MOST_INFLATED:
        raise NotOpened("file-too-large", f"{size // MEBIBYTE} MB", f"{MOST_INFLATED // MEBIBYTE} MB")


def _rows(file: Any, names: Sequence[str], wanted: Sequence[str]) -> Iterator[Row]:
    """The rows, each as wide as the file; columns that nobody asks for stay empty."""
    import pyarrow as pa

    number = 0
    try:
        for batch in file.iter_batches(batch_size=_BATCH, columns=list(wanted)):
            # A damaged file may hold places in the list of texts that are not there, and texts that are none.
            batch.validate(full=True)
            columns = {name: _cells(batch.column(name)) for name in batch.schema.names}
            empty: list[Raw] = [None] * batch.num_rows
            for cells in zip(*(columns.get(name, empty) for name in names), strict=True):
                number += 1
                yield number, cells
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        raise NotOpened("corrupt-parquet") from error
    if number != file.metadata.num_rows:
        # Its pages hold fewer rows than the file says: the others are lost.
        raise NotOpened("corrupt-parquet")


def _cells(array: Any) -> list[Raw]:
    """A column of cells as Python values."""
    import pyarrow as pa
    from pyarrow import types

    type_ = array.type
    if types.is_dictionary(type_):
        texts = _cells(array.dictionary)
        return [None if index is None else texts[index] for index in array.indices.to_pylist()]
    if types.is_timestamp(type_):
        return list(array.cast(pa.timestamp("s"), safe=False).to_pylist())
    if types.is_list(type_) or types.is_large_list(type_):
        return [None if each is None else tuple(map(str, each)) for each in array.to_pylist()]
    if not _is_plain(type_):
        return [Unusable("column-type", str(type_)[:_LONGEST_TYPE])] * len(array)
    return list(array.to_pylist())


def _is_plain(type_: Any) -> bool:
    from pyarrow import types

    return any(
        is_type(type_)
        for is_type in (
            types.is_null,
            types.is_string,
            types.is_large_string,
            types.is_boolean,
            types.is_integer,
            types.is_floating,
            types.is_decimal,
            types.is_date,
        )
    )
