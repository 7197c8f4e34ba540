"""The judgement of one rush: exactly as many holders as units, and everybody was told the truth."""

from dataclasses import dataclass

from shuke.platform.db import Session, raw
from verification.coupons.shoppers import Heard

_HELD = "select member_id, code, grant_key from coupon where template_id = $1 order by coupon_id"
_COUNTS = """
    select
        (select count(*) from coupon_unit where template_id = $1 and state = 'taken') as taken,
        (select count(*) from coupon_unit where template_id = $1 and state = 'free') as free,
        (select count(*) from coupon_claim where template_id = $1) as places,
        (select count(*) from coupon_move where template_id = $1) as moves,
        (select count(*) from coupon_code join coupon using (code) where template_id = $1) as codes,
        (select count(*) from event where name = 'coupon.claimed' and (body ->> 'template_id')::bigint = $1) as events
"""


@dataclass(frozen=True)
class Held:
    """A coupon as the database has it."""

    member_id: int
    code: str
    ticket_key: str


async def judge(session: Session, template_id: int, heard: Heard, *, stock: int, wanting: int) -> list[str]:
    """What is wrong after a rush in which so many members wanted one of so many units."""
    driver = await raw(session)
    rows = [Held(*row) for row in await driver.fetch(_HELD, template_id)]
    (counts,) = await driver.fetch(_COUNTS, template_id)
    holders = {row.member_id for row in rows}
    expected = min(stock, wanting)
    wrong = []
    if len(rows) != expected:
        wrong.append(f"{len(rows)} coupons of {stock} units, and {wanting} wanted one")
    if len(holders) != len(rows):
        wrong.append(f"{len(rows)} coupons are held by {len(holders)} members: somebody is above the limit")
    right = {"taken": len(rows), "free": stock - expected, "places": len(rows), "moves": len(rows)}
    right |= {"codes": len(rows), "events": len(rows)}
    wrong += [f"{name}: {counts[name]}, expected {count}" for name, count in right.items() if counts[name] != count]
    return wrong + _untrue(rows, heard)


def _untrue(rows: list[Held], heard: Heard) -> list[str]:
    by_code = {row.code: row for row in rows}
    wrong = []
    for ticket, codes in heard.coupons.items():
        nonce = ticket.split(".")[5]
        for code in codes:
            row = by_code.get(code)
            if row is None or not row.ticket_key.endswith(f":{nonce}"):
                wrong.append(f"a ticket was told {code}, which it has not")
        if len(codes) > 1:
            wrong.append(f"a ticket was told {len(codes)} coupons")
    told = {code for codes in heard.coupons.values() for code in codes}
    if told != by_code.keys():
        wrong.append(f"{len(by_code.keys() - told)} coupons are held by somebody who was never told")
    if heard.holders != {row.member_id for row in rows}:
        wrong.append("those who were told that they have one are others than those who have one")
    return wrong
