"""An import is taken back: new members go, changed ones become what they were, as far as nobody touched them since."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import select

from shuke.people import members
from shuke.platform import audit, clock
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Database, Session, raw

from ..actions.uploading import mark
from ..errors import ImportRunning
from ..queries import Import, count_outcomes, get_import
from ..tables import member_import_change, member_import_identity

_AT_A_TIME = 500
_OWN_TABLES = (member_import_change.name, member_import_identity.name)
_WRITE = """
    update member_import_change change set outcome = decided.outcome
    from unnest($2::bigint[], $3::text[]) as decided (member_id, outcome)
    where change.import_id = $1 and change.member_id = decided.member_id
"""


async def undo_import(
    database: Database, run: Import, *, on_progress: Callable[[int], None] = lambda _: None
) -> Import:
    """Take an import back, some members at a time; what is done stays done when it is cut off and begun again.

    Raises ImportRunning when another process is at it.
    """
    async with _alone(database, run):
        done = 0
        while True:
            async with database.transaction() as session:
                step = await _undo_some(session, run.import_id)
                if not step:
                    return await _finish(session, run.import_id)
            done += step
            on_progress(done)


@asynccontextmanager
async def _alone(database: Database, run: Import) -> AsyncIterator[None]:
    async with database.advisory_lock(f"member_import:{run.import_id}") as is_mine:
        if not is_mine:
            raise ImportRunning
        yield


async def _undo_some(session: Session, import_id: int) -> int:
    change = member_import_change.c
    rows = await session.execute(
        select(member_import_change)
        .where(change.import_id == import_id, change.outcome.is_(None))
        .order_by(change.member_id)
        .limit(_AT_A_TIME)
    )
    page = rows.mappings().all()
    created = {row["member_id"]: row["identities"] for row in page if row["kind"] == "created"}
    gone = await members.remove_members(session, created, apart_from=_OWN_TABLES)
    outcomes = {member_id: "removed" if member_id in gone else "kept" for member_id in created}
    outcomes |= await _put_back(session, import_id, [row for row in page if row["kind"] == "updated"])
    driver = await raw(session)
    await driver.execute(_WRITE, import_id, list(outcomes), list(outcomes.values()))
    return len(page)


async def _put_back(session: Session, import_id: int, rows: Sequence[Any]) -> dict[int, str]:
    identity = member_import_identity.c
    gained = await session.execute(
        select(identity.member_id, identity.kind, identity.source, identity.blind).where(
            identity.import_id == import_id, identity.member_id.in_([row["member_id"] for row in rows])
        )
    )
    await members.give_back_identities(session, [tuple(row) for row in gained])
    kept = await members.restore_profiles(
        session,
        [
            members.ProfileRestore(member_id=row["member_id"], before=row["profile_before"], after=row["profile_after"])
            for row in rows
            if row["profile_after"] is not None
        ],
    )
    outcomes = {}
    for row in rows:
        if row["profile_after"] is not None and row["member_id"] not in kept:
            outcomes[row["member_id"]] = "kept"
        else:
            outcomes[row["member_id"]] = "partly" if kept.get(row["member_id"]) else "restored"
    return outcomes


async def _finish(session: Session, import_id: int) -> Import:
    counts = await count_outcomes(session, import_id)
    told = {
        "removed": counts["created", "removed"],
        "restored": counts["updated", "restored"],
        "partly": counts["updated", "partly"],
        "kept": counts["created", "kept"] + counts["updated", "kept"],
    }
    before = await get_import(session, import_id)
    if before.state != "undone":
        await mark(session, import_id, state="undone", undo=told, undone_at=clock.wall())
        await audit.record(session, SYSTEM, "member_imports.undone", "member-imports", import_id, told)
    return await get_import(session, import_id)
