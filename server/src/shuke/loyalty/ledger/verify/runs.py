"""Verifications that are written down: asked for by a person or come due at night, one at a time.

One that was running when its process died holds its lock no more; it is found by that, and shows as broken.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import structlog

from shuke.platform import clock, events, jobs
from shuke.platform.actor import SYSTEM, Actor
from shuke.platform.db import Database, Session, dump_json, raw
from shuke.platform.pages import Page, encode_cursor

from .cursors import number_below
from .errors import VerificationRunning
from .events import LedgerVerificationFailed
from .findings import VerificationReport, Wrong, wrong_of
from .ledger import verify_ledger

VERIFY = "ledger.verify"
_LOCK = "ledger.verification"
# One that was asked for waits for a worker this long before it counts as broken.
_WAITS = timedelta(minutes=10)
_SORT = "-verification"
State = Literal["running", "passed", "failed", "broken"]

logger = structlog.get_logger("shuke.ledger")


@dataclass(frozen=True, kw_only=True)
class Verification:
    """A verification: how far it came, and the first wrong row if there was one."""

    verification_id: int
    state: State
    started_by: str
    started_at: datetime
    finished_at: datetime | None
    accounts: int
    entries: int
    wrong: Wrong | None


async def start_verification(session: Session, actor: Actor) -> Verification:
    """Ask for a verification of the whole ledger; the worker does it. Raises VerificationRunning."""
    driver = await raw(session)
    # Two who ask at once must not both get one.
    await driver.execute("lock table ledger_verification in share row exclusive mode")
    if await driver.fetchval("select 1 from ledger_verification where state = 'running'"):
        raise VerificationRunning
    asked = await _note_start(session, actor)
    await jobs.enqueue(session, VERIFY, {"verification_id": asked.verification_id})
    return asked


async def list_verifications(session: Session, *, limit: int, cursor: str | None = None) -> Page[Verification]:
    """Verifications, newest first. Raises BadCursor."""
    driver = await raw(session)
    found = [_of(row) for row in await driver.fetch(_LIST, number_below(cursor, _SORT), limit + 1)]
    more = encode_cursor(_SORT, [found[limit - 1].verification_id]) if len(found) > limit else None
    return Page(found[:limit], more)


async def latest(session: Session) -> Verification | None:
    """The newest verification that has come to an end."""
    row = await (await raw(session)).fetchrow(_LATEST)
    return _of(row) if row else None


async def last_start(session: Session) -> datetime | None:
    """When the last verification of the night began."""
    at: datetime | None = await (await raw(session)).fetchval(_LAST_START, SYSTEM.name)
    return at


async def verify_when_asked(payload: dict[str, Any]) -> None:
    """The job of a verification that was asked for."""
    await _run_asked(jobs.database(), payload["verification_id"])


async def verify_nightly() -> None:
    """The verification of the night: the whole ledger, and its roots."""
    await run_now(jobs.database(), SYSTEM)


async def find_broken() -> None:
    """Note verifications whose process died: they run no more, and nobody holds their lock."""
    database = jobs.database()
    async with database.advisory_lock(_LOCK) as is_mine:
        if is_mine:
            await _note_broken(database, clock.wall() - _WAITS)


async def run_now(database: Database, actor: Actor) -> None:
    """Verify the whole ledger now, and write down what came of it. Does nothing where one runs already."""
    async with database.advisory_lock(_LOCK) as is_mine:
        if not is_mine:
            logger.warning("verification left out: another one runs")
            return
        async with database.transaction() as session:
            begun = await _note_start(session, actor)
        await _verify(database, begun.verification_id)


async def _run_asked(database: Database, verification_id: int) -> None:
    """Raises VerificationRunning where another one runs: the job is tried again then."""
    async with database.advisory_lock(_LOCK) as is_mine:
        if not is_mine:
            raise VerificationRunning
        async with database.transaction() as session:
            await (await raw(session)).execute(_BEGIN, verification_id, clock.wall())
        await _verify(database, verification_id)


async def _verify(database: Database, verification_id: int) -> None:
    try:
        report = await verify_ledger(database)
    except Exception as error:
        # What could not run has not passed; whoever looks after the house must see that.
        logger.exception("verification broken", verification_id=verification_id, error=type(error).__name__)
        await _finish(database, verification_id, "broken", None)
    else:
        await _finish(database, verification_id, "passed" if report.ok else "failed", report)


async def _finish(database: Database, verification_id: int, state: State, report: VerificationReport | None) -> None:
    wrong = report.wrong if report else None
    async with database.transaction() as session:
        driver = await raw(session)
        await driver.execute(
            _FINISH,
            verification_id,
            state,
            clock.wall(),
            report.accounts if report else 0,
            report.entries if report else 0,
            dump_json(wrong.stored()) if wrong else None,
        )
        if wrong is not None:
            await events.publish(session, [_event(verification_id, wrong)])
    if wrong is not None:
        logger.error("ledger wrong", verification_id=verification_id, table=wrong.table, row=wrong.say("en"))


def _event(verification_id: int, wrong: Wrong) -> LedgerVerificationFailed:
    return LedgerVerificationFailed(
        member_id=wrong.member_id or 0,
        occurred_at=clock.now(),
        verification_id=verification_id,
        table=wrong.table,
        currency=wrong.currency,
        what=wrong.say("en"),
    )


async def _note_start(session: Session, actor: Actor) -> Verification:
    row = await (await raw(session)).fetchrow(_START, actor.name, clock.wall())
    assert row is not None
    return _of(row)


async def _note_broken(database: Database, before: datetime) -> None:
    async with database.transaction() as session:
        rows = await (await raw(session)).fetch(_BREAK, before, clock.wall())
    for row in rows:
        logger.error("verification broken: its process died", verification_id=row["verification_id"])


def _of(row: Any) -> Verification:
    stored = row["wrong"]
    names = ("verification_id", "state", "started_by", "started_at", "finished_at", "accounts", "entries")
    return Verification(**{name: row[name] for name in names}, wrong=wrong_of(stored) if stored else None)


_LIST = """
    select * from ledger_verification where $1::bigint is null or verification_id < $1
    order by verification_id desc limit $2
"""
_LATEST = """
    select * from ledger_verification where state <> 'running' order by verification_id desc limit 1
"""
_LAST_START = "select max(started_at) from ledger_verification where started_by = $1"
_START = """
    insert into ledger_verification (scope, state, started_by, started_at) values ('all', 'running', $1, $2)
    returning *
"""
_BEGIN = """
    update ledger_verification set state = 'running', started_at = $2, finished_at = null where verification_id = $1
"""
_FINISH = """
    update ledger_verification set state = $2, finished_at = $3, accounts = $4, entries = $5, wrong = $6
    where verification_id = $1
"""
_BREAK = """
    update ledger_verification set state = 'broken', finished_at = $2 where state = 'running' and started_at < $1
    returning verification_id
"""
