"""Instructions of the processor (处理器指令) that the compiler's own language has no words for, as the compiler takes them.

Whoever reads and writes by bare words answers for staying within the array.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.registry import cpu_target
from numba.extending import intrinsic


def type_of(instruction: object) -> Any:
    """What the compiler takes a call of an instruction for."""
    known = cpu_target.typing_context
    known.refresh()
    return known.resolve_value_type(instruction)


@intrinsic
def words_of(context: Any, array: Any) -> Any:
    """The words of an array without its shape: a bare pointer, which a call passes on in one register.

    Whoever reads by it answers for staying within the array.
    """
    signature = types.CPointer(types.int64)(array)  # type: ignore[no-untyped-call]

    def data(target: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return target.make_array(signature.args[0])(target, builder, arguments[0]).data

    return signature, data


@intrinsic
def part_of(context: Any, words: Any, at: Any) -> Any:
    """Bare words from a place on."""
    signature = words(words, at)

    def part(target: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.gep(arguments[0], [arguments[1]])

    return signature, part


@intrinsic
def count_below(context: Any, words: Any, at: Any, key: Any) -> Any:
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
def high_product(context: Any, one: Any, two: Any) -> Any:
    """The upper word of the product of two words without a sign."""
    signature = types.int64(one, two)

    def upper(target: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        word, double = ir.IntType(64), ir.IntType(128)
        product = builder.mul(*(builder.zext(each, double) for each in arguments))
        return builder.trunc(builder.lshr(product, ir.Constant(double, 64)), word)

    return signature, upper


@intrinsic
def fetch(context: Any, words: Any, at: Any) -> Any:
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


@intrinsic
def stream(context: Any, words: Any, at: Any, word: Any) -> Any:
    """Write a word past the processor's own memory: what is not read again soon need not be kept near, nor fetched before it is written."""
    signature = types.void(words, at, word)

    def write(target: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        store = builder.store(arguments[2], builder.gep(arguments[0], [arguments[1]]))
        store.set_metadata("nontemporal", builder.module.add_metadata([ir.Constant(ir.IntType(32), 1)]))
        return target.get_dummy_value()

    return signature, write


@intrinsic
def words_at(context: Any, address: Any) -> Any:
    """Bare words at an address of memory."""
    signature = types.CPointer(types.int64)(address)  # type: ignore[no-untyped-call]

    def point(target: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.inttoptr(arguments[0], ir.IntType(64).as_pointer())

    return signature, point
