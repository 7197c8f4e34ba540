"""What modules above add to orders: the points of an order belong to the ledger, and are shown beside the order."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shuke.platform.db import Session
from shuke.platform.i18n import Language


@dataclass(frozen=True, kw_only=True)
class OrderFacts:
    """Gives one field of orders: of type `in_list` in the rows of lists, of type `on_page` on the page of one order.

    `load(session, [(member id, order id)])` answers rows of a list by order id, an order left out has null;
    `load_one(session, member_id, order_id, language)` answers the page of one order.
    """

    key: str
    in_list: Any
    on_page: Any
    load: Callable[[Session, Sequence[tuple[int, int]]], Awaitable[Mapping[int, Any]]]
    load_one: Callable[[Session, int, int, Language], Awaitable[Any]]
