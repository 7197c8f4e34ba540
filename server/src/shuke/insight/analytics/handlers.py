"""Reactions to events: every batch becomes a few additions, in the transaction that moves the consumer's cursor."""

from collections.abc import Sequence

from shuke.foundation import organization
from shuke.platform.db import Session
from shuke.platform.events import StoredEvent

from .actions import note_taken, take_balances, take_levels, take_members, take_sales
from .queries import SALES
from .rules import add_balances, add_levels, add_members, add_sales


async def on_sales(session: Session, events: Sequence[StoredEvent]) -> None:
    """Orders, refunds and adjustments."""
    shop = await organization.get_shop(session)
    await take_sales(session, add_sales(events, currency=shop.currency))
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
