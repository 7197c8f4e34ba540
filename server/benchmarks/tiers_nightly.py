"""The nightly judging of levels: every member's validity ends on the same night.

Members, their orders of the last year and their levels are made with SQL. Spending decides: some keep their level, some
fall. What is measured is what the worker does at night, page after page, each in a transaction of its own: due members
found and locked, a window's spending loaded, judged, written with history, summary and events.
"""

import argparse
import asyncio
import time
from collections import Counter
from typing import Any

import asyncpg

from benchmarks.common import Bench, command_line, open_shop, superuser, temporary_folder
from shuke.loyalty import tiers
from shuke.platform import clock
from shuke.platform.db import Database

ORDERS_EACH = 8

_MEMBERS = """
    insert into member (member_id, number, status, joined_at, is_generated, version)
    overriding system value
    select number, 'B' || number, 'active', '2010-12-01', true, 1 from generate_series(1, $1::bigint) number
"""
_SUMMARIES = """
    insert into member_summary (member_id, number, status, joined_at, tier_code, tier_rank, order_count)
    select member_id, number, status, joined_at, 'gold', 3, $1::int from member where member_id > 0
"""
_ORDERS = """
    insert into sales_order (member_id, kind, source_id, number, placed_at, business_day, currency, gross_minor,
        goods_minor, line_count, refunded_minor, goods_refunded_minor, counts_minor, status, received_at)
    select m, 'sale', $1, 'B' || m || '-' || o, day, day, 'GBP', amount, amount, 1, 0, 0, amount, 'paid', day
    from (
        select m, o, date '2011-12-11' - ((m * 37 + o * 53) % 365)::int as day, 1000 + (m * 7919 + o * 104729) % 60000
            as amount
        from generate_series(1, $2::bigint) m cross join generate_series(1, $3::int) o
    ) made
"""
_STANDINGS = """
    insert into member_tier (member_id, scheme_id, rank, since, valid_until, change_count, basis, judged_on)
    select member_id, 1, 3, '2011-09-11', '2011-12-11', 1, 'promoted', '2011-09-10' from member where member_id > 0
"""


async def make(server: asyncpg.Connection, count: int) -> None:
    """Members on one level that ends tonight, with orders all over the year before."""
    source = await server.fetchval("insert into order_source (code) values ('bench') returning source_id")
    await server.execute(_MEMBERS, count)
    await server.execute(_SUMMARIES, ORDERS_EACH)
    await server.execute(_ORDERS, source, count, ORDERS_EACH)
    await server.execute(_STANDINGS)
    await server.execute("vacuum (analyze)")
    await server.execute("checkpoint")


async def judge(database: Database) -> tuple[int, float]:
    """One night: how many members were judged, in how many seconds."""
    began = time.perf_counter()
    judged = await tiers.judge_all_due(database, clock.now())
    return judged, time.perf_counter() - began


async def run(options: argparse.Namespace) -> dict[str, Any]:
    """One night, and a second one in which nothing has come due."""
    with temporary_folder() as folder:
        async with open_shop(folder) as installation, superuser(installation) as server:
            await make(server, options.members)
            judged, seconds = await judge(installation.worker_database)
            again, seconds_again = await judge(installation.worker_database)
            reasons = await server.fetch("select reason, count(*) from tier_change group by reason")
    assert (judged, again) == (options.members, 0)
    return {
        "members": judged,
        "orders_each": ORDERS_EACH,
        "seconds": round(seconds, 2),
        "members_per_second": round(judged / seconds),
        "seconds_when_nothing_is_due": round(seconds_again, 3),
        "changes": dict(Counter({row["reason"]: row["count"] for row in reasons})),
    }


def main() -> None:
    parser = command_line(__doc__)
    parser.add_argument("--members", type=int, default=100_000, help="how many members")
    bench = Bench("tiers_nightly", options := parser.parse_args())
    figures = asyncio.run(run(options))
    summary = {
        "judged": f"{figures['members']} members in {figures['seconds']} s",
        "rate": f"{figures['members_per_second']} members/s",
        "a million at this rate": f"{1_000_000 / figures['members_per_second']:.0f} s",
        "when nothing is due": f"{figures['seconds_when_nothing_is_due']} s",
    }
    bench.write(figures, summary)


if __name__ == "__main__":
    main()
