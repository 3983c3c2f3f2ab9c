"""Building machine code (生成机器码): a function and all that it calls, compiled by Numba as one whole.

Numba would optimise every function by itself, again within each function that calls it, and make machine code of all of them. Here the
parts are only put into the compiler's language; what is optimised and turned into machine code is the whole, once.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import llvmlite.binding as llvm
import numpy as np
from numba import types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler
from numba.core.registry import CPUDispatcher

from duixian.kernel.object_code import NUMBER, Argument, ObjectCode, target_machine

_OPTIONS = {
    "nopython": True,
    "_nrt": False,
    "nogil": True,
    "error_model": "numpy",
    "no_cpython_wrapper": True,
    "no_cfunc_wrapper": True,
}
_DECLARED = re.compile(r"^declare [^@]*@(?:\"([^\"]+)\"|([\w.$]+))", re.MULTILINE)
_OF_THE_MACHINE = re.compile(r"llvm\.|mem(set|cpy|move)$")
"""What machine code may call that is not its own."""


def part_of_whole(function: Callable[..., object], *, is_part: bool) -> Any:
    """A function that is compiled as a part of a whole."""
    return _Dispatcher(
        function, targetoptions={**_OPTIONS, "forceinline": is_part}, pipeline_class=_PartCompiler
    )


def object_code(function: Callable[..., object], kinds: tuple[Argument, ...]) -> ObjectCode:
    """Compile a function for arguments of these kinds, whole.

    Raises:
        TypeError: for a function that would take memory or call Python while it runs.
    """
    whole = _Dispatcher(function, targetoptions=_OPTIONS, pipeline_class=_WholeCompiler)
    signature = tuple(map(_type_of, kinds))
    with _without_tidying():
        whole.compile(signature)
    found: Any = whole.overloads[signature]
    text = found.library.text()
    needed = {one or other for one, other in _DECLARED.findall(text)}
    if foreign := sorted(name for name in needed if not _OF_THE_MACHINE.match(name)):
        raise TypeError(f"{function.__name__} needs what is not in the machine: {', '.join(foreign)}")
    content = target_machine().emit_object(llvm.parse_assembly(text))
    return ObjectCode(content, found.fndesc.mangled_name, tuple(_told(found.signature.return_type)))


def _type_of(kind: Argument) -> Any:
    if kind == NUMBER:
        return types.int64
    if " " not in kind:
        return getattr(types, kind)
    character, dimensions, layout = kind.split()
    array: Any = types.Array
    return array(getattr(types, np.dtype(character).name), int(dimensions), layout)


def _told(result: Any) -> Iterator[str]:
    if isinstance(result, types.BaseTuple):
        parts: Any = result
        for each in parts.types:
            yield from _told(each)
    elif result != types.none:
        yield str(result)


@contextmanager
def _without_tidying() -> Iterator[None]:
    """The compiler makes millions of small things and lets go of few: looking for what can go takes a tenth of its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Dispatcher(CPUDispatcher):
    """A function for the compiler, which makes one version of it and not another for every number that stands in a call."""

    def get_call_template(self, args: Any, kws: Any) -> Any:
        """What a call of it gives."""
        return super().get_call_template(tuple(map(types.unliteral, args)), kws)


class _Nowhere:
    """Parts are never run: there is no place where the compiler could leave what they would need."""

    def set_env(self, name: str, environment: object) -> None:
        """Leave nothing."""


class _Part(JITCodeLibrary):
    """A part (部分): in the compiler's language, neither optimised nor turned into machine code."""

    @property
    def codegen(self) -> Any:
        return _Nowhere()

    def finalize(self) -> None:
        """A part is ready as it is."""
        self._raise_if_finalized()
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """A part has no machine code."""
        return 0

    def parts(self, known: dict[int, Any]) -> dict[int, Any]:
        """All that this calls, and what that calls, each once."""
        for each in self._linking_libraries:
            if id(each) not in known:
                known[id(each)] = each
                if isinstance(each, _Part):
                    each.parts(known)
        return known


class _Whole(_Part):
    """A whole (整体): a function with all its parts, optimised together."""

    def text(self) -> str:
        """The optimised whole in the compiler's language."""
        self._ensure_finalized()
        return str(self._final_module)

    def finalize(self) -> None:
        """Put everything together and optimise it."""
        self._raise_if_finalized()
        own = {each.name for each in self._final_module.functions}
        for each in self.parts({}).values():
            self._final_module.link_in(each._final_module, preserve=True)
        for each in self._final_module.functions:
            if not each.is_declaration and each.name not in own:
                each.linkage = "internal"
        self._optimize_final_module()
        self._final_module.verify()
        self._finalized = True


class _PartCompiler(Compiler):
    """Compiles parts."""

    library = _Part

    def __init__(
        self,
        typingctx: Any,
        targetctx: Any,
        library: Any,
        args: Any,
        return_type: Any,
        flags: Any,
        locals: Any,
    ) -> None:
        library = self.library(targetctx.codegen(), "part")
        super().__init__(typingctx, targetctx, library, args, return_type, flags, locals)


class _WholeCompiler(_PartCompiler):
    """Compiles wholes."""

    library = _Whole
