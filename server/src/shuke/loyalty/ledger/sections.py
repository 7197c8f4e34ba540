"""What the ledger adds to other pages: a member's accounts and points history, and the points of an order."""

from collections.abc import Mapping, Sequence

from shuke.people import members
from shuke.platform.db import Session
from shuke.platform.i18n import Language
from shuke.platform.pages import merged_id, position_in

from .explain import sentence
from .queries import CurrencyName, EntryView, currency_names, find_points_of_orders, list_history
from .schemas import OrderPointsOut, PointsSectionOut
from .views import show_accounts, show_order_points

_KIND: members.TimelineKind = "points"
_TYPES = {"earn": "points.earned", "take_back": "points.taken_back", "expire": "points.expired"}
_TITLES = {
    "earn": {"zh": "获得 {amount} {unit}", "en": "{amount} {unit} earned"},
    "take_back": {"zh": "收回 {amount} {unit}", "en": "{amount} {unit} taken back"},
    "expire": {"zh": "{amount} {unit}到期", "en": "{amount} {unit} expired"},
}
_OTHER_TITLE = {"zh": "{unit}变动 {amount}", "en": "{unit} changed by {amount}"}


async def load_section(session: Session, member_id: int, language: Language) -> PointsSectionOut:
    """A member's accounts."""
    del language  # Names carry both languages.
    return PointsSectionOut(accounts=await show_accounts(session, member_id))


async def load_timeline(
    session: Session, member_id: int, before: members.TimelinePlace | None, limit: int, language: Language
) -> Sequence[members.TimelineItem]:
    """What happened to a member's points, for the timeline."""
    found = await list_history(session, member_id, before=position_in(_KIND, before), limit=limit)
    names = {currency.currency_id: currency for currency in await currency_names(session)}
    return [_item(entry, names[entry.currency_id], language) for entry in found]


async def load_points(session: Session, keys: Sequence[tuple[int, int]]) -> Mapping[int, int]:
    """The points of the orders of a list."""
    return await find_points_of_orders(session, keys)


async def load_order_points(
    session: Session, member_id: int, order_id: int, language: Language
) -> list[OrderPointsOut]:
    """What one order did to each account of its member."""
    return await show_order_points(session, member_id, order_id, language)


def _item(entry: EntryView, currency: CurrencyName, language: Language) -> members.TimelineItem:
    unit = currency.unit(language)
    is_order = entry.origin_kind in {"order", "refund"} and entry.origin_id is not None
    title = _TITLES.get(entry.kind, _OTHER_TITLE)[language]
    return members.TimelineItem(
        id=merged_id(_KIND, entry.version),
        at=entry.occurred_at,
        kind=_KIND,
        type=_TYPES.get(entry.kind, f"points.{entry.kind}"),
        title=title.format(amount=abs(entry.amount) if entry.kind in _TITLES else entry.amount, unit=unit),
        summary=sentence(entry.kind, entry.facts, amount=entry.amount, moved=entry.moved, unit=unit, language=language),
        points=entry.amount,
        link=members.TimelineLink(kind="order", id=str(entry.origin_id)) if is_order else None,
    )
