"""Shoppers: very many attempts over few hundred connections, each repeated until it is settled.

Written on the bare protocol, because whoever asks shares the processors with the program that answers. An attempt is
settled by a coupon or by a refusal that is final; whoever is told to queue, or hears nothing because something was
killed, sends the same ticket again.
"""

import asyncio
import re
import time
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

CLAIMS = "/v1/coupon-rush/claims"
FINAL = {"coupons.sold_out", "coupons.limit_reached"}
_PAUSE_S = 0.1
_CODE = re.compile(rb'"code":"([a-z_.]+)"')
_COUPON = re.compile(rb'"coupon":"([^"]+)"')
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)
_END = b"\r\n\r\n"


@dataclass(slots=True)
class Attempt:
    """One attempt of a member with a ticket; `request` is what goes over the wire."""

    member_id: int
    ticket: str
    request: bytes


@dataclass
class Heard:
    """What all of them heard. Latencies in seconds; `coupons`: ticket → codes told."""

    outcomes: Counter[str] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)
    latencies_sold_out: list[float] = field(default_factory=list)
    coupons: dict[str, set[str]] = field(default_factory=dict)
    holders: set[int] = field(default_factory=set)
    new: int = 0
    settled: int = 0
    started: float = 0.0
    sold_out: float | None = None
    ended: float = 0.0

    @property
    def answers(self) -> int:
        """Every answer, those that told to come again, too."""
        return len(self.latencies)


def attempt(member_id: int, ticket: str) -> Attempt:
    """An attempt, ready to be sent."""
    body = f'{{"ticket":"{ticket}"}}'
    head = f"POST {CLAIMS} HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    return Attempt(member_id, ticket, f"{head}\r\n\r\n{body}".encode())


class Shoppers:
    """All of them, on their way."""

    def __init__(self, attempts: Sequence[Attempt], ports: Sequence[int], connections: int) -> None:
        self.heard = Heard()
        self.waiting = deque(attempts)
        self._wanted = len(attempts)
        self._ports = ports
        self._connections = connections
        self._idle: deque[_Connection] = deque()
        self._done = asyncio.Event()
        self._woken = asyncio.Event()
        self._wakes_at = 0

    async def run(self, *, within_s: float) -> Heard:
        """Let them all ask until everything is settled. Raises TimeoutError."""
        loop = asyncio.get_running_loop()
        open_ones = [_Connection(self, self._ports[place % len(self._ports)]) for place in range(self._connections)]
        self.heard.started = time.perf_counter()
        tasks = [loop.create_task(one.open()) for one in open_ones]
        try:
            await asyncio.wait_for(self._done.wait(), within_s)
        finally:
            self.heard.ended = time.perf_counter()
            self._done.set()
            for task in tasks:
                task.cancel()
            for one in open_ones:
                one.close()
        return self.heard

    async def until_new(self, count: int) -> None:
        """Wait until so many coupons have been given."""
        self._wakes_at = count
        self._woken.clear()
        if self.heard.new < count:
            await self._woken.wait()

    @property
    def is_done(self) -> bool:
        """Whether nobody has anything left to ask."""
        return self._done.is_set()

    def next_of(self, connection: "_Connection") -> Attempt | None:
        """What a connection sends next; None: it will be told when there is something."""
        if self.waiting:
            return self.waiting.popleft()
        self._idle.append(connection)
        return None

    def hear(self, one: Attempt, status: int, body: bytes, seconds: float) -> None:
        """Take in an answer."""
        heard = self.heard
        heard.latencies.append(seconds)
        if heard.sold_out is not None:
            heard.latencies_sold_out.append(seconds)
        coupon = _COUPON.search(body) if status in {200, 201} else None
        if coupon is not None:
            heard.coupons.setdefault(one.ticket, set()).add(coupon[1].decode())
            heard.holders.add(one.member_id)
            heard.new += status == 201
            if heard.new >= self._wakes_at:
                self._woken.set()
            self._settle("claimed" if status == 201 else "again")
            return
        found = _CODE.search(body)
        code = found[1].decode() if found else f"status {status}"
        if code == "coupons.sold_out" and heard.sold_out is None:
            heard.sold_out = time.perf_counter()
        if code in FINAL:
            self._settle(code)
        else:
            heard.outcomes[code] += 1
            self.again(one)

    def again(self, one: Attempt) -> None:
        """Send an attempt once more, in a moment."""
        asyncio.get_running_loop().call_later(_PAUSE_S, self._come_back, one)

    def lost(self, one: Attempt) -> None:
        """An attempt that nobody answered."""
        self.heard.outcomes["no answer"] += 1
        self.again(one)

    def _come_back(self, one: Attempt) -> None:
        self.waiting.append(one)
        if self._idle:
            self._idle.popleft().go_on()

    def _settle(self, outcome: str) -> None:
        self.heard.outcomes[outcome] += 1
        self.heard.settled += 1
        if self.heard.settled == self._wanted:
            self._done.set()


class _Connection(asyncio.Protocol):
    """One connection, which asks again as soon as it is answered, and is opened again when it breaks."""

    def __init__(self, shoppers: Shoppers, port: int) -> None:
        self._shoppers = shoppers
        self._port = port
        self._transport: asyncio.Transport | None = None
        self._attempt: Attempt | None = None
        self._buffer = b""
        self._sent = 0.0

    async def open(self) -> None:
        """Connect, however long it takes."""
        while not self._shoppers.is_done:
            try:
                await asyncio.get_running_loop().create_connection(lambda: self, "127.0.0.1", self._port)
            except OSError:
                await asyncio.sleep(_PAUSE_S)
            else:
                return

    def close(self) -> None:
        """End it."""
        if self._transport is not None:
            self._transport.abort()

    def go_on(self) -> None:
        """Send what is next."""
        if self._transport is None:
            return
        self._attempt = self._shoppers.next_of(self)
        if self._attempt is not None:
            self._sent = time.perf_counter()
            self._transport.write(self._attempt.request)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to ask."""
        self._transport = cast(asyncio.Transport, transport)
        self._buffer = b""
        self.go_on()

    def data_received(self, data: bytes) -> None:
        """Hear an answer, and ask again."""
        self._buffer += data
        end = self._buffer.find(_END)
        if end < 0:
            return
        length = _LENGTH.search(self._buffer, 0, end + 2)
        whole = end + len(_END) + (int(length[1]) if length else 0)
        if len(self._buffer) < whole or self._attempt is None:
            return
        status, body, self._buffer = int(self._buffer[9:12]), self._buffer[end:whole], self._buffer[whole:]
        one, self._attempt = self._attempt, None
        self._shoppers.hear(one, status, body, time.perf_counter() - self._sent)
        self.go_on()

    def connection_lost(self, exc: Exception | None) -> None:
        """The other side is gone: the attempt is made again, and so is the connection."""
        self._transport = None
        one, self._attempt = self._attempt, None
        if self._shoppers.is_done:
            return
        if one is not None:
            self._shoppers.lost(one)
        asyncio.get_running_loop().create_task(self.open())
