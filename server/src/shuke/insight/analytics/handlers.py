"""Reactions to events: every batch becomes a few additions, in the transaction that moves the consumer's cursor."""

from collections.abc import Sequence
from itertools import groupby

from shuke.foundation import organization
from shuke.people import members
from shuke.platform.db import Session
from shuke.platform.events import StoredEvent

from .actions import note_taken, take_balances, take_levels, take_members, take_sales
from .merging import count_as_one, count_as_two, find_roots
from .queries import SALES
from .rules import add_balances, add_levels, add_members, add_sales

_MERGES = {members.MemberMerged.name: count_as_one, members.MemberParted.name: count_as_two}


async def on_sales(session: Session, events: Sequence[StoredEvent]) -> None:
    """Orders, refunds and adjustments, and the merges between them: each in its turn."""
    shop = await organization.get_shop(session)
    for name, run in groupby(events, key=lambda event: event.name if event.name in _MERGES else "sale"):
        if name == "sale":
            sales = list(run)
            roots = await find_roots(session, {event.member_id for event in sales})
            await take_sales(session, add_sales(sales, currency=shop.currency, roots=roots))
        else:
            for event in run:
                await _MERGES[name](session, event.member_id, event.body["absorbed_id"])
    await note_taken(session, SALES, events[-1].id)


async def on_balances(session: Session, events: Sequence[StoredEvent]) -> None:
    """Entries of the ledger."""
    await take_balances(session, add_balances(events))


async def on_members(session: Session, events: Sequence[StoredEvent]) -> None:
    """Members who joined, and those who left or came back."""
    shop = await organization.get_shop(session)
    await take_members(session, add_members(events, shop.zone))


async def on_levels(session: Session, events: Sequence[StoredEvent]) -> None:
    """Changes of level."""
    await take_levels(session, add_levels(events))
