"""Benefits over HTTP: as they are set up, and as members have them."""

from typing import Annotated

from fastapi import Header, Path, Response

from shuke.foundation import organization
from shuke.people import members
from shuke.platform.http import CurrentActor, CurrentSight, RequestSession, Router, allowed, declares

from . import actions, queries, views
from .errors import (
    BenefitChanged,
    BenefitExists,
    BenefitInUse,
    BenefitKindStays,
    BenefitNotFound,
    BenefitPaused,
    EntitlementExpired,
    EntitlementNotFound,
    EntitlementRevoked,
    EntitlementUsedUp,
    GiftImpossible,
    LevelUnknown,
    NotAGift,
    PeriodWrong,
)
from .permissions import BENEFITS_GRANT, BENEFITS_READ, BENEFITS_USE, BENEFITS_WRITE
from .rules.benefit import Benefit
from .schemas import (
    LARGEST,
    BenefitChangeIn,
    BenefitIn,
    BenefitOut,
    BenefitsOut,
    EntitlementOut,
    GrantIn,
    MemberBenefitsOut,
    RevokeIn,
    UseIn,
)

router = Router(tags=["benefits"])

Code = Annotated[str, Path(max_length=40)]
EntitlementId = Annotated[int, Path(ge=1, le=LARGEST)]
IfMatch = Annotated[str | None, Header(max_length=40)]


@router.get("/v1/benefits", dependencies=[allowed(BENEFITS_READ, reach="common")])
async def get_all_benefits(session: RequestSession) -> BenefitsOut:
    """Every benefit of the shop, in the order in which they were added."""
    return await views.show_benefits(session)


@router.post(
    "/v1/benefits",
    status_code=201,
    dependencies=[allowed(BENEFITS_WRITE)],
    responses=declares(BenefitExists, LevelUnknown, GiftImpossible, PeriodWrong),
)
async def add_benefit(session: RequestSession, body: BenefitIn, response: Response) -> BenefitOut:
    """Set up a benefit. Its code and its kind stay for ever."""
    added = await actions.add_benefit(session, body.code, body.wish())
    response.headers["Location"] = f"/v1/benefits/{added.code}"
    return await _tagged(session, added, response)


@router.get(
    "/v1/benefits/{benefit}",
    dependencies=[allowed(BENEFITS_READ, reach="common")],
    responses=declares(BenefitNotFound),
)
async def get_one_benefit(session: RequestSession, benefit: Code, response: Response) -> BenefitOut:
    """One benefit. The ETag is what a change must name."""
    return await _tagged(session, await queries.get_benefit(session, benefit), response)


@router.put(
    "/v1/benefits/{benefit}",
    dependencies=[allowed(BENEFITS_WRITE)],
    responses=declares(BenefitNotFound, BenefitChanged, BenefitKindStays, LevelUnknown, GiftImpossible, PeriodWrong),
)
async def change_benefit(
    session: RequestSession, benefit: Code, body: BenefitChangeIn, response: Response, if_match: IfMatch = None
) -> BenefitOut:
    """Change a benefit, or pause it. What was granted stays as it was promised. `If-Match`: the version seen."""
    changed = await actions.change_benefit(session, benefit, body.wish(), _seen(if_match))
    return await _tagged(session, changed, response)


@router.delete(
    "/v1/benefits/{benefit}",
    status_code=204,
    dependencies=[allowed(BENEFITS_WRITE)],
    responses=declares(BenefitNotFound, BenefitChanged, BenefitInUse),
)
async def delete_benefit(session: RequestSession, benefit: Code, if_match: IfMatch = None) -> None:
    """Delete a benefit that nobody was granted yet."""
    await actions.delete_benefit(session, benefit, _seen(if_match))


@router.get(
    "/v1/members/{member}/benefits",
    dependencies=[allowed(BENEFITS_READ, reach="narrowed")],
    responses=declares(members.MemberNotFound),
)
async def get_member_benefits(session: RequestSession, sight: CurrentSight, member: str) -> MemberBenefitsOut:
    """What a member has by level and date, and what they were granted: the usable first, then the newest."""
    return await views.show_member_benefits(session, await members.get_id(session, member, sight))


@router.post(
    "/v1/members/{member}/benefits",
    status_code=201,
    dependencies=[allowed(BENEFITS_GRANT, reach="narrowed")],
    responses=declares(
        members.MemberNotFound, members.MemberNotActive, BenefitNotFound, NotAGift, BenefitPaused, GiftImpossible
    ),
)
async def grant_benefit(session: RequestSession, actor: CurrentActor, member: str, body: GrantIn) -> EntitlementOut:
    """Grant a gift by hand, apart from its occasions."""
    member_id = await members.get_id(session, member, actor.sight, hold=True)
    entitlement_id = await actions.grant_by_hand(
        session, member_id, body.benefit, reason=body.reason, valid_days=body.valid_days, actor=actor
    )
    return await views.show_entitlement(session, member_id, entitlement_id)


@router.post(
    "/v1/members/{member}/benefits/{entitlement}/use",
    dependencies=[allowed(BENEFITS_USE, reach="narrowed")],
    responses=declares(
        members.MemberNotFound,
        members.MemberNotActive,
        organization.StoreNotFound,
        organization.EmployeeNotFound,
        EntitlementNotFound,
        EntitlementUsedUp,
        EntitlementExpired,
        EntitlementRevoked,
    ),
)
async def use_benefit(
    session: RequestSession, actor: CurrentActor, member: str, entitlement: EntitlementId, body: UseIn
) -> EntitlementOut:
    """Hand over one unit. With an `Idempotency-Key`, asking again hands over nothing more."""
    member_id = await members.get_id(session, member, actor.sight, hold=True)
    await actions.use(session, member_id, entitlement, body.handover(), actor=actor)
    return await views.show_entitlement(session, member_id, entitlement)


@router.post(
    "/v1/members/{member}/benefits/{entitlement}/revoke",
    dependencies=[allowed(BENEFITS_GRANT, reach="narrowed")],
    responses=declares(
        members.MemberNotFound, EntitlementNotFound, EntitlementUsedUp, EntitlementExpired, EntitlementRevoked
    ),
)
async def revoke_benefit(
    session: RequestSession, actor: CurrentActor, member: str, entitlement: EntitlementId, body: RevokeIn
) -> EntitlementOut:
    """Take away what is left of an entitlement."""
    member_id = await members.get_id(session, member, actor.sight, hold=True)
    await actions.revoke(session, member_id, entitlement, body.reason, actor=actor)
    return await views.show_entitlement(session, member_id, entitlement)


def _seen(if_match: str | None) -> int | None:
    """The version that somebody has seen; one that no version can be matches none."""
    if if_match is None:
        return None
    text = if_match.strip('"')
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


async def _tagged(session: RequestSession, benefit: Benefit, response: Response) -> BenefitOut:
    response.headers["ETag"] = f'"{benefit.version}"'
    return await views.show_benefit(session, benefit)
