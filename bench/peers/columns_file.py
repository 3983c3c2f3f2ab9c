"""The integer columns kept in a file (整数列文件), so that a measuring process holds them and nothing of how they were made."""

from __future__ import annotations

import sys
from dataclasses import fields
from pathlib import Path

import numpy as np

from bench.plan import ROOT
from bench.world.columns import Columns, Enterprises, Projects, Recognitions, Supports
from bench.world.write import stretches, write_world

_PARTS = {
    "enterprises": Enterprises,
    "recognitions": Recognitions,
    "projects": Projects,
    "supports": Supports,
}


def columns_path(seed: int, enterprises: int) -> Path:
    """Where the columns of a world are kept."""
    return ROOT / "build" / "peers" / f"world-{seed}-{enterprises}.npz"


def tables_path(seed: int, enterprises: int) -> Path:
    """Where its fact tables are kept, one Parquet file a kind."""
    return ROOT / "build" / "peers" / f"files-{seed}-{enterprises}"


def write_columns(path: Path, seed: int, enterprises: int) -> None:
    """Make the world and keep its columns, uncompressed; the file appears when it is whole."""
    made = list(stretches(seed, enterprises))
    arrays = {
        f"{part}.{each.name}": np.concatenate([getattr(getattr(one, part), each.name) for one in made])
        for part, type_ in _PARTS.items()
        for each in fields(type_)
        if each.name != "first"
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half.npz")
    np.savez(half, **arrays)  # type: ignore[arg-type]
    half.rename(path)


def read_columns(path: Path) -> Columns:
    """The columns of a file that :func:`write_columns` wrote."""
    with np.load(path) as kept:
        parts = {
            part: type_(
                **{
                    each.name: kept[f"{part}.{each.name}"] if each.name != "first" else 0
                    for each in fields(type_)
                }
            )
            for part, type_ in _PARTS.items()
        }
    return Columns(**parts)


def main() -> None:
    """``python -m bench.peers.columns_file SEED ENTERPRISES``: make what is not there yet, in a process of its own."""
    seed, enterprises = (int(each) for each in sys.argv[1:3])
    if not columns_path(seed, enterprises).is_file():
        write_columns(columns_path(seed, enterprises), seed, enterprises)
    folder = tables_path(seed, enterprises)
    if not folder.is_dir():
        half = folder.with_suffix(".half")
        write_world(half, seed, enterprises)
        half.rename(folder)


if __name__ == "__main__":
    main()
