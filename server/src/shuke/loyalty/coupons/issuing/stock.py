"""The stock of a template: one row for each unit that may still be given, or was."""

from collections.abc import Sequence
from typing import Any

from shuke.platform import jobs
from shuke.platform.db import Session, raw

STOCK_JOB = "coupons.stock"
# As many units are made in the request itself; the rest of a large stock is made in the background, step by step.
AT_ONCE = 100_000

# Coupons given while the stock had no end count, too; those that follow another coupon stand in its place.
_COUNT = """
    select
        (select count(*) from coupon_unit where template_id = $1 and state <> 'withdrawn') as alive,
        (select count(*) from coupon where template_id = $1 and unit_no is null and state <> 'void'
            and how in ('claim', 'rule', 'benefit', 'staff', 'api', 'lottery')) as without_unit
"""
_LOCK = "select issuing::jsonb ->> 'stock' from coupon_template where template_id = $1 for no key update"
_WITHDRAW_ALL = "update coupon_unit set state = 'withdrawn' where template_id = $1 and state = 'free'"
_WITHDRAW = """
    with surplus as (
        select unit_no from coupon_unit where template_id = $1 and state = 'free'
        order by unit_no desc limit $2 for update
    )
    update coupon_unit set state = 'withdrawn' from surplus
    where template_id = $1 and coupon_unit.unit_no = surplus.unit_no returning coupon_unit.unit_no
"""
_BRING_BACK = """
    with kept as (
        select unit_no from coupon_unit where template_id = $1 and state = 'withdrawn' order by unit_no limit $2
    )
    update coupon_unit set state = 'free' from kept
    where template_id = $1 and coupon_unit.unit_no = kept.unit_no returning coupon_unit.unit_no
"""
_ADD = """
    insert into coupon_unit (template_id, unit_no, state)
    select $1, last.unit_no + n, 'free'
    from (select coalesce(max(unit_no), 0) as unit_no from coupon_unit where template_id = $1) last,
        generate_series(1, $2::int) n
"""
_FIGURES = """
    select state, count(*) as count from coupon_unit where template_id = $1 group by state
"""


async def arrange(session: Session, template_id: int, stock: int | None) -> None:
    """Make the units agree with a stock that was set; None: without end.

    A stock below what was given already takes no coupon away: nothing more is given.
    """
    driver = await raw(session)
    # Voiding, which may free a unit, takes the same lock.
    await driver.execute(_LOCK, template_id)
    if stock is None:
        await driver.execute(_WITHDRAW_ALL, template_id)
        return
    if await _step(session, template_id, stock) > 0:
        await jobs.enqueue(session, STOCK_JOB, {"template_id": template_id})


async def go_on(payload: dict[str, Any]) -> None:
    """Make the rest of a large stock, a transaction for each step."""
    missing = 1
    while missing > 0:
        async with jobs.transaction() as session:
            stock = await (await raw(session)).fetchval(_LOCK, payload["template_id"])
            missing = 0 if stock is None else await _step(session, payload["template_id"], int(stock))


async def _step(session: Session, template_id: int, stock: int) -> int:
    """Bring the units nearer to the stock; how many are still to be made."""
    missing: int
    driver = await raw(session)
    alive, without_unit = await _count(session, template_id)
    missing = max(stock - without_unit, 0) - alive
    while missing < 0:
        # Whoever has one locked is waited for: taken, it is left alone, and another one is withdrawn.
        if not (withdrawn := await driver.fetch(_WITHDRAW, template_id, -missing)):
            return 0
        missing += len(withdrawn)
    if missing > 0:
        missing -= len(await driver.fetch(_BRING_BACK, template_id, min(missing, AT_ONCE)))
    if missing > 0:
        await driver.execute(_ADD, template_id, min(missing, AT_ONCE))
    return missing - AT_ONCE if missing > AT_ONCE else 0


async def _count(session: Session, template_id: int) -> tuple[int, int]:
    """How many units there are, and how many coupons that have none."""
    rows = await (await raw(session)).fetch(_COUNT, template_id)
    return rows[0]["alive"], rows[0]["without_unit"]


async def give_back(session: Session, template_id: int, units: Sequence[int]) -> None:
    """Let units of voided coupons be given again, as far as the stock still has room for them."""
    driver = await raw(session)
    stock = await driver.fetchval(_LOCK, template_id)
    alive, without_unit = await _count(session, template_id)
    surplus = alive + without_unit - int(stock) if stock is not None else len(units)
    kept = list(units)[: max(len(units) - max(surplus, 0), 0)]
    await driver.execute(
        """
        update coupon_unit set state = case when unit_no = any($3::int[]) then 'free' else 'withdrawn' end
        where template_id = $1 and unit_no = any($2::int[]) and state = 'taken'
        """,
        template_id,
        list(units),
        kept,
    )


async def count_units(session: Session, template_id: int) -> dict[str, int]:
    """How many units are free, taken and withdrawn."""
    rows = await (await raw(session)).fetch(_FIGURES, template_id)
    return {"free": 0, "taken": 0, "withdrawn": 0} | {row["state"]: row["count"] for row in rows}
