"""Notices over HTTP: each person's own."""

from typing import Annotated

from fastapi import Path, Query

from shuke.platform.http import CurrentActor, RequestLanguage, RequestSession, Router, declares, signed_in
from shuke.platform.i18n import Language
from shuke.platform.pages import MAX_LIMIT, BadCursor

from . import actions, queries
from .errors import NoticeKindNotFound, StaffNoticeNotFound
from .queries import COUNTED, Told
from .schemas import (
    NoticeChoiceIn,
    NoticeKindOut,
    NoticeKindsOut,
    ReadOut,
    ReadUpToIn,
    StaffNoticeOut,
    StaffNoticesOut,
    UnreadOut,
)

router = Router(tags=["notices"])


@router.get("/v1/session/notices", dependencies=[signed_in()], responses=declares(BadCursor))
async def get_notices(
    session: RequestSession,
    actor: CurrentActor,
    language: RequestLanguage,
    unread: Annotated[bool, Query(description="Only what was not read.")] = False,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 20,
) -> StaffNoticesOut:
    """What the signed-in person was told, newest first; it is kept for ninety days."""
    page = await queries.list_notices(session, actor, is_unread=unread, cursor=cursor, limit=limit)
    return StaffNoticesOut(items=[_shown(one, language) for one in page.items], next=page.next)


@router.get("/v1/session/notices/unread", dependencies=[signed_in()])
async def get_unread(session: RequestSession, actor: CurrentActor) -> UnreadOut:
    """How much the signed-in person has not read. Cheap enough to be asked again and again."""
    found = await queries.count_unread(session, actor)
    return UnreadOut(count=min(found.count, COUNTED), is_more=found.count > COUNTED, newest=found.newest)


@router.post("/v1/session/notices/read", dependencies=[signed_in()])
async def post_read(body: ReadUpToIn, session: RequestSession, actor: CurrentActor) -> ReadOut:
    """Mark everything as read up to the newest notice that was shown."""
    return ReadOut(read=await actions.mark_all_read(session, actor, body.up_to))


@router.post(
    "/v1/session/notices/{notice_id}/read",
    dependencies=[signed_in()],
    status_code=204,
    responses=declares(StaffNoticeNotFound),
)
async def post_notice_read(notice_id: Annotated[int, Path(ge=1)], session: RequestSession, actor: CurrentActor) -> None:
    """Mark one notice as read."""
    await actions.mark_read(session, actor, notice_id)


@router.get("/v1/session/notice-kinds", dependencies=[signed_in()])
async def get_notice_kinds(session: RequestSession, actor: CurrentActor, language: RequestLanguage) -> NoticeKindsOut:
    """What the signed-in person can be told of, and whether they want to be."""
    choices = await queries.list_choices(session, actor)
    kinds = queries.list_kinds(actor)
    shown = [NoticeKindOut(code=one.code, label=one.label.pick(language), is_on=choices[one.code]) for one in kinds]
    return NoticeKindsOut(items=shown)


@router.put(
    "/v1/session/notice-kinds/{code}",
    dependencies=[signed_in()],
    status_code=204,
    responses=declares(NoticeKindNotFound),
)
async def put_notice_kind(code: str, body: NoticeChoiceIn, session: RequestSession, actor: CurrentActor) -> None:
    """Choose whether to be told of a kind of thing."""
    await actions.choose(session, actor, code, is_on=body.is_on)


def _shown(one: Told, language: Language) -> StaffNoticeOut:
    return StaffNoticeOut(
        id=one.id,
        kind=one.kind.code,
        kind_label=one.kind.label.pick(language),
        tone=one.tone,
        title=one.title.pick(language),
        detail=one.detail.pick(language),
        link=one.link,
        told_at=one.told_at,
        read_at=one.read_at,
    )
