"""The sweep: every crash point of a path, in processes of their own.

A run: a copy of the prepared database; one process acts and dies at the point; another starts, does what every start
does, sends the same again until it is answered, sends it once more, and lets the consumers read. What the tables hold
is read after the death and at the end, and must be what a run that nobody disturbed leaves.
"""

import asyncio
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from .children import ChildFailed, Ended, Say, in_child
from .facts import NotTheSame, Rows, is_same_but_for_starts, read_everything, rewind_sequences
from .ground import Ground
from .invariants import broken_promises
from .judging import Judge, Run
from .paths import Path
from .points import KILLED, Counter, Point, Position, changes_nothing, watch
from .program import let_consumers_read, open_program, open_shop, warm_up, what_verification_says

# Several processes sweep on one server; each numbers its databases.
_numbers = count(1)


@dataclass
class Swept:
    """What came of a path: its statements, how often the process died, and what was wrong."""

    name: str
    statements: list[str] = field(default_factory=list)
    deaths: int = 0
    not_compared: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Sweep:
    """Sweeps paths on one ground, on which a shop has been opened."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._tokens: list[str] = []

    def prepare(self) -> None:
        """Open the shop that every path begins with."""

        async def work(say: Say) -> None:
            await self._ground.make_empty("shop")
            say("tokens", await open_shop(self._ground, "shop"))

        warm_up()
        self._tokens = in_child(work).said["tokens"]

    def everything(self, path: Path) -> Swept:
        """Every crash point: before, within and after each statement, each on a database of its own."""
        return self._safely(path, self._everything)

    def every_state(self, path: Path) -> Swept:
        """Every state that a death can leave, each once: before each statement that changes something, and at the end.

        Between the answer to one statement and the sending of the next nothing leaves the process. As long as a death
        leaves the tables exactly as they were, but for what a start draws, the next run begins on the same database.
        Of a path of several transactions only the states between them are tried.
        """
        return self._safely(path, self._every_state)

    def _safely(self, path: Path, sweep: Callable[[Path, Swept], None]) -> Swept:
        swept = Swept(path.name)
        try:
            sweep(path, swept)
        except (ChildFailed, NotTheSame) as error:
            swept.wrong.append(f"could not go on: {error}")
        return swept

    def _everything(self, path: Path, swept: Swept) -> None:
        template, judge = self._begin(path, swept)
        for point in _points():
            run = self._run(path, template, point)
            if run.died_at is None:
                break
            self._note(swept, judge, str(point), run)
        self._drop(template)

    def _every_state(self, path: Path, swept: Swept) -> None:
        template, judge = self._begin(path, swept)
        statements = judge.clean.statements
        if path.is_atomic:
            self._deaths_in_a_row(path, template, judge, swept)
        else:
            for number in (place for place, statement in enumerate(statements, 1) if statement.startswith("COMMIT")):
                point = Point(number, Position.BEFORE)
                self._note(swept, judge, str(point), self._run(path, template, point))
        last = Point(len(statements), Position.AFTER)
        self._note(swept, judge, str(last), self._run(path, template, last))

    def _deaths_in_a_row(self, path: Path, template: str, judge: Judge, swept: Swept) -> None:
        """Many deaths on one database. Each begins by looking whether the one before has left any trace."""
        name = self._copied(template)
        before = "the beginning"
        for number, statement in enumerate(judge.clean.statements, 1):
            if changes_nothing(statement):
                continue
            point = Point(number, Position.BEFORE)
            said = self._look_and_die(path, name, judge.before, point)
            if not said["same"]:
                break
            swept.deaths += 1
            before = f"{point} ({statement})"
            if "answered" in said:
                swept.wrong.append(f"{before}: answered {said['answered']} before the end of the transaction")
        self._note(swept, judge, f"all up to {before}", self._judged(path, name, Ended(KILLED)))

    def _begin(self, path: Path, swept: Swept) -> tuple[str, Judge]:
        template = self._name("path")
        before = self._set_up(path, template)
        clean, other = self._run(path, template, None), self._run(path, template, None)
        judge = Judge(path, before, clean, other)
        swept.statements = clean.statements
        swept.wrong = judge.of_clean_run()
        swept.not_compared = sorted(f"{table}.{column}" for table, column in judge.comparison.changing)
        return template, judge

    def _note(self, swept: Swept, judge: Judge, point: str, run: Run) -> None:
        swept.deaths += run.died_at is not None
        died_at = f" ({run.died_at})" if run.died_at else ""
        swept.wrong += [f"{point}{died_at}: {line}" for line in judge.of(run)]

    def _name(self, kind: str) -> str:
        return f"{kind}_{os.getpid()}_{next(_numbers)}"

    def _set_up(self, path: Path, template: str) -> Rows:
        async def work(say: Say) -> None:
            await self._ground.copy("shop", template)
            async with open_program(self._ground, template, self._tokens) as program:
                await path.set_up(program)
                await let_consumers_read(program)
            async with self._ground.superuser(template) as connection:
                await rewind_sequences(connection)
                say("rows", await read_everything(connection))
            await self._ground.wait_until_left(template)

        rows: Rows = in_child(work).said["rows"]
        return rows

    def _copied(self, template: str) -> str:
        name = self._name("run")

        async def work(_: Say) -> None:
            await self._ground.copy(template, name)

        in_child(work)
        return name

    def _drop(self, name: str) -> None:
        async def work(_: Say) -> None:
            await self._ground.drop(name)

        in_child(work)

    def _run(self, path: Path, template: str, point: Point | None) -> Run:
        """One run on a database of its own; without a point it is not disturbed."""
        name = self._name("run")

        async def work(say: Say) -> None:
            await self._ground.copy(template, name)
            await self._act(path, name, point, say)

        return self._judged(path, name, in_child(work, may_die_with=KILLED))

    def _look_and_die(self, path: Path, name: str, before: Rows, point: Point) -> dict[str, Any]:
        async def work(say: Say) -> None:
            await self._ground.wait_until_left(name)
            async with self._ground.superuser(name) as connection:
                await rewind_sequences(connection)
                is_same = is_same_but_for_starts(await read_everything(connection), before)
            say("same", is_same)
            if is_same:
                await self._act(path, name, point, say)

        return in_child(work, may_die_with=KILLED).said

    def _judged(self, path: Path, name: str, died: Ended) -> Run:
        judged = in_child(lambda say: self._start_again(path, name, say)).said
        return Run(
            died_at=died.said.get("died at"),
            answered=died.said.get("answered"),
            statements=died.said.get("statements", []),
            **judged,
        )

    async def _act(self, path: Path, name: str, point: Point | None, say: Say) -> None:
        counter = Counter(point, last_words=lambda statement: say("died at", statement))
        watch(counter)
        async with open_program(self._ground, name, self._tokens) as program:
            program.leaves = lambda status: say("answered", status)
            counter.is_on = True
            await path.act(program)
            await _let_others_end()
            counter.is_on = False
            say("statements", counter.statements)

    async def _start_again(self, path: Path, name: str, say: Say) -> None:
        await self._ground.wait_until_left(name)
        async with self._ground.superuser(name) as connection:
            say("at_death", await read_everything(connection))
            complaints = [f"at death: {line}" for line in await broken_promises(connection)]
            await rewind_sequences(connection)
            async with open_program(self._ground, name, self._tokens) as program:
                say("answers", [await path.act(program), await path.act(program)])
                await let_consumers_read(program)
                complaints += await what_verification_says(program)
            say("at_end", await read_everything(connection))
            complaints += [f"at the end: {line}" for line in await broken_promises(connection)]
        say("complaints", complaints)
        await self._ground.drop(name)


async def _let_others_end() -> None:
    """A program that runs goes on with what it has begun, also when it has answered."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    if others:
        await asyncio.wait(others)


def _points() -> Iterator[Point]:
    for number in count(1):
        for position in Position:
            yield Point(number, position)
