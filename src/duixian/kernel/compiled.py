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
from numba import types
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
    if _CONFIG.DISABLE_JIT:
        return checked(function)
    before = _CONFIG.CACHE_DIR
    _CONFIG.CACHE_DIR = str(cache_folder())
    try:
        return cast("F", numba.njit(nogil=True, cache=True, error_model="numpy")(function))
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


def _fingerprint() -> str:
    digest = hashlib.sha256(
        f"{numba.__version__} {os.uname().machine if hasattr(os, 'uname') else ''}".encode()
    )
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
