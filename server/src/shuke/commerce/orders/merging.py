"""What orders have to do when two members become one, or two again: count the orders of each person anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shuke.foundation import organization
from shuke.people import members
from shuke.platform.db import Session, raw
from shuke.platform.i18n import Language, LocalName
from shuke.platform.money import format_money

# As the fold counts: sales and refunds over a lifetime, net spend as what counts of orders.
_FIGURES = """
    select count(*) filter (where kind = 'sale')::int as order_count,
        count(*) filter (where kind = 'refund')::int as refund_count,
        coalesce(sum(gross_minor) filter (where kind = 'sale'), 0)::bigint as gross_spend_minor,
        (coalesce(sum(counts_minor) filter (where kind = 'sale'), 0) - (
            select coalesce(sum(m.amount_minor), 0) from refund_match m
            where m.member_id = any($1::bigint[]) and m.is_goods and m.how = 'unmatched'
        ))::bigint as net_spend_minor,
        min(placed_at) filter (where kind = 'sale') as first_order_at,
        max(placed_at) filter (where kind = 'sale') as last_order_at
    from sales_order where member_id = any($1::bigint[])
"""


@dataclass(frozen=True, kw_only=True)
class _Figures:
    """What a person's orders come to, as the member's summary holds it."""

    order_count: int
    refund_count: int
    gross_spend_minor: int
    net_spend_minor: int
    first_order_at: datetime | None
    last_order_at: datetime | None


async def preview(
    session: Session, absorbed_id: int, survivor_id: int, language: Language
) -> Sequence[members.MergeLine]:
    """Orders and net spend of both, and of the one person."""
    del language  # Labels carry both languages; amounts are written alike.
    money = (await organization.get_shop(session)).currency
    absorbed, survivor = await _figures(session, absorbed_id), await _figures(session, survivor_id)
    return [
        members.MergeLine(
            label=LocalName("订单", "Orders"),
            absorbed=str(absorbed.order_count),
            survivor=str(survivor.order_count),
            after=str(absorbed.order_count + survivor.order_count),
        ),
        members.MergeLine(
            label=LocalName("累计净消费", "Net spend"),
            absorbed=format_money(absorbed.net_spend_minor, money),
            survivor=format_money(survivor.net_spend_minor, money),
            after=format_money(absorbed.net_spend_minor + survivor.net_spend_minor, money),
        ),
    ]


async def merge(session: Session, merging: members.Merging) -> None:
    """The survivor's figures count the orders of both."""
    await members.write_facts(session, [await _facts(session, merging.survivor_id)])


async def undo(session: Session, merging: members.Merging) -> None:
    """Each counts their own again."""
    rows = [await _facts(session, one) for one in (merging.survivor_id, merging.absorbed_id)]
    await members.write_facts(session, rows)


async def _facts(session: Session, member_id: int) -> members.FactsRow:
    return members.FactsRow(member_id=member_id, **vars(await _figures(session, member_id)))


async def _figures(session: Session, member_id: int) -> _Figures:
    driver = await raw(session)
    (row,) = await driver.fetch(_FIGURES, await members.aliases(session, member_id))
    return _Figures(**dict(row))


PART = members.MergePart(key="orders", preview=preview, merge=merge, undo=undo)
