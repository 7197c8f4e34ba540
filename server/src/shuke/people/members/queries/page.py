"""The member page: sections and timeline, composed from what the modules contribute."""

from collections.abc import Collection, Sequence
from typing import Any

from shuke.platform import module
from shuke.platform.db import Session
from shuke.platform.i18n import Language
from shuke.platform.pages import Page, decode_cursor, encode_cursor

from ..extensions import MemberSection, TimelineSource
from ..rules.timeline import TimelineItem, TimelinePlace, merged
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


def _read_place(cursor: str) -> TimelinePlace:
    at, item_id = decode_cursor(cursor, _CURSOR, 2)
    return read_instant(at), read_merged_id(item_id)
