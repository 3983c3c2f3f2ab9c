"""Machine code on disk (机器码): object files as the compiler left them, loaded by the linker alone and called through ctypes.

A call hands over what the compiler's own functions take: an array as its parts, of which only the address, the shape and the strides
mean anything here, a number as itself. The first two words are where the result and a failure go.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

import llvmlite.binding as llvm
import numpy as np

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from duixian.kernel.compiled import Compiled

Argument = str
"""What an argument is: a number, or an array of so many dimensions (参数类型)."""
NUMBER = "number"
_NUMBERS = (int, np.integer)
_WHOLE, _NO_OWNER = "iu", (0, 0)
_TYPES = {"int64": ctypes.c_int64, "uint64": ctypes.c_uint64, "bool": ctypes.c_bool}
"""What compiled functions give back, one or several of it."""
_LOADING = threading.Lock()


def argument_of(argument: Any) -> Argument:
    """What an argument is.

    Raises:
        TypeError: for anything but arrays of whole numbers and whole numbers.
    """
    if type(argument) is int:
        return NUMBER
    if isinstance(argument, np.ndarray) and argument.dtype.kind in _WHOLE:
        return f"{argument.dtype.char} {argument.ndim} {'C' if argument.flags.c_contiguous else 'A'}"
    if isinstance(argument, np.uint64):
        return "uint64"
    if isinstance(argument, _NUMBERS):
        return NUMBER
    raise TypeError(f"compiled code takes no {type(argument).__name__}")


@dataclass(frozen=True, slots=True)
class ObjectCode:
    """A compiled function as it lies on disk (目标代码): the object file, the name of the function in it, and what it gives back."""

    content: bytes
    symbol: str
    result: tuple[str, ...]


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
        self._kept: list[object] = []
        """What stays at its address as long as this code."""

    @classmethod
    def of(cls, function: Compiled, kinds: tuple[Argument, ...], folder: Path) -> Native:
        """From disk; compiled now, and kept there, if it is not."""
        file = folder / f"{function.function.__name__}-{_told(function.function.__module__, kinds)}.o"
        return cls(_read(file) or _made(function, kinds, file), kinds)

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
        self._kept.append((result, arguments))
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


def target_machine() -> llvm.TargetMachine:
    """This processor, at the greatest care of the compiler."""
    return llvm.Target.from_default_triple().create_target_machine(
        cpu=llvm.get_host_cpu_name(),
        features=_features(),
        opt=3,
        reloc="static",
        codemodel="jitdefault",
        jit=True,
    )


@cache
def _features() -> str:
    return str(llvm.get_host_cpu_features().flatten())


def _words_of(kind: Argument) -> int:
    return 1 if " " not in kind else 5 + 2 * int(kind.split()[1])


def _told(module: str, kinds: tuple[Argument, ...]) -> str:
    """A short name of where the function is, what it takes, and the processor that it is for."""
    words = json.dumps([module, kinds, llvm.get_host_cpu_name(), _features()])
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _made(function: Compiled, kinds: tuple[Argument, ...], file: Path) -> ObjectCode:
    """Compile it and keep it, unless another process is at it: then that one's is taken."""
    from duixian.kernel.building import object_code

    with _by_turns(file.with_suffix(".turn")):
        code = _read(file)
        if code is None:
            code = object_code(function, kinds)
            _keep(file, code)
        return code


@contextmanager
def _by_turns(turn: Path) -> Iterator[None]:
    """One process at a time, where files can be locked and written; elsewhere everybody does it."""
    if fcntl is None:
        yield
        return
    try:
        turn.parent.mkdir(parents=True, exist_ok=True)
        opened = turn.open("wb")
    except OSError:
        yield
        return
    with opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield


def _read(file: Path) -> ObjectCode | None:
    """What is on disk; None where nothing is, or nothing whole."""
    try:
        head, content = file.read_bytes().split(b"\n", 1)
        symbol, result, digest = json.loads(head)
    except (OSError, ValueError):
        return None
    whole = hashlib.sha256(content).hexdigest() == digest
    return ObjectCode(content, symbol, tuple(result)) if whole else None


def _keep(file: Path, code: ObjectCode) -> None:
    """Keep it for later processes; where nothing can be written, the next one compiles again."""
    head = json.dumps([code.symbol, code.result, hashlib.sha256(code.content).hexdigest()])
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=file.parent, delete=False) as whole:
            whole.write(head.encode() + b"\n" + code.content)
        os.replace(whole.name, file)
    except OSError:
        return
