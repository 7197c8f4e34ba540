"""Telling people, taking back what is settled, and what each does with their own notices."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from shuke.foundation import staff
from shuke.platform import clock
from shuke.platform.actor import Actor
from shuke.platform.db import Session, raw
from shuke.platform.i18n import LocalName
from shuke.platform.module import contributions

from .errors import NoticeKindNotFound, StaffNoticeNotFound
from .extensions import NoticeKind
from .queries import Tone, list_kinds
from .tables import staff_notice, staff_notice_choice, staff_notice_recipient

KEPT = timedelta(days=90)
_NOBODY = LocalName("", "")


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Something to tell. Nothing personal stands in it: numbers of members, codes, days and counts.

    `key` says what it is about and in which state: the same key of a kind is told to a person once, until it is
    withdrawn. `users` are ids; `holders` names a permission whose holders are told. `link` is a place in the console.
    """

    kind: str
    key: str
    title: LocalName
    detail: LocalName = _NOBODY
    link: str | None = None
    tone: Tone = "plain"
    users: Collection[int] = ()
    holders: str | None = None


async def tell(session: Session, *notices: Notice) -> None:
    """Tell people, in the caller's transaction. Whoever was told already is not told again."""
    known = {kind.code for kind in contributions(NoticeKind)}
    for notice in notices:
        if notice.kind not in known:
            raise LookupError(f"No module contributes the kind of notice {notice.kind}.")
    # In one order whoever tells, so that two who tell of the same things wait for each other, and do not lock up.
    told = sorted({(one.kind, one.key): one for one in notices}.items())
    if not told:
        return
    ids = await _keep(session, [notice for _, notice in told])
    holders = {
        permission: await staff.list_allowed(session, permission)
        for permission in sorted({one.holders for one in notices if one.holders is not None})
    }
    pairs = {
        (user_id, ids[one.kind, one.key])
        for one in notices
        for user_id in (*one.users, *(holders[one.holders] if one.holders else ()))
    }
    driver = await raw(session)
    await driver.execute(_ADDRESS, *_columns(sorted(pairs), 2))


async def withdraw(session: Session, kind: str, keys: Iterable[str]) -> None:
    """Take notices back: what they tell of is settled, for everybody. When it comes about anew it is told anew."""
    table = staff_notice.c
    await session.execute(delete(staff_notice).where(table.kind == kind, table.key.in_(sorted(set(keys)))))


async def mark_read(session: Session, actor: Actor, notice_id: int) -> None:
    """Note that somebody has read a notice. Raises StaffNoticeNotFound."""
    mine = staff_notice_recipient.c
    found = await session.execute(
        select(mine.read_at).where(mine.user_id == actor.id, mine.notice_id == notice_id).with_for_update()
    )
    row = found.one_or_none()
    if row is None:
        raise StaffNoticeNotFound(notice_id)
    if row.read_at is None:
        await session.execute(
            update(staff_notice_recipient)
            .where(mine.user_id == actor.id, mine.notice_id == notice_id)
            .values(read_at=clock.wall())
        )


async def mark_all_read(session: Session, actor: Actor, up_to: int) -> int:
    """Note that somebody has read everything up to a notice; how many were unread."""
    mine = staff_notice_recipient.c
    changed = await session.execute(
        update(staff_notice_recipient)
        .where(mine.user_id == actor.id, mine.notice_id <= up_to, mine.read_at.is_(None))
        .values(read_at=clock.wall())
    )
    return changed.rowcount


async def choose(session: Session, actor: Actor, kind: str, *, is_on: bool) -> None:
    """Note whether somebody wants to be told of a kind. Raises NoticeKindNotFound."""
    if kind not in {one.code for one in list_kinds(actor)}:
        raise NoticeKindNotFound(kind)
    new = insert(staff_notice_choice).values(user_id=actor.id, kind=kind, is_on=is_on)
    await session.execute(new.on_conflict_do_update(index_elements=["user_id", "kind"], set_={"is_on": is_on}))


async def forget_old(session: Session) -> None:
    """Forget what was told long ago."""
    await session.execute(delete(staff_notice).where(staff_notice.c.told_at < clock.wall() - KEPT))


async def _keep(session: Session, notices: Collection[Notice]) -> dict[tuple[str, str], int]:
    driver = await raw(session)
    rows = [
        (one.kind, one.key, one.tone, one.title.zh, one.title.en, one.detail.zh, one.detail.en, one.link)
        for one in notices
    ]
    kept = await driver.fetch(_KEEP, *_columns(rows, 8), clock.wall())
    return {(row["kind"], row["key"]): row["notice_id"] for row in kept}


def _columns(rows: Iterable[tuple[object, ...]], width: int) -> list[list[object]]:
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(width)]


# The update changes nothing: it gives the id of what was told before.
_KEEP = """
    insert into staff_notice (kind, key, tone, title_zh, title_en, detail_zh, detail_en, link, told_at)
    select *, $9::timestamptz
    from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
    on conflict (kind, key) do update set kind = excluded.kind
    returning notice_id, kind, key
"""
_ADDRESS = """
    insert into staff_notice_recipient (user_id, notice_id)
    select user_id, notice_id from unnest($1::bigint[], $2::bigint[]) as wanted (user_id, notice_id)
    join staff_user using (user_id)
    where is_active
    on conflict do nothing
"""
