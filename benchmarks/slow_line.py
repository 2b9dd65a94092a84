"""A slow line on this machine: a TCP proxy on the loopback that delays bytes and carries few a second."""

import asyncio
import threading
import time
from contextlib import contextmanager

CHUNK = 8192  # bytes read at once
MOST_CHUNKS = 64  # on their way, of one connection and one direction


class Line:
    """One direction: bytes arrive `delay` seconds after they were put on a line of `rate` bytes a second.

    Both may be set at any time; at first it is fast.
    """

    def __init__(self):
        self.delay, self.rate = 0.0, 1e9
        self.free, self.carried, self.last = 0.0, 0, 0.0

    async def carry(self, reader, writer):
        """Carry what is read, until it ends."""
        on_their_way = asyncio.Queue(MOST_CHUNKS)
        arrival = asyncio.create_task(self._arrive(on_their_way, writer))
        try:
            while data := await reader.read(CHUNK):
                self.free = max(self.free, time.monotonic()) + len(data) / self.rate
                await asyncio.sleep(self.free - time.monotonic())
                await on_their_way.put((self.free + self.delay, data))
            await on_their_way.put((0, b""))
            await arrival
        except ConnectionError:
            arrival.cancel()
        finally:
            writer.close()

    async def _arrive(self, on_their_way, writer):
        while True:
            due, data = await on_their_way.get()
            if not data:
                return
            await asyncio.sleep(due - time.monotonic())
            writer.write(data)
            await writer.drain()
            self.carried += len(data)
            self.last = time.monotonic()


@contextmanager
def slow_line(port):
    """Yields (port of the proxy, line up, line down) before the server on `port` of this machine."""
    up, down = Line(), Line()
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()

    async def join(reader, writer):
        from_server, to_server = await asyncio.open_connection("127.0.0.1", port, limit=CHUNK)
        await asyncio.gather(up.carry(reader, to_server), down.carry(from_server, writer))

    connections = set()

    def connect(reader, writer):
        connections.add(loop.create_task(join(reader, writer)))

    start = asyncio.start_server(connect, "127.0.0.1", 0, limit=CHUNK)
    server = asyncio.run_coroutine_threadsafe(start, loop).result()
    try:
        yield server.sockets[0].getsockname()[1], up, down
    finally:
        server.close()
        asyncio.run_coroutine_threadsafe(_end_all(), loop).result()
        loop.call_soon_threadsafe(loop.stop)


async def _end_all():
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
