"""Asking at a fixed rate (定速提问): arrivals are planned beforehand, whatever the server does, and each wait counts from its plan.

``python -m bench.office.load.client PORT RATE SECONDS SEED < KNOWN.json`` sends and prints, as JSON, a list of route, status, whether
that was right, and nanoseconds from the planned arrival to the whole answer. A server that falls behind shows in every wait.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections import deque
from collections.abc import Mapping, Sequence
from time import perf_counter_ns
from typing import Any

from bench.office.load.mix import Asked, asked

CONNECTIONS = 48
"""So many are kept open, as behind a proxy; a request that finds none free waits for one, which counts."""
_SECOND = 1_000_000_000
Told = tuple[str, int, bool, int]


class Connections:
    """Connections that are kept open (长连接), the one longest unused first, so that all workers of the server have their share."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._free: deque[tuple[asyncio.StreamReader, asyncio.StreamWriter] | None] = deque(
            [None] * CONNECTIONS
        )
        self._room = asyncio.Semaphore(CONNECTIONS)

    async def ask(self, content: bytes) -> tuple[int, bytes]:
        """Status and body. A connection that the server has closed meanwhile is opened again; nobody is asked twice otherwise."""
        async with self._room:
            kept = self._free.popleft()
            try:
                if kept is not None:
                    try:
                        return await self._exchange(kept, content)
                    except (ConnectionError, asyncio.IncompleteReadError):
                        kept[1].close()
                kept = await asyncio.open_connection("127.0.0.1", self._port)
                return await self._exchange(kept, content)
            finally:
                self._free.append(kept)

    async def _exchange(
        self, kept: tuple[asyncio.StreamReader, asyncio.StreamWriter], content: bytes
    ) -> tuple[int, bytes]:
        reader, writer = kept
        writer.write(content)
        head = await reader.readuntil(b"\r\n\r\n")
        status, length = int(head[9:12]), _length(head)
        return status, await reader.readexactly(length) if length else b""


def _length(head: bytes) -> int:
    _, _, rest = head.lower().partition(b"content-length:")
    return int(rest.partition(b"\r\n")[0]) if rest else 0


def arrivals(number: int, rate: int, chance: random.Random) -> list[int]:
    """When each request comes, in ns from the beginning: at random, so many a second on the average, as people come."""
    at, found = 0.0, []
    for _ in range(number):
        at += chance.expovariate(rate)
        found.append(int(at * _SECOND))
    return found


async def send(port: int, wanted: Sequence[Asked], plan: Sequence[int]) -> list[Told]:
    """Send each at its time."""
    connections, told, tasks = Connections(port), list[Told](), set[asyncio.Task[None]]()
    begin = perf_counter_ns()

    async def one(each: Asked, planned: int) -> None:
        status, body = await connections.ask(each.content)
        waited = perf_counter_ns() - begin - planned
        is_right = status in each.expected
        if not is_right:
            print(each.route, status, body[:300].decode(errors="replace"), file=sys.stderr)
        told.append((each.route, status, is_right, waited))

    for each, planned in zip(wanted, plan, strict=True):
        early = begin + planned - perf_counter_ns()
        if early > 0:
            await asyncio.sleep(early / _SECOND)
        task = asyncio.create_task(one(each, planned))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    await asyncio.gather(*tasks)
    return told


def main(port: int, rate: int, seconds: int, seed: int, known: Mapping[str, Any]) -> list[Told]:
    """Make all requests, then send them."""
    wanted = list(asked(known, rate * seconds, seed))
    return asyncio.run(send(port, wanted, arrivals(len(wanted), rate, random.Random(seed))))


if __name__ == "__main__":
    port, rate, seconds, seed = map(int, sys.argv[1:])
    json.dump(main(port, rate, seconds, seed, json.load(sys.stdin)), sys.stdout)
