"""Machine code (机器码): object code loaded by the linker alone, and called through ctypes.

A call hands over what the compiler's own functions take: an array as its parts, of which only the address, the shape and the strides
mean anything here, a number as itself. The first two words are where the result and a failure go.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any

import llvmlite.binding as llvm
import numpy as np

from duixian.kernel.object_code import Argument, ObjectCode, target_machine

_NO_OWNER = (0, 0)
_TYPES = {"int64": ctypes.c_int64, "uint64": ctypes.c_uint64, "bool": ctypes.c_bool}
"""What compiled functions give back, one or several of it."""
_LOADING = threading.Lock()


class Native:
    """Machine code of a function for arguments of certain kinds (机器码)."""

    def __init__(self, code: ObjectCode, kinds: tuple[Argument, ...]) -> None:
        with _LOADING:
            engine = _engine()
            engine.add_object_file(llvm.ObjectFileRef.from_data(code.content))
            engine.finalize_object()
            address = engine.get_function_address(code.symbol)
        if not address:
            raise RuntimeError(f"{code.symbol} is not in its object file")
        words = 2 + sum(_words_of(kind) for kind in kinds)
        kind = ctypes.CFUNCTYPE(ctypes.c_int32, *[ctypes.c_void_p] * 2, *[ctypes.c_int64] * (words - 2))
        self._function: Callable[..., int] = kind(address)
        fields = [(f"part_{number}", _TYPES[each]) for number, each in enumerate(code.result)]
        self._result: type[ctypes.Structure] = type("Result", (ctypes.Structure,), {"_fields_": fields})
        self._names = [name for name, _ in fields]
        self._failure = ctypes.c_void_p()

    def __call__(self, *arguments: Any) -> Any:
        """Run it; nothing, a number, or several numbers come back.

        Raises:
            RuntimeError: when the code failed, which it never does by what is known when it is compiled.
        """
        result = self._result()
        if self._function(ctypes.addressof(result), ctypes.addressof(self._failure), *_words(arguments)):
            raise RuntimeError("compiled code failed")
        values = [getattr(result, name) for name in self._names]
        return values[0] if len(values) == 1 else tuple(values) or None

    def bound(self, *arguments: Any) -> Callable[[], int]:
        """The code with these very arguments, to be run again and again; what it gives back is lost, but for whether it failed."""
        result = self._result()
        addresses = ctypes.addressof(result), ctypes.addressof(self._failure)
        run = partial(self._function, *addresses, *_words(arguments))
        # What the code reads and writes stays at its address as long as the code may be run.
        run.__dict__["kept"] = (result, arguments)
        return run


def _words(arguments: Iterable[Any]) -> list[int]:
    words: list[int] = []
    for each in arguments:
        if isinstance(each, np.ndarray):
            words += (*_NO_OWNER, each.size, each.itemsize, each.ctypes.data, *each.shape, *each.strides)
        else:
            words.append(int(each))
    return words


@cache
def _engine() -> llvm.ExecutionEngine:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    return llvm.create_mcjit_compiler(llvm.parse_assembly(""), target_machine())


def _words_of(kind: Argument) -> int:
    return 1 if " " not in kind else 5 + 2 * int(kind.split()[1])
