"""One whole run: clients and faults in phases, then quiet, the last reads, the ledger's own proof, and the check."""

import asyncio
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from verification.checker import check
from verification.clients import Clients
from verification.faults import FAULTS, Disturber, Fault
from verification.history import HistoryWriter, read_history
from verification.program import Program, running_program
from verification.verdict import Verdict
from verification.workload import Workload

ALL_TOGETHER = "all together"
NONE = "none"


@dataclass(frozen=True)
class Plan:
    """What a run does."""

    seed: int
    seconds: float
    clients: int
    members: int
    workers: int = 2
    faults: tuple[Fault, ...] = FAULTS

    def phases(self) -> list[tuple[str, tuple[Fault, ...]]]:
        """First nothing, then each fault alone, then all together."""
        alone = [(fault.name, (fault,)) for fault in self.faults]
        together = [(ALL_TOGETHER, self.faults)] if len(self.faults) > 1 else []
        return [(NONE, ()), *alone, *together]


@dataclass
class Result:
    """What a run found."""

    plan: Plan
    verdict: Verdict
    calls: int
    digest: str
    counts: Counter[tuple[str, str, str, str]]
    struck: dict[str, Counter[str]]
    ends: dict[str, Counter[str]]
    verify: tuple[int, str]
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether the check found nothing and the ledger's own proof agrees."""
        return self.verdict.holds and self.verify[0] == 0


def say(line: str) -> None:
    """A line for whoever waits, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def run(plan: Plan, folder: Path, history: Path) -> Result:
    """Run a plan in a folder, and check what came of it. Raises RuntimeError where it cannot be brought to its end."""
    writer = HistoryWriter(history)
    struck: dict[str, Counter[str]] = {}
    seconds: dict[str, float] = {}
    async with running_program(folder, members_count=plan.members, workers=plan.workers) as program:
        clients = Clients(program, Workload(plan.seed, program.members), writer, count=plan.clients)
        phases = plan.phases()
        for number, (name, faults) in enumerate(phases):
            clients.phase = name
            disturber = Disturber(program, plan.seed * 1_000 + number, kinds=len(faults))
            started = time.monotonic()
            await _phase(program, clients, disturber, faults, plan.seconds / len(phases))
            struck[name], seconds[name] = disturber.counts, round(time.monotonic() - started, 1)
            say(f"  · {name}: {_told(clients, name)}; {dict(disturber.counts) or 'nothing'} struck")
        clients.phase = "end"
        await program.wait_until_nothing_is_due()
        for worker in program.workers:
            await worker.stop()
        await program.wait_until_quiet()
        await clients.read_everything()
        await program.web.stop()
        state = await program.read_ledger()
        verify = await program.command("ledger", "verify")
        ends = {service.name: service.ends for service in (program.web, *program.workers)}
    digest = writer.close()
    started = time.monotonic()
    verdict = check(read_history(history), state)
    seconds["check"] = round(time.monotonic() - started, 1)
    return Result(
        plan=plan, verdict=verdict, calls=writer.count, digest=digest, counts=clients.counts, struck=struck, ends=ends,
        verify=verify, seconds=seconds,
    )  # fmt: skip


async def _phase(
    program: Program, clients: Clients, disturber: Disturber, faults: Sequence[Fault], seconds: float
) -> None:
    """Clients ask and faults strike for so long; then the faults end, and the clients hear what became of it all."""
    no_more_faults, no_more_asking = asyncio.Event(), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(clients.run(no_more_asking))
        disturbing = [group.create_task(disturber.disturb(fault, no_more_faults)) for fault in faults]
        await asyncio.sleep(seconds)
        no_more_faults.set()
        if disturbing:
            await asyncio.wait(disturbing)
        await program.wait_until_ready()
        no_more_asking.set()


def _told(clients: Clients, phase: str) -> str:
    outcomes: Counter[str] = Counter()
    for (of_phase, _, outcome, _), count in clients.counts.items():
        if of_phase == phase:
            outcomes[outcome] += count
    return ", ".join(f"{outcomes[outcome]} {outcome}" for outcome in ("ok", "fail", "unknown"))
