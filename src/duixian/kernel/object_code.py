"""Object code (目标代码): what a compiled function is on disk, what it takes, and the processor that it is for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import llvmlite.binding as llvm
import numpy as np

Argument = str
"""What an argument is: a number, or an array of so many dimensions (参数类型)."""
NUMBER = "number"


@dataclass(frozen=True, slots=True)
class ObjectCode:
    """A compiled function as it lies on disk (目标代码): the object file, the name of the function in it, and what it gives back."""

    content: bytes
    symbol: str
    result: tuple[str, ...]


def argument_of(argument: Any) -> Argument:
    """What an argument is.

    Raises:
        TypeError: for anything but arrays of whole numbers and whole numbers.
    """
    if type(argument) is int:
        return NUMBER
    if isinstance(argument, np.ndarray) and argument.dtype.kind in "iu":
        return f"{argument.dtype.char} {argument.ndim} {'C' if argument.flags.c_contiguous else 'A'}"
    if isinstance(argument, np.uint64):
        return "uint64"
    if isinstance(argument, int | np.integer):
        return NUMBER
    raise TypeError(f"compiled code takes no {type(argument).__name__}")


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


def processor() -> str:
    """Which processor this is, and what it can do beyond the least."""
    return f"{llvm.get_host_cpu_name()} {_features()}"


@cache
def _features() -> str:
    return str(llvm.get_host_cpu_features().flatten())
