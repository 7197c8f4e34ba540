"""Tickets, the rush and draws over HTTP."""

from datetime import timedelta
from typing import Annotated, Any

from fastapi import Path, Query, Request, Response

from shuke.people import members
from shuke.platform import audit, clock, lanes, pages
from shuke.platform.http import CurrentActor, CurrentSight, RequestSession, Router, allowed, declares, public

from ..issuing import errors as refusals
from ..issuing.stock import count_units
from ..permissions import COUPONS_ISSUE, COUPONS_READ
from ..templates.errors import TemplateNotFound
from ..templates.queries import get_template
from . import actions, queries
from .claiming import CLAIM_LANE, ENTRY_LANE, rush_of
from .errors import (
    DrawNotFound,
    DrawNotOpen,
    DrawUnfit,
    NotARush,
    Queueing,
    RushPaused,
    RushSoldOut,
    TicketInvalid,
    TicketOver,
    TicketTooEarly,
)
from .schemas import (
    CouponDrawEnteredOut,
    CouponDrawEntriesIn,
    CouponDrawEntriesOut,
    CouponDrawEntryOut,
    CouponDrawIn,
    CouponDrawOut,
    CouponDrawsOut,
    RushClaimOut,
    RushEntryOut,
    RushStateOut,
    RushTicketIn,
    RushTicketOut,
    RushTicketsIn,
    RushTicketsOut,
)

router = Router(tags=["coupons"])

Round = Annotated[int, Path(ge=1, le=2**31 - 1)]
_ANY_TIME = timedelta(days=1)
_AGAIN: dict[int | str, dict[str, Any]] = {
    200: {"model": RushClaimOut, "description": "The ticket had got this coupon before."}
}


@router.post(
    "/v1/coupon-templates/{code}/tickets",
    dependencies=[allowed(COUPONS_ISSUE, reach="narrowed")],
    responses=declares(TemplateNotFound, refusals.IssuingClosed),
)
async def make_tickets(code: str, body: RushTicketsIn, session: RequestSession, sight: CurrentSight) -> RushTicketsOut:
    """Make tickets in advance, for the shop's own server to hand out. A ticket is good for one coupon."""
    template = await get_template(session, code)
    if template.state == "closed":
        raise refusals.IssuingClosed(template=template.name)
    claiming = template.issuing.claiming
    opens_at = body.opens_at or claiming.opens_at or clock.now()
    closes_at = body.closes_at or claiming.closes_at or opens_at + _ANY_TIME
    found = await members.get_ids(session, body.members, sight)
    made = await actions.make_tickets(session, template, found, body.members, opens_at=opens_at, closes_at=closes_at)
    audit.describe(object_id=code, details={"tickets": sum(one.ticket is not None for one in made)})
    return RushTicketsOut(opens_at=opens_at, closes_at=closes_at, items=[RushTicketOut.of(one) for one in made])


@router.post(
    "/v1/coupon-rush/claims",
    dependencies=[public()],
    status_code=201,
    response_model=RushClaimOut,
    responses=_AGAIN
    | declares(
        TicketInvalid,
        TicketTooEarly,
        TicketOver,
        Queueing,
        RushSoldOut,
        RushPaused,
        NotARush,
        members.MemberNotActive,
        members.MemberNotFound,
        refusals.LimitReached,
        refusals.NotOpenYet,
        refusals.IssuingClosed,
        refusals.IssuingOver,
    ),
)
async def claim_in_rush(body: RushTicketIn, request: Request) -> Response:
    """Claim with a ticket, which says who it is. Send the same ticket again as often as needed: one coupon."""
    return await lanes.answer(CLAIM_LANE, request)


@router.post(
    "/v1/coupon-rush/entries",
    dependencies=[public()],
    response_model=RushEntryOut,
    responses=declares(TicketInvalid, TicketTooEarly, TicketOver, Queueing, DrawNotOpen, members.MemberNotFound),
)
async def enter_with_ticket(body: RushTicketIn, request: Request) -> Response:
    """Enter the draw that is open, with a ticket. Entering again changes nothing."""
    return await lanes.answer(ENTRY_LANE, request)


@router.get(
    "/v1/coupon-templates/{code}/rush",
    dependencies=[allowed(COUPONS_READ)],
    responses=declares(TemplateNotFound),
)
async def get_rush(code: str, session: RequestSession, request: Request) -> RushStateOut:
    """How the rush stands: units free and taken, and how many come."""
    template = await get_template(session, code)
    units = await count_units(session, template.template_id)
    gate = rush_of(request.app.state.database).find_gate(template.template_id)
    is_limited = template.issuing.stock is not None
    return RushStateOut(
        state=template.state,
        is_rush=template.issuing.claiming.is_rush,
        is_sold_out=is_limited and units["free"] == 0,
        free=units["free"] if is_limited else None,
        taken=units["taken"],
        attempts_per_second=gate.speed.per_second() if gate else {},
    )


@router.post(
    "/v1/coupon-templates/{code}/draws",
    dependencies=[allowed(COUPONS_ISSUE)],
    status_code=201,
    responses=declares(TemplateNotFound, DrawUnfit),
)
async def announce_draw(code: str, body: CouponDrawIn, session: RequestSession, actor: CurrentActor) -> CouponDrawOut:
    """Arrange a draw. What decides it is drawn by chance now, and promised by its hash; it is told afterwards."""
    template = await get_template(session, code)
    round_no = await actions.announce_draw(session, template, body.as_wanted(), actor=actor.name)
    audit.describe(object_id=code, details={"round": round_no, "winners": body.winners})
    return CouponDrawOut.of(await queries.get_draw(session, template, round_no))


@router.get(
    "/v1/coupon-templates/{code}/draws",
    dependencies=[allowed(COUPONS_READ, reach="common")],
    responses=declares(TemplateNotFound),
)
async def list_coupon_draws(code: str, session: RequestSession) -> CouponDrawsOut:
    """The last hundred draws of a template, the newest first."""
    template = await get_template(session, code)
    return CouponDrawsOut(
        items=[CouponDrawOut.of(one) for one in await queries.find_draws(session, template.template_id)]
    )


@router.get(
    "/v1/coupon-templates/{code}/draws/{round}",
    dependencies=[allowed(COUPONS_READ, reach="common")],
    responses=declares(TemplateNotFound, DrawNotFound),
)
async def get_coupon_draw(code: str, round: Round, session: RequestSession) -> CouponDrawOut:  # noqa: A002 — the address says so
    """A draw: what was promised, and when it was drawn, the seed."""
    return CouponDrawOut.of(await queries.get_draw(session, await get_template(session, code), round))


@router.get(
    "/v1/coupon-templates/{code}/draws/{round}/entries",
    dependencies=[allowed(COUPONS_READ)],
    responses=declares(TemplateNotFound, DrawNotFound, pages.BadCursor),
)
async def list_draw_entries(
    code: str,
    round: Round,  # noqa: A002 — the address says so
    session: RequestSession,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
    cursor: Annotated[str | None, Query(max_length=400)] = None,
) -> CouponDrawEntriesOut:
    """Who has entered, by public number: in the order of the draw, or by number until it is drawn."""
    draw = await queries.get_draw(session, await get_template(session, code), round)
    page = await queries.page_of_entries(session, draw, limit=limit, cursor=cursor)
    return CouponDrawEntriesOut(items=[CouponDrawEntryOut.of(one) for one in page.items], next=page.next)


@router.post(
    "/v1/coupon-templates/{code}/draws/{round}/entries",
    dependencies=[allowed(COUPONS_ISSUE, reach="narrowed")],
    responses=declares(TemplateNotFound, DrawNotFound, DrawNotOpen),
)
async def enter_members(
    code: str,
    round: Round,  # noqa: A002 — the address says so
    body: CouponDrawEntriesIn,
    session: RequestSession,
    sight: CurrentSight,
) -> CouponDrawEnteredOut:
    """Enter members into a draw that is open; each is entered once."""
    template = await get_template(session, code)
    await queries.get_draw(session, template, round)
    found = await members.get_ids(session, body.members, sight, hold=True)
    await actions.enter(session, template.template_id, list(found.values()), round_no=round)
    audit.describe(object_id=code, details={"round": round, "entered": len(set(found.values()))})
    return CouponDrawEnteredOut(
        entered=len(set(found.values())), unknown=[one for one in body.members if one not in found]
    )
