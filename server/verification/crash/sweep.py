"""The sweep: every crash point of a path, in processes of their own.

A run: a copy of the prepared database; one process acts and dies at the point; another starts, does what every start
does, sends the same again until it is answered, sends it once more, and lets the consumers read. What the tables hold
is read after the death and at the end, and must be what a run that nobody disturbed leaves.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

from .children import ChildFailed, Ended, Say, in_child
from .facts import NotTheSame, Rows, read_everything, rewind_sequences
from .ground import Ground
from .invariants import broken_promises
from .judging import Judge, Run
from .paths import Path
from .points import KILLED, Counter, Point, Position, changes_nothing, watch
from .program import let_consumers_read, open_program, open_shop, warm_up


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
        self._numbers = count(1)
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
        leaves the tables exactly as they were, the next run begins on the same database. Of a path of several
        transactions only the states between them are tried.
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
            self._note(swept, judge, point, run)
        self._drop(template)

    def _every_state(self, path: Path, swept: Swept) -> None:
        template, judge = self._begin(path, swept)
        statements = judge.clean.statements
        name = self._copied(template)
        for number, statement in enumerate(statements, 1):
            if changes_nothing(statement) or not (path.is_atomic or statement.startswith("COMMIT")):
                continue
            point = Point(number, Position.BEFORE)
            if not self._died_without_trace(path, name, judge.before, point):
                self._drop(name)
                name = self._copied(template)
                self._note(swept, judge, point, self._run(path, template, point))
            else:
                swept.deaths += 1
        self._note(swept, judge, Point(0, Position.AFTER), self._after_all_deaths(path, name))
        last = Point(len(statements), Position.AFTER)
        self._note(swept, judge, last, self._run(path, template, last))
        self._drop(template)

    def _begin(self, path: Path, swept: Swept) -> tuple[str, Judge]:
        template = self._name("path")
        before = self._set_up(path, template)
        clean, other = self._run(path, template, None), self._run(path, template, None)
        judge = Judge(path, before, clean, other)
        swept.statements = clean.statements
        swept.wrong = judge.of_clean_run()
        swept.not_compared = sorted(f"{table}.{column}" for table, column in judge.comparison.changing)
        return template, judge

    def _note(self, swept: Swept, judge: Judge, point: Point, run: Run) -> None:
        swept.deaths += run.died_at is not None
        swept.wrong += [f"{point} ({run.died_at or 'none'}): {line}" for line in judge.of(run)]

    def _name(self, kind: str) -> str:
        # Several processes sweep on one server.
        return f"{kind}_{os.getpid()}_{next(self._numbers)}"

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

    def _died_without_trace(self, path: Path, name: str, before: Rows, point: Point) -> bool:
        """One death on a database that others may have died on; whether all of them left it as it was."""

        async def die(say: Say) -> None:
            await self._act(path, name, point, say)

        async def look(say: Say) -> None:
            await self._ground.wait_until_left(name)
            async with self._ground.superuser(name) as connection:
                await rewind_sequences(connection)
                say("same", await read_everything(connection) == before)

        died = in_child(die, may_die_with=KILLED)
        same: bool = in_child(look).said["same"]
        return same and died.code == KILLED and died.said.get("answered") is None

    def _after_all_deaths(self, path: Path, name: str) -> Run:
        """What the next start makes of a database on which every earlier process died without a trace."""
        return self._judged(path, name, Ended(KILLED))

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
            say("at_end", await read_everything(connection))
            complaints += [f"at the end: {line}" for line in await broken_promises(connection)]
        say("complaints", complaints)
        await self._ground.drop(name)


def _points() -> Iterator[Point]:
    for number in count(1):
        for position in Position:
            yield Point(number, position)
