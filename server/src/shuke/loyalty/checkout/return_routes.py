"""Returns that name neither order nor customer, over HTTP: their possible orders, and what somebody says about them."""

from typing import Annotated, Literal

from fastapi import Query, Response

from shuke.platform.http import CurrentActor, CurrentSight, RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor, encode_cursor

from . import importing
from .errors import NumberTaken, ProgrammeMissing, RefundAmountDiffers, RefundExceedsOrder, RefundOfUnknownOrder
from .import_views import place_of, show_return, show_returns
from .importing.schemas import (
    ReturnCountsOut,
    ReturnDismissalIn,
    ReturnMatchIn,
    ReturnWithCandidatesOut,
    UnmatchedReturnOut,
    UnmatchedReturnsOut,
)
from .permissions import IMPORTS_READ, ORDERS_WRITE

router = Router(tags=["unmatched-returns"])
_DECIDING = (importing.ReturnNotFound, importing.ReturnDecided)


@router.get("/v1/unmatched-returns", dependencies=[allowed(IMPORTS_READ)], responses=declares(BadCursor))
async def get_returns(
    session: RequestSession,
    state: Literal["waiting", "matched", "dismissed"] | None = None,
    import_id: Annotated[int | None, Query(alias="import", ge=1, lt=2**63)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> UnmatchedReturnsOut:
    """Returns that name neither order nor customer, in the order in which they came, and how many there are of each."""
    found = await importing.list_returns(
        session, state=state, import_id=import_id, behind=place_of(cursor, "id"), limit=limit + 1
    )
    more = encode_cursor("id", [found[limit - 1].return_id]) if len(found) > limit else None
    counts = await importing.count_returns(session, import_id)
    return UnmatchedReturnsOut(
        items=await show_returns(session, found[:limit]), counts=ReturnCountsOut(**counts), next=more
    )


@router.get(
    "/v1/unmatched-returns/{return_id}",
    dependencies=[allowed(IMPORTS_READ)],
    responses=declares(importing.ReturnNotFound),
)
async def get_return(return_id: int, session: RequestSession, sight: CurrentSight) -> ReturnWithCandidatesOut:
    """One return with the orders that it can be of."""
    return await show_return(session, await importing.get_return(session, return_id), sight)


@router.post(
    "/v1/unmatched-returns/{return_id}/match",
    dependencies=[allowed(ORDERS_WRITE)],
    responses=declares(
        *_DECIDING,
        importing.NotACandidate,
        NumberTaken,
        ProgrammeMissing,
        RefundAmountDiffers,
        RefundExceedsOrder,
        RefundOfUnknownOrder,
    ),
)
async def post_match(
    return_id: int, body: ReturnMatchIn, session: RequestSession, actor: CurrentActor
) -> UnmatchedReturnOut:
    """Say of which order a return was: an ordinary refund of that order, with everything it takes back."""
    found = await importing.match_return(session, return_id, body.order_id, actor)
    return (await show_returns(session, [found]))[0]


@router.post(
    "/v1/unmatched-returns/{return_id}/dismissal", dependencies=[allowed(ORDERS_WRITE)], responses=declares(*_DECIDING)
)
async def post_dismissal(
    return_id: int, body: ReturnDismissalIn, session: RequestSession, actor: CurrentActor
) -> UnmatchedReturnOut:
    """Leave a return without an order, with the reason. Nobody's points move."""
    found = await importing.dismiss_return(session, return_id, body.reason, actor)
    return (await show_returns(session, [found]))[0]


@router.delete(
    "/v1/unmatched-returns/{return_id}/dismissal", dependencies=[allowed(ORDERS_WRITE)], responses=declares(*_DECIDING)
)
async def delete_dismissal(return_id: int, session: RequestSession, actor: CurrentActor) -> UnmatchedReturnOut:
    """Let a return that was dismissed wait again."""
    found = await importing.reopen_return(session, return_id, actor)
    return (await show_returns(session, [found]))[0]


@router.get(
    "/v1/imports/{import_id}/unmatched-returns.csv",
    dependencies=[allowed(IMPORTS_READ)],
    response_class=Response,
    responses={
        200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "The returns, UTF-8 with BOM."},
        **declares(importing.ImportNotFound),
    },
)
async def get_returns_file(import_id: int, session: RequestSession, language: RequestLanguage) -> Response:
    """The unmatched returns of an import with the orders each can be of, as CSV (UTF-8 with BOM, for Excel)."""
    await importing.get_import(session, import_id)
    found = await importing.list_returns(session, state=None, import_id=import_id, behind=None, limit=None)
    body = await importing.unmatched_csv(session, found, language)
    headers = {"Content-Disposition": f'attachment; filename="import-{import_id}-unmatched-returns.csv"'}
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)
