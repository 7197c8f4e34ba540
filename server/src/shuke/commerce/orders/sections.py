"""What orders add to the page of a member: the figures of the orders, and orders and refunds in the timeline."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from shuke.foundation import organization
from shuke.people import members
from shuke.platform import clock
from shuke.platform.db import Session
from shuke.platform.i18n import Language
from shuke.platform.money import divide
from shuke.platform.pages import merged_id, position_in

from .queries import HistoryItem, list_history, member_orders
from .schemas import FavouriteOut, OrdersSectionOut

_KINDS: dict[str, tuple[str, ...]] = {"order": ("sale", "adjustment"), "refund": ("refund",)}
_TITLES = {
    "sale": {"zh": "订单 {number}", "en": "Order {number}"},
    "adjustment": {"zh": "调整单 {number}", "en": "Adjustment {number}"},
    "refund": {"zh": "退单 {number}", "en": "Refund {number}"},
}
_SUMMARY = {
    True: {"zh": "{count} 行商品 · {store}", "en": "{lines} · {store}"},
    False: {"zh": "{count} 行商品", "en": "{lines}"},
}
_TYPES = {"sale": "order.paid", "adjustment": "order.adjusted", "refund": "order.refunded"}


async def load_section(session: Session, member_id: int, language: Language) -> OrdersSectionOut:
    """The figures of a member's orders. Recency in whole local days; the average is net spend by order."""
    del language  # Figures and product names are the same in every language.
    shop = await organization.get_shop(session)
    found = await member_orders(session, await members.aliases(session, member_id))
    return OrdersSectionOut(
        order_count=found.order_count,
        refund_count=found.refund_count,
        net_spend_minor=found.net_spend_minor,
        average_order_minor=divide(found.net_spend_minor, found.order_count) or 0,
        days_since_last_order=_days_since(found.last_order_at, shop.zone),
        favourite_products=[
            FavouriteOut(
                code=favourite.product.code,
                name=favourite.product.name,
                quantity=favourite.quantity,
                amount_minor=favourite.amount_minor,
            )
            for favourite in found.favourites
        ],
        currency=found.currency or shop.currency,
    )


async def load_orders(
    session: Session, member_id: int, before: members.TimelinePlace | None, limit: int, language: Language
) -> Sequence[members.TimelineItem]:
    """A member's sales and adjustments for the timeline."""
    return await _load(session, "order", member_id, before, limit, language)


async def load_refunds(
    session: Session, member_id: int, before: members.TimelinePlace | None, limit: int, language: Language
) -> Sequence[members.TimelineItem]:
    """A member's refunds for the timeline."""
    return await _load(session, "refund", member_id, before, limit, language)


async def _load(
    session: Session,
    kind: members.TimelineKind,
    member_id: int,
    before: members.TimelinePlace | None,
    limit: int,
    language: Language,
) -> list[members.TimelineItem]:
    found = await list_history(session, member_id, kinds=_KINDS[kind], before=position_in(kind, before), limit=limit)
    store_ids = {item.store_id for item in found if item.store_id is not None}
    stores = await organization.get_stores(session, sorted(store_ids))
    names = {store_id: store.name for store_id, store in stores.items()}
    return [_item(kind, item, names, language) for item in found]


def _item(
    kind: members.TimelineKind, item: HistoryItem, stores: Mapping[int, str], language: Language
) -> members.TimelineItem:
    store = stores.get(item.store_id) if item.store_id is not None else None
    lines = "1 line" if item.line_count == 1 else f"{item.line_count} lines"
    return members.TimelineItem(
        id=merged_id(kind, item.order_id),
        at=item.at,
        kind=kind,
        type=_TYPES[item.kind],
        title=_TITLES[item.kind][language].format(number=item.number),
        summary=_SUMMARY[store is not None][language].format(count=item.line_count, lines=lines, store=store),
        amount_minor=item.gross_minor,
        link=members.TimelineLink(kind="order", id=str(item.order_id)),
    )


def _days_since(at: datetime | None, zone: ZoneInfo) -> int | None:
    if at is None:
        return None
    return (clock.business_day(clock.now(), zone) - clock.business_day(at, zone)).days
