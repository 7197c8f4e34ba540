"""A week of a hundred thousand moves is found by its days, not by walking all."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import postgresql

from shuke.loyalty.coupons.reports.queries import Asked, count_moves
from shuke.loyalty.coupons.reports.rules import Days
from shuke.loyalty.coupons.testing import a_template
from shuke.platform.actor import EVERYTHING
from shuke.platform.db import Session

WEEK = Days(date(2026, 3, 2), date(2026, 3, 8))
# Ten templates, a hundred thousand coupons claimed over three years.
HISTORY = (
    """
    insert into coupon (member_id, template_id, terms_version, code, state, how, issued_at, valid_from)
    select n, templates[n % 10 + 1], 1, 'N' || n, 'issued', 'claim', at, at
    from generate_series(1, 100000) n,
         lateral (select timestamptz '2024-01-01 12:00+00' + n % 1000 * interval '1 day' as at) days,
         (select array_agg(template_id) as templates from coupon_template) known
    """,
    """
    insert into coupon_move (member_id, coupon_id, move_no, template_id, kind, at, day, actor, channel)
    select member_id, coupon_id, 1, template_id, 'issued', issued_at, issued_at::date, 'system:0', 'claim' from coupon
    """,
    "analyze coupon",
    "analyze coupon_move",
)


@pytest.mark.parametrize(
    ("of_one", "index"), [(False, "coupon_move_day_idx"), (True, "coupon_move_template_id_day_idx")]
)
async def test_the_moves_of_a_week_are_found_by_an_index(session: Session, of_one, index):
    template_id = [await a_template(session, f"t{number}") for number in range(10)][3]
    for statement in HISTORY:
        await session.execute(text(statement))
    asked = Asked(
        days=WEEK, zone=ZoneInfo("Asia/Shanghai"), currency="CNY", sight=EVERYTHING,
        template_id=template_id if of_one else None,
    )  # fmt: skip

    wanted = count_moves(asked, "template")
    plan = await _plan(session, wanted)
    rows = {row.place: row.moves for row in await session.execute(wanted)}

    assert index in plan
    assert "Seq Scan on coupon_move" not in plan
    # A hundred on each day, each day of another template.
    assert rows[template_id] == 100
    assert sum(rows.values()) == (100 if of_one else 700)


async def _plan(session: Session, wanted) -> str:
    compiled = wanted.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
    return "\n".join(row[0] for row in await session.execute(text(f"explain {compiled}")))
