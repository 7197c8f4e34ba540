"""Changes to members that exist: profile, status, and the facts that other modules write down."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields
from typing import Any, Literal

from sqlalchemy import BigInteger, ColumnElement, bindparam, column, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from shuke.platform import audit, clock, crypto, events
from shuke.platform.db import Session, copy_rows, raw

from ..errors import MemberNotFound, VersionChanged
from ..events import MemberProfileChanged, MemberStatusChanged
from ..queries.differences import seal_difference
from ..queries.vault import any_of, open_members
from ..rules import contexts, profiles
from ..rules.values import KEEP, BalancesRow, FactsRow, ProfileChange
from ..tables import member, member_status_change, member_summary
from .enrol import replace_words, words_of

# Only rows that say something else, locked in the order of members so that two writers never wait for each other.
_WRITE_BALANCES = """
    with changed as (
        select new.*
        from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::date[])
            as new (member_id, points_available, points_debt, growth, points_expiring_on)
        join member_summary old using (member_id)
        where (old.points_available, old.points_debt, old.growth, old.points_expiring_on)
            is distinct from (new.points_available, new.points_debt, new.growth, new.points_expiring_on)
        order by old.member_id
        for no key update of old
    )
    update member_summary summary
    set points_available = changed.points_available, points_debt = changed.points_debt, growth = changed.growth,
        points_expiring_on = changed.points_expiring_on
    from changed
    where summary.member_id = changed.member_id
"""
_FACTS = tuple(field.name for field in fields(FactsRow) if field.name != "member_id")


async def update_profile(
    session: Session, member_id: int, change: ProfileChange, *, version: int, also: tuple[str, ...] = ()
) -> int:
    """Change the profile that was seen at `version`; the new version. `also`: what else changed with it.

    Raises MemberNotFound, VersionChanged when somebody changed it in between, or BadProfile.
    """
    locked = await session.execute(
        select(member.c.version).where(member.c.member_id == member_id).with_for_update(key_share=True)
    )
    present = locked.scalar_one_or_none()
    opened = (await open_members(session, [member_id])).get(member_id)
    if present is None or opened is None:
        raise MemberNotFound
    if present != version:
        raise VersionChanged(version=present)
    profile = profiles.checked(change.applied_to(opened.profile))
    changed = (*profiles.changed_fields(opened.profile, profile), *also)
    if not changed:
        return version
    sealed = crypto.seal(opened.sealing_key, profiles.write(profile), contexts.profile(member_id))
    await session.execute(
        member.update().where(member.c.member_id == member_id).values(profile=sealed, version=version + 1)
    )
    if "name" in changed:
        await replace_words(session, [(member_id, words_of(opened, profile.name))])
    difference = await seal_difference(session, member_id, vars(opened.profile), vars(profile))
    audit.describe(member_id=member_id, difference=difference)
    await events.publish(
        session,
        [MemberProfileChanged(member_id=member_id, occurred_at=clock.now(), version=version + 1, fields=changed)],
    )
    return version + 1


async def set_status(
    session: Session,
    member_ids: Sequence[int],
    status: Literal["active", "frozen", "cancelled"],
    *,
    reason: str | None = None,
    actor: str | None = None,
) -> list[int]:
    """Give members a status; the ids that changed. Erased members stay erased. Unknown ids are passed over."""
    locked = await session.execute(
        select(member.c.member_id, member.c.status, member.c.version)
        .where(member.c.member_id == any_of(member_ids), member.c.status.not_in((status, "erased")))
        .order_by(member.c.member_id)
        .with_for_update(key_share=True)
    )
    rows = locked.all()
    changed = [row.member_id for row in rows]
    for row in rows:
        audit.describe(member_id=row.member_id, changes={"status": (row.status, status)}, details={"reason": reason})
    now = clock.now()
    await session.execute(
        member.update().where(member.c.member_id == any_of(changed)).values(status=status, version=member.c.version + 1)
    )
    await session.execute(
        member_summary.update().where(member_summary.c.member_id == any_of(changed)).values(status=status)
    )
    await copy_rows(
        session,
        member_status_change,
        ("member_id", "version", "changed_at", "before", "after", "reason", "actor"),
        [(row.member_id, row.version + 1, now, row.status, status, reason, actor) for row in rows],
    )
    await events.publish(
        session,
        [
            MemberStatusChanged(
                member_id=row.member_id, occurred_at=now, version=row.version + 1, before=row.status, after=status
            )
            for row in rows
        ],
    )
    return changed


async def write_facts(session: Session, rows: Sequence[FactsRow]) -> None:
    """Write facts of members down into the summary: one statement for rows that name the same fields.

    Call it in the transaction that changes what the facts say. Rows of unknown members are passed over.
    """
    batches: dict[tuple[str, ...], list[FactsRow]] = defaultdict(list)
    for row in rows:
        named = tuple(name for name in _FACTS if getattr(row, name) is not KEEP)
        if named:
            batches[named].append(row)
    for named, batch in batches.items():
        await _write_batch(session, named, sorted(batch, key=lambda row: row.member_id))


async def write_balances(session: Session, rows: Sequence[BalancesRow]) -> None:
    """Write what accounts say down into the summary, in one statement that touches no row that says so already.

    Rows of unknown members are passed over.
    """
    driver = await raw(session)
    await driver.execute(
        _WRITE_BALANCES,
        [row.member_id for row in rows],
        [row.points_available for row in rows],
        [row.points_debt for row in rows],
        [row.growth for row in rows],
        [row.points_expiring_on for row in rows],
    )


async def _write_batch(session: Session, named: Sequence[str], batch: Sequence[FactsRow]) -> None:
    types = {"member_id": BigInteger(), **{name: member_summary.c[name].type for name in named}}
    written = (
        func.unnest(
            *(bindparam(None, [getattr(row, name) for row in batch], type_=ARRAY(kind)) for name, kind in types.items())
        )
        .table_valued(*(column(name, kind) for name, kind in types.items()), name="written")
        .render_derived()
    )
    await session.execute(
        member_summary.update()
        .where(member_summary.c.member_id == written.c.member_id)
        .values({name: _written(name, written.c[name]) for name in named})
    )


def _written(name: str, value: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.coalesce(member_summary.c[name], value) if name == "store_id" else value
