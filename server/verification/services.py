"""One process of the program, started again whenever it ends, as a service manager would."""

import asyncio
import signal
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

_STOP_WITHIN_S = 40
_PAUSE_BEFORE_RESTART_S = 0.3


class Service:
    """A process that is kept running until it is told to stop; it counts how its lives ended."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
        self.name = name
        self.ends: Counter[str] = Counter()
        self._command = command
        self._environment = environment
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._is_stopping = False
        self._was_killed = False

    def start(self) -> None:
        """Start, and keep it running."""
        self._is_stopping = False
        self._keeper = asyncio.create_task(self._keep())

    def kill(self) -> bool:
        """Kill it, if it runs; another takes its place. Answers whether it ran."""
        is_running = self._send(signal.SIGKILL)
        self._was_killed = self._was_killed or is_running
        return is_running

    def halt(self) -> None:
        """Let it stand still where it is."""
        self._send(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it go on as if nothing had been."""
        self._send(signal.SIGCONT)

    async def stop(self) -> None:
        """End it with grace, and leave it so."""
        self._is_stopping = True
        if self._keeper is None:
            return
        self.go_on()
        self._send(signal.SIGTERM)
        try:
            await asyncio.wait_for(asyncio.shield(self._keeper), _STOP_WITHIN_S)
        except TimeoutError:
            self.ends["did not stop when asked to"] += 1
            self._send(signal.SIGKILL)
            await self._keeper

    def _send(self, what: signal.Signals) -> bool:
        if self._process is None or self._process.returncode is not None:
            return False
        self._process.send_signal(what)
        return True

    async def _keep(self) -> None:
        while not self._is_stopping:
            with (self._folder / f"{self.name}.log").open("ab") as log:
                self._process = process = await asyncio.create_subprocess_exec(
                    *self._command, cwd=self._folder, env=dict(self._environment), stdout=log, stderr=log
                )
            await self._live(process)

    async def _live(self, process: asyncio.subprocess.Process) -> None:
        if self._is_stopping:
            process.terminate()
        code = await process.wait()
        if not self._is_stopping:
            self.ends["killed" if self._was_killed else f"ended by itself with {code}"] += 1
            self._was_killed = False
            await asyncio.sleep(_PAUSE_BEFORE_RESTART_S)
