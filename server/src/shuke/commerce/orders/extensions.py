"""What modules above add to orders: the points of an order belong to the ledger, and are shown beside the order."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shuke.platform.db import Session
from shuke.platform.i18n import Language


@dataclass(frozen=True, kw_only=True)
class OrderFacts:
    """Gives one field of orders. Both answers must be what JSON can hold.

    `load(session, [(member id, order id)])` answers rows of a list by order id, orders without an answer left out;
    `load_one(session, member_id, order_id, language)` answers the page of one order.
    """

    key: str
    load: Callable[[Session, Sequence[tuple[int, int]]], Awaitable[Mapping[int, Any]]]
    load_one: Callable[[Session, int, int, Language], Awaitable[Any]]
