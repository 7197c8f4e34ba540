"""The member page: sections and timeline, composed from what the modules contribute."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select

from shuke.platform import module
from shuke.platform.db import Session
from shuke.platform.i18n import Language
from shuke.platform.pages import Page, decode_cursor, encode_cursor

from ..extensions import MemberSection, TimelineSource
from ..rules.timeline import TimelineItem, TimelinePlace, merged, status_item, status_joined
from ..tables import member, member_status_change
from .aliases import aliases
from .cursors import read_instant, read_merged_id

_CURSOR = "timeline"


async def get_overview(
    session: Session, member_id: int, language: Language, permissions: Collection[str]
) -> list[dict[str, Any]]:
    """What every module has to say about a member to such a caller, lowest layer first: `{key, data}` each."""
    loaded = [
        (section.key, await section.load(session, member_id, language))
        for section in module.contributions(MemberSection)
        if section.permission is None or section.permission in permissions
    ]
    return [{"key": key, "data": part.model_dump(mode="json")} for key, part in loaded if part is not None]


async def list_timeline(
    session: Session,
    member_id: int,
    *,
    kinds: Sequence[str] | None,
    permissions: Collection[str],
    language: Language,
    limit: int,
    cursor: str | None = None,
) -> Page[TimelineItem]:
    """A page of a member's timeline for such a caller, newest first, of the given kinds (None: all).

    Raises BadCursor.
    """
    before = _read_place(cursor) if cursor is not None else None
    found = [
        await source.load(session, alias, before, limit + 1, language)
        for alias in await aliases(session, member_id)
        for source in module.contributions(TimelineSource)
        if (kinds is None or source.kind in kinds) and (source.permission is None or source.permission in permissions)
    ]
    items = merged(found, limit + 1)
    shown = items[:limit]
    following = None
    if len(items) > limit:
        following = encode_cursor(_CURSOR, [shown[-1].at.isoformat(), shown[-1].id])
    return Page(items=shown, next=following)


async def load_member_timeline(
    session: Session, member_id: int, before: TimelinePlace | None, limit: int, language: Language
) -> list[TimelineItem]:
    """The members' own kind of the timeline: joined, and every change of status."""
    joined_at = (
        await session.execute(select(member.c.joined_at).where(member.c.member_id == member_id))
    ).scalar_one_or_none()
    if joined_at is None:
        return []
    changes = await session.execute(
        select(member_status_change)
        .where(member_status_change.c.member_id == member_id)
        .order_by(member_status_change.c.version)
    )
    items = [status_joined(joined_at, language)]
    items += [status_item(row.version, row.changed_at, row.after, language) for row in changes]
    return merged([[item for item in items if before is None or (item.at, item.id) < before]], limit)


def _read_place(cursor: str) -> TimelinePlace:
    at, item_id = decode_cursor(cursor, _CURSOR, 2)
    return read_instant(at), read_merged_id(item_id)
