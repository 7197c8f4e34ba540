"""Take from budgets and give back to them: always under the lock of the row, so that no count is lost or doubled."""

from collections.abc import Collection, Mapping, Sequence

from shuke.foundation import organization
from shuke.platform import clock
from shuke.platform.db import Session, raw

from ..periods import PERIOD_WORDS
from ..promises import find_templates_by_id
from ..rules import Budget
from .errors import BudgetUsedUp
from .queries import find_used
from .rules import RoomKey, Spend, Wanted, add_up, room_keys


async def take(session: Session, spends: Sequence[Spend]) -> None:
    """Take redemptions from the budgets of their templates: all of them or none. Nothing is asked without budgets.

    Take the step of the coupons first (`changing.change`): rows of budgets are locked last of all, because everybody
    waits for them. Raises BudgetUsedUp.
    """
    wanted = add_up(spends)
    if not wanted:
        return
    used = await _lock(session, wanted)
    for key, want in wanted.items():
        if used[key] + want.amount > want.limit:
            raise await _used_up(session, key, want)
    await _save(session, {key: used[key] + want.amount for key, want in wanted.items()})


async def refusal(session: Session, spend: Spend) -> BudgetUsedUp | None:
    """Why a redemption would be refused as budgets are just now; locks and writes nothing."""
    wanted = add_up([spend])
    used = await find_used(session, wanted)
    for key, want in wanted.items():
        if used.get(key, 0) + want.amount > want.limit:
            return await _used_up(session, key, want)
    return None


async def give_back(session: Session, spends: Sequence[Spend]) -> None:
    """Give redemptions back to the budgets that they were taken from: `day` is the day of the redemption."""
    wanted = add_up(spends)
    if not wanted:
        return
    used = await _lock(session, wanted)
    # A budget of a period that was over before it was set up never counted the redemption.
    await _save(session, {key: max(used[key] - want.amount, 0) for key, want in wanted.items()})


async def arrange(session: Session, template_id: int, before: Sequence[Budget], after: Sequence[Budget]) -> None:
    """Let budgets that are new begin with what was redeemed already in the period that runs.

    To be called whenever the budgets of a template change. A changed limit keeps its count.
    """
    had = {(budget.counts, budget.period) for budget in before}
    added = [budget for budget in after if (budget.counts, budget.period) not in had]
    if not added:
        return
    day = clock.business_day(clock.now(), (await organization.get_shop(session)).zone)
    keys = dict(zip(room_keys(template_id, added, day), added, strict=True))
    await _lock(session, sorted(keys))
    driver = await raw(session)
    used: dict[RoomKey, int] = {}
    for key, budget in keys.items():
        (row,) = await driver.fetch(_REDEEMED, template_id, clock.period_start(budget.period, day))
        used[key] = row[budget.counts]
    await _save(session, used)


async def _lock(session: Session, keys: Collection[RoomKey]) -> dict[RoomKey, int]:
    """What counts have used, kept from others until the transaction ends. `keys` in order: everybody's is the same."""
    columns = zip(*keys, strict=True)
    rows = await (await raw(session)).fetch(_LOCK, *(list(column) for column in columns))
    return {(row["template_id"], row["counts"], row["period"]): row["used"] for row in rows}


async def _save(session: Session, used: Mapping[RoomKey, int]) -> None:
    columns = zip(*((*key, amount) for key, amount in used.items()), strict=True)
    await (await raw(session)).execute(_SAVE, *(list(column) for column in columns))


async def _used_up(session: Session, key: RoomKey, want: Wanted) -> BudgetUsedUp:
    template = (await find_templates_by_id(session, [key[0]]))[key[0]]
    return BudgetUsedUp(template=template.code, name=template.name, period=PERIOD_WORDS[want.period])


# Writing a row to itself locks it, and makes it where there is none: nobody else passes, and what comes back is what
# the one before committed.
_LOCK = """
    insert into coupon_budget_room as room (template_id, counts, period, used)
    select *, 0 from unnest($1::bigint[], $2::text[], $3::text[])
    on conflict (template_id, counts, period) do update set used = room.used
    returning template_id, counts, period, used
"""
_SAVE = """
    update coupon_budget_room room set used = new.used
    from unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[]) as new (template_id, counts, period, used)
    where (room.template_id, room.counts, room.period) = (new.template_id, new.counts, new.period)
"""
# A redemption that was given back is followed by its return. Of an order's discount, refunds gave back a part or all,
# whatever became of the coupon: given back at the first part, it goes on paying for what was kept.
_REDEEMED = """
    select coalesce(sum(discount_minor - returned_minor) filter (where stands or order_id is not null), 0)::bigint
        as discount, count(*) filter (where stands) as count
    from (
        select redeemed.discount_minor, redeemed.order_id, coalesce(used.returned_minor, 0) as returned_minor,
            not exists (
                select from coupon_move after
                where (after.member_id, after.coupon_id, after.move_no)
                    = (redeemed.member_id, redeemed.coupon_id, redeemed.move_no + 1)
            ) as stands
        from coupon_move redeemed left join coupon_use used
            on used.holder_id = redeemed.member_id and used.coupon_id = redeemed.coupon_id
            and used.order_id = redeemed.order_id
        where redeemed.template_id = $1 and redeemed.day >= $2 and redeemed.kind = 'redeemed'
    ) redemption
"""
