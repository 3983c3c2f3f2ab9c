"""Compiling with Numba (编译): once for a version of this code, kept on disk, without holding Python's lock while it runs.

The folder of compiled code is named by the fingerprint of the kernel's sources: a changed file is never run in an old form.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from duixian.kernel.checked import checked
from duixian.kernel.words import Words

F = TypeVar("F", bound=Callable[..., object])
_CONFIG: Any = numba.config
"""Numba's settings, which come from the environment and are no attributes that a checker knows."""


@cache
def cache_folder() -> Path:
    """Where compiled code is kept: beneath ``NUMBA_CACHE_DIR``, else the user's cache folder."""
    base = _CONFIG.CACHE_DIR or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "duixian" / f"kernel-{_fingerprint()}"


def is_compiled() -> bool:
    """Whether compiled code lies on disk already; if not, the first run takes some seconds longer."""
    return cache_folder().is_dir() and any(cache_folder().rglob("*.nbc"))


def compiled(function: F) -> F:
    """Compile a function when it is first called; afterwards it is loaded from disk. Without compilation its steps are checked."""
    return _compiled(function, is_part=False)


def compiled_within(function: F) -> F:
    """Compile a function as a part of whatever calls it, so that a call costs nothing: for the few lines of a busy loop."""
    return _compiled(function, is_part=True)


def _compiled(function: F, *, is_part: bool) -> F:
    if _CONFIG.DISABLE_JIT:
        return checked(function)
    before = _CONFIG.CACHE_DIR
    _CONFIG.CACHE_DIR = str(cache_folder())
    try:
        return cast(
            "F", numba.njit(nogil=True, cache=True, error_model="numpy", forceinline=is_part)(function)
        )
    finally:
        _CONFIG.CACHE_DIR = before


@intrinsic
def _words_of(context: Any, array: Any) -> Any:
    """The words of an array without its shape: a bare pointer, which a call passes on in one register.

    Whoever reads by it answers for staying within the array.
    """
    signature = types.CPointer(types.int64)(array)  # type: ignore[no-untyped-call]

    def data(target: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return target.make_array(signature.args[0])(target, builder, arguments[0]).data

    return signature, data


words_of = cast("Callable[[Words], Words]", (lambda array: array) if _CONFIG.DISABLE_JIT else _words_of)
"""Bare words; without compilation the array itself, which then tells every step outside of it."""


@intrinsic
def _part_of(context: Any, words: Any, at: Any) -> Any:
    """Bare words from a place on."""
    signature = words(words, at)

    def part(target: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.gep(arguments[0], [arguments[1]])

    return signature, part


def _rest(words: Words, at: int) -> Words:
    return words[at:]


part_of = cast("Callable[[Words, int], Words]", _rest if _CONFIG.DISABLE_JIT else _part_of)


@intrinsic
def _count_below(context: Any, words: Any, at: Any, key: Any) -> Any:
    """How many of the eight words from ``at`` on are smaller than a key: one comparison of eight for the processor."""
    signature = types.int64(words, at, key)

    def count(target: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointer, place, against = arguments
        word, eight = ir.IntType(64), ir.VectorType(ir.IntType(64), 8)
        there = builder.bitcast(builder.gep(pointer, [place]), eight.as_pointer())
        row = builder.load(there)
        row.align = 8
        first = builder.insert_element(
            ir.Constant(eight, ir.Undefined), against, ir.Constant(ir.IntType(32), 0)
        )
        all_ = builder.shuffle_vector(
            first, ir.Constant(eight, ir.Undefined), ir.Constant(ir.VectorType(ir.IntType(32), 8), [0] * 8)
        )
        below = builder.bitcast(builder.icmp_signed("<", row, all_), ir.IntType(8))
        return builder.zext(builder.ctpop(below), word)

    return signature, count


@intrinsic
def _high_product(context: Any, one: Any, two: Any) -> Any:
    """The upper word of the product of two words without a sign."""
    signature = types.int64(one, two)

    def upper(target: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        word, double = ir.IntType(64), ir.IntType(128)
        product = builder.mul(*(builder.zext(each, double) for each in arguments))
        return builder.trunc(builder.lshr(product, ir.Constant(double, 64)), word)

    return signature, upper


def _multiplied(one: int, two: int) -> int:
    return (int(one) % 2**64) * (int(two) % 2**64) >> 64


high_product = cast("Callable[[int, int], int]", _multiplied if _CONFIG.DISABLE_JIT else _high_product)


@intrinsic
def _fetch(context: Any, words: Any, at: Any) -> Any:
    """Have the line of memory of a word brought near while other work is done; nothing is read."""
    signature = types.void(words, at)

    def bring(target: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        name = "llvm.prefetch.p0"
        function = cgutils.get_or_insert_function(builder.module, kind, name)  # type: ignore[no-untyped-call]
        there = builder.bitcast(builder.gep(arguments[0], [arguments[1]]), byte)
        builder.call(function, [there, *(ir.Constant(number, each) for each in (0, 3, 1))])
        return target.get_dummy_value()

    return signature, bring


def _left_alone(words: Words, at: int) -> None:
    """Without compilation there is nothing to hurry."""


fetch = cast("Callable[[Words, int], None]", _left_alone if _CONFIG.DISABLE_JIT else _fetch)


@intrinsic
def _stream(context: Any, words: Any, at: Any, word: Any) -> Any:
    """Write a word past the processor's own memory: what is not read again soon need not be kept near, nor fetched before it is written."""
    signature = types.void(words, at, word)

    def write(target: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        store = builder.store(arguments[2], builder.gep(arguments[0], [arguments[1]]))
        store.set_metadata("nontemporal", builder.module.add_metadata([ir.Constant(ir.IntType(32), 1)]))
        return target.get_dummy_value()

    return signature, write


def _written(words: Words, at: int, word: int) -> None:
    words[at] = word


stream = cast("Callable[[Words, int, int], None]", _written if _CONFIG.DISABLE_JIT else _stream)


def _count_each(words: Words, at: int, key: int) -> int:
    return sum(int(words[at + ahead] < key) for ahead in range(8))


count_below = cast("Callable[[Words, int, int], int]", _count_each if _CONFIG.DISABLE_JIT else _count_below)


def _fingerprint() -> str:
    digest = hashlib.sha256(
        f"{numba.__version__} {os.uname().machine if hasattr(os, 'uname') else ''}".encode()
    )
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
