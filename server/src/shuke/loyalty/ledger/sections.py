"""What the ledger adds to other pages: a member's accounts and points history, and the points of an order."""

from collections.abc import Mapping, Sequence

from shuke.people import members
from shuke.platform.db import Session
from shuke.platform.i18n import Language
from shuke.platform.pages import merged_id, position_in

from .explain import Text, sentence
from .queries import CurrencyName, EntryView, currency_names, find_points_of_orders, list_history
from .rules import EntryKind
from .schemas import OrderPointsOut, PointsSectionOut
from .views import entry_line, show_accounts, show_order_points

_KIND: members.TimelineKind = "points"
# By the kind of the entry: the item's type, and its title.
_TITLES: Mapping[EntryKind, tuple[str, Text]] = {
    "earn": ("points.earned", {"zh": "获得 {amount} {unit}", "en": "{amount} {unit} earned"}),
    "take_back": ("points.taken_back", {"zh": "收回 {amount} {unit}", "en": "{amount} {unit} taken back"}),
    "expire": ("points.expired", {"zh": "{amount} {unit}到期", "en": "{amount} {unit} expired"}),
    "spend": ("points.used", {"zh": "使用 {amount} {unit}", "en": "{amount} {unit} used"}),
    "capture": ("points.used", {"zh": "使用 {amount} {unit}", "en": "{amount} {unit} used"}),
    "restore": ("points.restored", {"zh": "退还 {amount} {unit}", "en": "{amount} {unit} given back"}),
    "adjust": ("points.adjusted", {"zh": "人工调整 {signed} {unit}", "en": "Adjusted by {signed} {unit}"}),
    "hold": ("points.held", {"zh": "冻结 {moved} {unit}", "en": "{moved} {unit} set aside"}),
    "release": ("points.released", {"zh": "解除冻结 {moved} {unit}", "en": "{moved} {unit} released"}),
    "mature": ("points.matured", {"zh": "{moved} {unit}到账可用", "en": "{moved} {unit} became available"}),
    "cancel": ("points.cancelled", {"zh": "取消待到账的 {amount} {unit}", "en": "{amount} pending {unit} cancelled"}),
    "transfer": ("points.transferred", {"zh": "{unit}转移 {signed}", "en": "Transfer of {signed} {unit}"}),
    "refresh": ("points.refreshed", {"zh": "{unit}有效期顺延", "en": "Kept {unit} alive"}),
}


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
    line = entry_line(entry, currency, language)
    is_order = entry.origin_kind in {"order", "refund"} and entry.origin_id is not None
    kind, title = _TITLES[entry.kind]
    return members.TimelineItem(
        id=merged_id(_KIND, entry.version),
        at=entry.occurred_at,
        kind=_KIND,
        type=kind,
        title=line.say(title, language),
        summary=sentence(line, language),
        points=entry.amount,
        link=members.TimelineLink(kind="order", id=str(entry.origin_id)) if is_order else None,
    )
