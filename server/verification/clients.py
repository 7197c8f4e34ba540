"""Many clients at once over HTTP. Each call, with all its attempts under one key, becomes one line of the history."""

import asyncio
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from verification.history import Call, HistoryWriter, Outcome
from verification.program import Program
from verification.requests import READ
from verification.workload import PATHS, Ask, Workload

_GIVE_UP_AFTER_S = 45
# What no right client is ever told; the history would prove nothing.
_MISTAKES = frozenset({401, 403, 404, 405})


@dataclass(frozen=True)
class Attempt:
    """What came of sending a request once: an answer, or silence."""

    status: int = 0
    code: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)
    was_sent: bool = True
    comes_back: bool = False

    @property
    def is_uncertain(self) -> bool:
        """Whether it may have taken effect though nobody said so."""
        return self.was_sent and (self.status == 0 or self.status >= 500)


class Clients:
    """So many clients, each asking for one thing at a time."""

    def __init__(self, program: Program, workload: Workload, history: HistoryWriter, *, count: int) -> None:
        self.phase = ""
        self.counts: Counter[tuple[str, str, str, str]] = Counter()
        self._program = program
        self._workload = workload
        self._history = history
        self._count = count

    async def run(self, until: asyncio.Event) -> None:
        """Ask until told to end; what was begun is brought to its end."""
        async with self._program.client() as http, asyncio.TaskGroup() as group:
            for client in range(self._count):
                group.create_task(self._ask_on(http, client, until))

    async def read_everything(self) -> None:
        """The last reads, of every account that there is."""
        accounts = (await self._program.read_ledger()).accounts
        async with self._program.client() as http:
            for account in accounts:
                ask = Ask(READ, {"member": str(account.member_id), "currency": account.currency})
                call = await self._call(http, self._count, ask, is_final=True)
                self._keep(call)
                if call.outcome != "ok":
                    # Where one account cannot be read, the check cannot pass; the others need not be waited for.
                    return

    async def _ask_on(self, http: httpx.AsyncClient, client: int, until: asyncio.Event) -> None:
        while not until.is_set():
            ask = self._workload.next(client, self._program.day)
            call = await self._call(http, client, ask)
            self._keep(call)
            self._workload.learn(ask, call)

    def _keep(self, call: Call) -> None:
        self._history.add(call)
        asked = f"{call.kind}, repeated with the {call.repeats} body" if call.repeats else call.kind
        self.counts[call.phase, asked, call.outcome, call.code] += 1

    async def _call(self, http: httpx.AsyncClient, client: int, ask: Ask, *, is_final: bool = False) -> Call:
        """Ask until there is an answer, or patience ends."""
        invoked = time.monotonic_ns()
        attempts, is_uncertain = 0, False
        while True:
            attempt = await _send(http, ask)
            attempts += 1
            is_uncertain = is_uncertain or attempt.is_uncertain
            is_answered = 200 <= attempt.status < 500 and not attempt.comes_back
            is_tired = time.monotonic_ns() - invoked > _GIVE_UP_AFTER_S * 1_000_000_000
            is_leaving = attempt.is_uncertain and ask.kind != READ and not self._workload.is_patient()
            if is_answered or is_tired or is_leaving:
                break
            await asyncio.sleep(self._workload.pause_s())
        is_acknowledged = attempt.status in {200, 201}
        return Call(
            client=client,
            kind=ask.kind,
            request=ask.request,
            invoked=invoked,
            completed=time.monotonic_ns(),
            outcome=_outcome(is_acknowledged=is_acknowledged, is_uncertain=is_uncertain),
            key=ask.key,
            status=attempt.status,
            code="waits for a second person" if attempt.status == 202 else attempt.code,
            answer=dict(attempt.body) if is_acknowledged else {},
            attempts=attempts,
            repeats=ask.repeats,
            phase=self.phase,
            is_final=is_final,
        )


def _outcome(*, is_acknowledged: bool, is_uncertain: bool) -> Outcome:
    """A refusal after silence says nothing: what was sent before it may still arrive."""
    if is_acknowledged:
        return "ok"
    return "unknown" if is_uncertain else "fail"


async def _send(http: httpx.AsyncClient, ask: Ask) -> Attempt:
    try:
        if ask.kind == READ:
            answer = await http.get(f"/v1/ledger/accounts/{ask.request['member']}/{ask.request['currency']}")
        else:
            path = f"/v1/ledger/{PATHS[ask.kind]}"
            answer = await http.post(path, json=ask.request, headers={"Idempotency-Key": ask.key})
    except httpx.ConnectError:
        return Attempt(was_sent=False)
    except httpx.TransportError:
        return Attempt()
    body = answer.json()
    code = body.get("code", "") if answer.status_code >= 400 else ""
    if answer.status_code in _MISTAKES or code == "request.invalid":
        raise RuntimeError(f"{ask} was answered with {answer.status_code}: {answer.text}")
    comes_back = answer.status_code in {409, 429} and "retry-after" in answer.headers
    return Attempt(answer.status_code, code, body, comes_back=comes_back)
