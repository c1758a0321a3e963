"""A mobile link before a server: each byte arrives late, and only so many a second do."""

import asyncio
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

LATENCY_MS = 150
"""There and back."""
MBITS = 1.6
"""Towards the phone, of all connections together."""
CHUNK = 4 * 1460


class Link:
    """Passes connections on to a port of this machine."""

    def __init__(self, port: int) -> None:
        self.to = port
        self.free = 0.0
        self.open: set[asyncio.Task[None]] = set()

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, whose first byte waits for the handshake."""
        await asyncio.sleep(LATENCY_MS / 1000)
        up, down = await asyncio.open_connection("127.0.0.1", self.to)
        for way in (self.pass_on(reader, down), self.pass_on(up, writer, MBITS * 125_000)):
            task = asyncio.create_task(way)
            self.open.add(task)
            task.add_done_callback(self.open.discard)

    async def pass_on(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, rate: float | None = None
    ) -> None:
        """One direction of a connection until it ends; ``rate`` in bytes a second."""
        loop = asyncio.get_running_loop()
        data = b" "
        while data:
            data = b""
            with suppress(ConnectionError):
                data = await source.read(CHUNK)
            sent = loop.time()
            if rate:
                sent = self.free = max(self.free, sent) + len(data) / rate
            due = sent + LATENCY_MS / 2000
            if data:
                loop.call_at(due, target.write, data)
            else:
                loop.call_at(due, target.close)
            await asyncio.sleep(max(0, sent - loop.time()))


@contextmanager
def slow_link(port: int) -> Iterator[str]:
    """The address of the same server behind a mobile link."""
    loop = asyncio.new_event_loop()
    began: queue.Queue[int] = queue.Queue()

    async def begin() -> None:
        server = await asyncio.start_server(Link(port).take, "127.0.0.1", 0)
        began.put(server.sockets[0].getsockname()[1])

    def run() -> None:
        loop.run_until_complete(begin())
        loop.run_forever()
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{began.get()}"
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
