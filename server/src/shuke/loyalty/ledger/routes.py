"""Accounts and entries over HTTP."""

from typing import Annotated

from fastapi import Query

from shuke.people import members
from shuke.platform.http import CurrentSight, RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor

from .errors import CurrencyNotFound
from .permissions import POINTS_READ
from .queries import get_currency, list_entries
from .schemas import AccountsOut, EntriesOut
from .views import show_accounts, show_entries

router = Router(tags=["points"])


@router.get(
    "/v1/members/{member}/accounts",
    dependencies=[allowed(POINTS_READ, reach="narrowed")],
    responses=declares(members.MemberNotFound),
)
async def get_accounts(session: RequestSession, sight: CurrentSight, member: str) -> AccountsOut:
    """A member's points and growth, with what expires next and the open lots."""
    return AccountsOut(items=await show_accounts(session, await members.get_id(session, member, sight)))


@router.get(
    "/v1/members/{member}/accounts/{currency}/entries",
    dependencies=[allowed(POINTS_READ, reach="narrowed")],
    responses=declares(members.MemberNotFound, CurrencyNotFound, BadCursor),
)
async def get_entries(
    session: RequestSession,
    sight: CurrentSight,
    language: RequestLanguage,
    member: str,
    currency: str,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> EntriesOut:
    """The entries of an account, newest first, each with the reason why it is what it is."""
    member_id = await members.get_id(session, member, sight)
    account = await get_currency(session, currency)
    page = await list_entries(session, member_id, account.currency_id, limit=limit, cursor=cursor)
    return EntriesOut(items=await show_entries(session, member_id, page.items, account, language), next=page.next)
