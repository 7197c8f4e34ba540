"""What members hold about people: the copy that they receive, and what is destroyed when they are erased."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import LargeBinary, Table, case, delete, or_, select, update

from shuke.platform import clock, events, idempotency
from shuke.platform.db import Session, copy_rows
from shuke.platform.i18n import LocalName

from .events import MemberStatusChanged
from .extensions import PersonalData
from .queries.vault import any_of, open_members
from .tables import (
    member,
    member_identity,
    member_identity_owner,
    member_key,
    member_merge,
    member_search,
    member_status_change,
    member_summary,
)

Export = Callable[[Session, Sequence[int]], AsyncIterator[Mapping[str, Any]]]
# What lists show of a place or a person; what is left says how much somebody bought, and names nobody.
_TRACES = {"source_channel": None, "employee_id": None, "campaign": None, "inviter_id": None}


def exporting(table: Table, *without: str, order: Sequence[str] = ()) -> Export:
    """A copy of a table's rows with a column `member_id`, as JSON knows them; sealed values are left out."""
    shown = [one for one in table.c if one.name not in without and not isinstance(one.type, LargeBinary)]
    by = [table.c[name] for name in order] or list(table.primary_key.columns)

    async def export(session: Session, member_ids: Sequence[int]) -> AsyncIterator[Mapping[str, Any]]:
        statement = select(*shown).where(table.c.member_id == any_of(member_ids)).order_by(*by)
        async with session.stream(statement) as rows:
            async for row in rows.mappings():
                # The names are SQLAlchemy's own kind of text, which JSON does not take.
                yield {str(name): plain(value) for name, value in row.items()}

    return export


def plain(value: Any) -> Any:
    """A value as JSON knows it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


async def export_profile(session: Session, member_ids: Sequence[int]) -> AsyncIterator[Mapping[str, Any]]:
    """The profile, in clear, with when and where the membership began."""
    for member_id, one in sorted((await open_members(session, member_ids)).items()):
        row = one.row
        yield {
            "member_id": member_id,
            "number": row.number,
            "status": row.status,
            "joined_at": row.joined_at.isoformat(),
            "source_channel": row.source_channel,
            "store_id": row.store_id,
            "employee_id": row.employee_id,
            "campaign": row.campaign,
            **{name: plain(value) for name, value in vars(one.profile).items()},
        }


async def export_identities(session: Session, member_ids: Sequence[int]) -> AsyncIterator[Mapping[str, Any]]:
    """Everything that the person is known by, in clear."""
    shown: set[tuple[int, bytes]] = set()
    for one in (await open_members(session, member_ids)).values():
        for identity in one.identities:
            # A survivor's identities hold those of whoever was merged into it.
            if (identity.member_id, identity.blind) in shown:
                continue
            shown.add((identity.member_id, identity.blind))
            yield {
                "kind": identity.kind,
                "source": identity.source or None,
                "value": identity.value,
                "is_verified": identity.is_verified,
                "added_at": identity.added_at.isoformat(),
            }


async def own_numbers(session: Session, member_ids: Sequence[int]) -> dict[int, str]:
    """The members' own numbers, whoever they are by now; unknown ones are left out."""
    rows = await session.execute(
        select(member.c.member_id, member.c.number).where(member.c.member_id == any_of(member_ids))
    )
    return {row.member_id: row.number for row in rows}


async def erase(session: Session, member_ids: Sequence[int]) -> int:
    """Destroy the keys of these people, and everything that names or finds them; the rows stay without a person."""
    ids = list(member_ids)
    found = await session.execute(
        select(member.c.member_id, member.c.status, member.c.version)
        .where(member.c.member_id == any_of(ids))
        .order_by(member.c.member_id)
        .with_for_update()
    )
    closing = [row for row in found if row.status != "erased"]
    done = 0
    for table in (member_key, member_identity, member_identity_owner, member_search):
        done += (await session.execute(delete(table).where(table.c.member_id == any_of(ids)))).rowcount
    column = member_merge.c
    # Where somebody they had been merged into was merged on, and all that was undone, that survivor's profile of then
    # still holds what came from them.
    merges = or_(column.absorbed_id == any_of(ids), column.survivor_id == any_of(ids), column.followers.overlap(ids))
    because = case((column.undone_because.is_not(None), "—"))
    emptied = {
        "profile_before": None,
        "profile_after": None,
        "facts_before": column.facts_before.op("-")("custom"),
        "reason": "—",
        "undone_because": because,
    }
    done += (await session.execute(update(member_merge).where(merges).values(emptied))).rowcount
    done += await idempotency.forget_subjects(session, ids)
    await _close(session, ids, closing)
    return done + len(closing)


async def _close(session: Session, ids: Sequence[int], closing: Sequence[Any]) -> None:
    now = clock.now()
    closed = {"status": "erased", "profile": None, "version": member.c.version + 1, **_TRACES}
    await session.execute(update(member).where(member.c.member_id == any_of(ids)).values(closed))
    bare: dict[str, Any] = {"status": "erased", "employee_id": None}
    await session.execute(update(member_summary).where(member_summary.c.member_id == any_of(ids)).values(bare))
    await copy_rows(
        session,
        member_status_change,
        ("member_id", "version", "changed_at", "before", "after"),
        [(row.member_id, row.version + 1, now, row.status, "erased") for row in closing],
    )
    await events.publish(
        session,
        [
            MemberStatusChanged(
                member_id=row.member_id, occurred_at=now, version=row.version + 1, before=row.status, after="erased"
            )
            for row in closing
        ],
    )


PERSONAL_DATA = (
    PersonalData(
        key="profile",
        label=LocalName("会员资料", "Profile"),
        export=export_profile,
        erase=erase,
        kept=LocalName(
            "会员号、入会日和不含个人信息的合计：账目要有归属",
            "Number, day of joining, sums without a name: books need a subject",
        ),
    ),
    PersonalData(key="identities", label=LocalName("身份", "Identities"), export=export_identities),
    PersonalData(
        key="status_changes", label=LocalName("状态变化", "Changes of status"), export=exporting(member_status_change)
    ),
)
