"""A quotation over HTTP for a member with thirty coupons and a cart of twenty lines: the best combination each time.

The real web server (one process) on a fresh installation, one client. The coupons are of thirty templates in five
groups of six; of each group the best one goes, or all of them stack (`--stack`).
"""

import asyncio
import random
import time
from pathlib import Path
from typing import Any

import httpx
import uvloop

from benchmarks.common import (
    OPENING,
    Bench,
    command_line,
    open_shop,
    percentiles,
    temporary_folder,
    token_of_administrator,
    web_server,
)
from shuke.loyalty.coupons.testing import a_coupon, a_template
from shuke.main.installation import Installation
from shuke.people.members.testing import enrolled, person, phone

GROUPS = ("general", "category", "brand", "extra", "postage")
COUPONS, LINES = 30, 20
MEMBER = {"phone": "15400000001"}


def stacking(mode: str) -> dict[str, Any]:
    """Five groups, of each the best or all."""
    groups = [
        {"category": one, "name_zh": one, "name_en": one, "mode": mode, "most": 6 if mode == "stack" else 1}
        for one in GROUPS
    ]
    return {"stacking": {"groups": groups, "most": 20}}


def terms(number: int, chance: random.Random) -> dict[str, Any]:
    """Terms of one of six kinds, in one of the groups."""
    kinds: list[dict[str, Any]] = [
        {"kind": "amount_off", "off_minor": chance.randint(100, 3_000)},
        {"kind": "percent_off", "percent": chance.randint(3, 25), "most_minor": chance.randint(1_000, 9_000)},
        {
            "kind": "steps",
            "steps": [{"from_minor": 10_000, "off_minor": 500}, {"from_minor": 30_000, "off_minor": 2_500}],
        },
        {"kind": "nth_item", "nth": 2, "percent": 50, "most_times": 2},
        {"kind": "fixed_price", "price_minor": 900, "most_pieces": 1},
        {"kind": "free_shipping"},
    ]
    return {
        "discount": kinds[number % len(kinds)],
        "threshold": {"least": chance.choice([0, 5_000, 20_000])},
        "scope": {"products": [] if number % 3 else [f"P{item:02d}" for item in range(0, LINES, 2)]},
        "category": GROUPS[number % len(GROUPS)],
    }


def cart() -> dict[str, Any]:
    """Twenty lines, the last of them postage."""
    chance = random.Random(3)
    lines = [
        {"product": f"P{item:02d}", "quantity": str(chance.randint(1, 3)), "unit_price": str(chance.randint(5, 90))}
        for item in range(LINES - 1)
    ]
    postage = {"product": "POST", "quantity": "1", "unit_price": "8", "is_goods": False}
    return {"source": "till", "member": MEMBER, "lines": [*lines, postage]}


async def give(installation: Installation) -> None:
    """A member with one coupon of each of thirty templates."""
    chance = random.Random(5)
    async with installation.worker_database.transaction() as session:
        (member_id,) = await enrolled(session, [person(None, phone())])
        for number in range(COUPONS):
            template_id = await a_template(session, f"bench-{number}", terms(number, chance))
            await a_coupon(session, member_id, template_id)


async def measure(folder: Path, *, quotes: int) -> dict[str, Any]:
    """Quotations one after the other, with each way of combining."""
    figures: dict[str, Any] = {}
    async with open_shop(folder) as installation:
        await give(installation)
        token = await token_of_administrator(installation.database)
        async with web_server(folder, token=token) as client:
            order = {**cart(), "number": "1", "placed_at": OPENING.isoformat()}
            (await client.post("/v1/orders", json=order)).raise_for_status()
            for mode in ("best_for_customer", "stack"):
                (await client.put("/v1/coupon-stacking", json=stacking(mode))).raise_for_status()
                figures[mode] = await _quote(client, quotes)
    return figures


async def _quote(client: httpx.AsyncClient, quotes: int) -> dict[str, Any]:
    taken: list[float] = []
    used = 0
    for _ in range(quotes):
        sent = time.perf_counter()
        answer = await client.post("/v1/checkout/quote", json=cart())
        taken.append((time.perf_counter() - sent) * 1000)
        answer.raise_for_status()
        used = len(answer.json()["coupons"])
    return {"quotes": quotes, "coupons_used": used, **percentiles(taken)}


def main() -> None:
    """Measure, write, print."""
    parser = command_line(__doc__)
    parser.add_argument("--quotes", type=int, default=300, help="quotations of each way of combining")
    options = parser.parse_args()
    bench = Bench("coupon_quote_http", options)
    with temporary_folder() as folder, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        figures = runner.run(measure(folder, quotes=options.quotes))
    bench.write(
        figures,
        {
            mode: f"p50 {one['p50_ms']} ms, p95 {one['p95_ms']} ms, p99 {one['p99_ms']} ms, {one['coupons_used']} used"
            for mode, one in figures.items()
        },
    )


if __name__ == "__main__":
    main()
