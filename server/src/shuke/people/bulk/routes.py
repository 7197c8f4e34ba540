"""Acts on many members over HTTP."""

from typing import Annotated, Any

from fastapi import Path, Query
from fastapi.responses import Response

from shuke.foundation import customization, organization
from shuke.people import members
from shuke.platform.actor import Actor
from shuke.platform.conditions import ConditionInvalid, FactNotForSets
from shuke.platform.http import CurrentActor, CurrentSight, RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.i18n import LocalName
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor
from shuke.platform.problems import RequestInvalid
from shuke.platform.refusals import NotAllowed, StaffOnly
from shuke.platform.spreadsheets import MEDIA_TYPE, START, csv_rows

from . import actions, errors
from .permissions import BULK
from .queries import actions as known_actions
from .queries import find_action as known_action
from .queries import get_act, list_acts, list_skipped, reason_words
from .schemas import (
    BulkActIn,
    BulkActionOut,
    BulkActionsOut,
    BulkActOut,
    BulkActsOut,
    BulkPreviewOut,
    BulkWishIn,
)
from .views import previewed, shown

router = Router(tags=["bulk"])

BulkActId = Annotated[int, Path(ge=1, le=2**63 - 1)]
_HEADER = (LocalName("会员号", "Member number"), LocalName("原因", "Why"))
_REFUSALS: dict[int | str, dict[str, Any]] = declares(
    *(errors.UnknownAction, errors.TooManyMeant, errors.FieldNotForMany, NotAllowed, StaffOnly, RequestInvalid),
    *(members.MemberNotFound, members.BadSource, members.ConditionTooSlow, members.BadFilter),
    *(organization.EmployeeNotFound, organization.EmployeeHasLeft),
    *(customization.BadValue, customization.NotFilterable, customization.BadCustomFilter),
    *(ConditionInvalid, FactNotForSets),
)


@router.get("/v1/bulk-actions", dependencies=[allowed(BULK, reach="common")])
async def get_bulk_actions(actor: CurrentActor, language: RequestLanguage) -> BulkActionsOut:
    """What can be done to many members at once, and what the caller may do of it."""
    items = [
        BulkActionOut(
            key=action.key,
            label=action.label.pick(language),
            permission=action.permission,
            allowed=action.permission in actor.permissions,
            may_undo=action.undo is not None,
            parameters=action.parameters.model_json_schema(),
        )
        for action in known_actions().values()
    ]
    return BulkActionsOut(items=items, most=actions.MOST)


@router.post("/v1/bulk-acts/preview", dependencies=[allowed(BULK, reach="narrowed")], responses=_REFUSALS)
async def preview_bulk_act(
    session: RequestSession, actor: CurrentActor, sight: CurrentSight, body: BulkWishIn, language: RequestLanguage
) -> BulkPreviewOut:
    """To how many members it would be done, who would be skipped and why, and what it comes to. Nothing is done."""
    assert sight is actor.sight
    return previewed(await actions.preview(session, actor, body.wish()), language)


@router.post(
    "/v1/bulk-acts",
    status_code=202,
    dependencies=[allowed(BULK, reach="narrowed")],
    responses={**_REFUSALS, **declares(errors.NobodyMeant, errors.CountMoved, errors.NumberNotTyped)},
)
async def post_bulk_act(
    session: RequestSession, actor: CurrentActor, sight: CurrentSight, body: BulkActIn, language: RequestLanguage
) -> BulkActOut:
    """Do it in the background, to each member once. Large acts that cost value wait for a second person."""
    assert sight is actor.sight
    act = await actions.ask(session, actor, body.wish(), members_seen=body.members_seen, confirm=body.confirm)
    return (await shown(session, actor, [act], language))[0]


@router.get("/v1/bulk-acts", dependencies=[allowed(BULK, reach="narrowed")], responses=declares(BadCursor))
async def get_bulk_acts(
    session: RequestSession,
    actor: CurrentActor,
    sight: CurrentSight,
    language: RequestLanguage,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> BulkActsOut:
    """The caller's own acts, newest first; everybody's for who sees all members."""
    assert sight is actor.sight
    page = await list_acts(session, asked_by=_whose(actor), limit=limit, cursor=cursor)
    return BulkActsOut(items=await shown(session, actor, page.items, language), next=page.next)


@router.get(
    "/v1/bulk-acts/{bulk_act}",
    dependencies=[allowed(BULK, reach="narrowed")],
    responses=declares(errors.BulkActNotFound),
)
async def get_bulk_act(
    session: RequestSession, actor: CurrentActor, sight: CurrentSight, bulk_act: BulkActId, language: RequestLanguage
) -> BulkActOut:
    """How far an act is."""
    assert sight is actor.sight
    act = await get_act(session, bulk_act, asked_by=_whose(actor))
    return (await shown(session, actor, [act], language))[0]


@router.get(
    "/v1/bulk-acts/{bulk_act}/skipped.csv",
    dependencies=[allowed(BULK, reach="narrowed")],
    response_class=Response,
    responses={
        200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "UTF-8 with BOM."},
        **declares(errors.BulkActNotFound),
    },
)
async def get_skipped(
    session: RequestSession, actor: CurrentActor, sight: CurrentSight, bulk_act: BulkActId, language: RequestLanguage
) -> Response:
    """The members whom an act left as they were, by number, and why."""
    act = await get_act(session, bulk_act, asked_by=_whose(actor))
    action = known_action(act.action)
    skipped = await list_skipped(session, bulk_act, sight)
    numbers = await members.numbers(session, [member_id for member_id, _ in skipped])
    rows = [(numbers.get(member_id, member_id), reason_words(action, why).pick(language)) for member_id, why in skipped]
    headers = {"Content-Disposition": f'attachment; filename="bulk-{bulk_act}-skipped.csv"'}
    body = START + csv_rows([tuple(name.pick(language) for name in _HEADER), *rows])
    return Response(body, media_type=MEDIA_TYPE, headers=headers)


@router.post(
    "/v1/bulk-acts/{bulk_act}/stop",
    dependencies=[allowed(BULK, reach="narrowed")],
    responses=declares(errors.BulkActNotFound, errors.BulkActEnded),
)
async def stop_bulk_act(
    session: RequestSession, actor: CurrentActor, sight: CurrentSight, bulk_act: BulkActId, language: RequestLanguage
) -> BulkActOut:
    """Go no further. What was done stays."""
    assert sight is actor.sight
    act = await actions.stop(session, actor, bulk_act, asked_by=_whose(actor))
    return (await shown(session, actor, [act], language))[0]


@router.post(
    "/v1/bulk-acts/{bulk_act}/undo",
    dependencies=[allowed(BULK, reach="narrowed")],
    responses=declares(errors.BulkActNotFound, errors.NotUndoable, NotAllowed),
)
async def undo_bulk_act(
    session: RequestSession, actor: CurrentActor, sight: CurrentSight, bulk_act: BulkActId, language: RequestLanguage
) -> BulkActOut:
    """Put back what one's own act has changed, in the background, within 24 hours of its end."""
    assert sight is actor.sight
    act = await actions.undo(session, actor, bulk_act)
    return (await shown(session, actor, [act], language))[0]


def _whose(actor: Actor) -> int | None:
    """Whose acts a caller sees; None: everybody's, 0: nobody's. A program's key has none."""
    if actor.kind != "staff":
        return 0
    return None if actor.sight.is_whole else actor.id
