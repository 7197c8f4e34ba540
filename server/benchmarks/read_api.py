"""What readers wait for: the API's answers over HTTP, in the demonstration's shop and in a generated large one.

The real web server runs in a process of its own; one client asks over loopback on a connection that stays open, one
question after another, each time about another member, name, store or order. Milliseconds from the first byte sent to
the last byte received. `--keep DIR` keeps the large shop, which takes some minutes to make, for the next time.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import uvloop
from pypinyin import Style, lazy_pinyin

from benchmarks.common import (
    OPENING,
    Bench,
    command_line,
    embedded_memory_mb,
    open_shop,
    percentiles,
    superuser,
    temporary_folder,
    token_of_administrator,
    web_server,
)
from benchmarks.common.generated import ensure_generated
from shuke.insight.analytics.jobs import keep_todays_map
from shuke.loyalty import checkout
from shuke.main.demo import HISTORY
from shuke.main.installation import Installation
from shuke.platform import consumers
from shuke.platform.pages import encode_cursor

WARM_UPS = 20
# Fewer than one person of the staff may look at in full within a day.
SAMPLE = 160
SORTS = ("number", "joined_at", "last_order_at", "order_count", "points_available", "growth", "tier_rank")
FILTERS: dict[str, dict[str, Any]] = {
    "rare tier": {"tier": "diamond"},
    "common tiers": {"tier": "bronze,silver"},
    "spend high": {"spend_min": 200_000},
    "spend narrow": {"spend_min": 30_000, "spend_max": 30_200},
    "points narrow": {"points_min": 100, "points_max": 101},
    "many orders": {"orders_min": 12},
    "last order in a week": {"last_order_from": "2011-03-01", "last_order_to": "2011-03-07"},
    "tier, spend, orders": {"tier": "gold", "spend_min": 150_000, "orders_min": 5},
    "nobody": {"spend_min": 10**11},
}
SEGMENTS = (
    "champions", "loyal", "potential_loyalist", "new", "promising", "need_attention", "about_to_sleep", "at_risk",
    "cannot_lose", "hibernating",
)  # fmt: skip
# The questions that the summary shows; the result has all.
SHOWN = (
    "members: by default", "members: deep inside, by net spend", "members: tier and store", "members: by name",
    "condition: three, and how many", "search: name", "member: overview", "orders: by default",
)  # fmt: skip
# What the condition builder writes, with the live count that stands below it.
CONDITIONS: dict[str, list[dict[str, Any]]] = {
    "one": [{"field": "member.net_spend", "operator": ">=", "value": 150_000}],
    "three": [
        {"field": "member.tier", "operator": "in", "value": ["gold", "diamond"]},
        {"field": "member.last_order_on", "operator": "between", "value": ["2011-03-01", "2011-09-30"]},
        {"field": "member.points", "operator": ">=", "value": 100},
    ],
    "three, for nobody": [
        {"field": "member.order_count", "operator": ">=", "value": 2},
        {"field": "member.net_spend", "operator": ">=", "value": 10**11},
        {"field": "member.joined_on", "operator": ">=", "value": "2011-01-01"},
    ],
}
# What the page of a member asks on all its tabs, but for what is measured under a name of its own.
PAGE_OF_A_MEMBER = (
    "accounts", "orders", "tier-changes", "notes", "follow-ups", "relations", "attributions",
)  # fmt: skip

Parameters = dict[str, Any]
Question = Callable[[int], tuple[str, Parameters]]


@dataclass(frozen=True)
class Sample:
    """Whom and what the questions are about."""

    members: list[dict[str, Any]]
    orders: list[int]
    last_page: str
    deep_page: str


async def make_demo(installation: Installation) -> None:
    """The bundled history, with all that follows from it."""
    mapping = checkout.find_built_in("online-retail")
    assert mapping is not None
    database = installation.worker_database
    async with database.transaction() as session:
        run = await checkout.start_import(session, HISTORY, mapping, file_name=HISTORY.name, asked_by="system:0")
    await checkout.run_import(database, run, HISTORY)
    await consumers.run_until_idle(database)
    await keep_todays_map()
    async with superuser(installation) as server:
        await server.execute("vacuum (analyze)")
        await server.execute("checkpoint")


async def measure_shop(folder: Path, requests: int, *, is_demo: bool) -> dict[str, Any]:
    """All questions to the shop in a folder."""
    async with open_shop(folder) as installation:
        if is_demo:
            await make_demo(installation)
        await keep_todays_map()
        token = await token_of_administrator(installation.database)
        async with superuser(installation) as server, web_server(folder, token=token) as client:
            sample = await take_sample(server, client)
            answers = {}
            for name, question in questions(sample).items():
                answers[name] = await ask(client, question, requests)
                print(f"  {name:<34} {answers[name]['p50_ms']:>8} {answers[name]['p95_ms']:>8} ms", flush=True)
            return {"rows": await rows_of(server), "questions": answers}


async def ask(client: httpx.AsyncClient, question: Question, requests: int) -> dict[str, float]:
    """Percentiles of one question. Raises RuntimeError for any answer but 200."""
    taken = []
    size = items = 0
    for run in range(WARM_UPS + requests):
        path, parameters = question(run)
        started = time.perf_counter()
        answer = await client.get(path, params=parameters)
        if run >= WARM_UPS:
            taken.append((time.perf_counter() - started) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} {parameters} answered {answer.status_code}: {answer.text[:500]}")
        size += len(answer.content)
        body = answer.json()
        items += len(body.get("items", ()))
    asked = WARM_UPS + requests
    return {**percentiles(taken), "mean_bytes": round(size / asked), "mean_items": round(items / asked, 1)}


async def take_sample(server: asyncpg.Connection, client: httpx.AsyncClient) -> Sample:
    """Members and orders from all over the shop, the same at every call."""
    ids = await server.fetch(
        "select member_id from member_summary where order_count > 0 order by md5(member_id::text) limit $1", SAMPLE
    )
    people = []
    for row in ids:
        member = (await client.get(f"/v1/members/{row['member_id']}")).raise_for_status().json()
        reason = {"fields": ["name", "phone"], "reason": "measurement"}
        clear = (await client.post(f"/v1/members/{row['member_id']}/unmask", json=reason)).raise_for_status().json()
        people.append({**member, **clear["values"]})
    orders = await server.fetch("select order_id from sales_order order by md5(order_id::text) limit $1", SAMPLE)
    # The last member shown on the last page but one.
    last = await server.fetchrow(
        """
        select last_order_at, member_id from member_summary
        order by coalesce(last_order_at, '-infinity'), member_id offset 50 limit 1
        """
    )
    assert last is not None
    at = last["last_order_at"].isoformat() if last["last_order_at"] else None
    # Whoever stands in the middle of all, by what they spent.
    middle = await server.fetchrow(
        """
        select net_spend_minor, member_id from member_summary order by net_spend_minor desc, member_id desc
        offset (select count(*) / 2 from member_summary) limit 1
        """
    )
    assert middle is not None
    return Sample(
        people,
        [row["order_id"] for row in orders],
        encode_cursor("-last_order_at", [at, last["member_id"]]),
        encode_cursor("-net_spend_minor", [middle["net_spend_minor"], middle["member_id"]]),
    )


def questions(sample: Sample) -> dict[str, Question]:
    """Everything that is asked; each run is about another member of the sample."""

    def of_list(make: Callable[[dict[str, Any]], Parameters]) -> Question:
        return lambda run: ("/v1/members", make(sample.members[run % len(sample.members)]))

    def of_member(tail: str) -> Question:
        return lambda run: (f"/v1/members/{sample.members[run % len(sample.members)]['id']}{tail}", {})

    def fixed(path: str, **parameters: Any) -> Question:
        return lambda _: (path, parameters)

    return {
        "members: by default": fixed("/v1/members"),
        "members: by default, capped count": fixed("/v1/members", count="capped"),
        "members: tier and store": of_list(lambda one: {"tier": one["tier"]["code"], "store": one["store"]["id"]}),
        "members: by name": of_list(lambda one: {"q": one["name"]}),
        "members: by surname": of_list(lambda one: {"q": one["name"][0]}),
        "members: by pinyin": of_list(lambda one: {"q": "".join(lazy_pinyin(one["name"]))}),
        "members: by initials": of_list(lambda one: {"q": "".join(lazy_pinyin(one["name"], style=Style.FIRST_LETTER))}),
        "members: by phone": of_list(lambda one: {"q": one["phone"]}),
        "members: by last four of the phone": of_list(lambda one: {"q": one["phone"][-4:]}),
        "members: by net spend": fixed("/v1/members", sort="-net_spend_minor"),
        "members: last page": fixed("/v1/members", cursor=sample.last_page),
        "members: deep inside, by net spend": fixed("/v1/members", sort="-net_spend_minor", cursor=sample.deep_page),
        **{f"members: sorted by {sort}": fixed("/v1/members", sort=sort) for sort in SORTS},
        **{f"members: filter {name}": fixed("/v1/members", **wanted) for name, wanted in FILTERS.items()},
        "member": of_member(""),
        "member: overview": of_member("/overview"),
        "member: timeline": of_member("/timeline"),
        "member: entries of points": of_member("/accounts/points/entries"),
        "orders: by default": fixed("/v1/orders"),
        "orders: one": lambda run: (f"/v1/orders/{sample.orders[run % len(sample.orders)]}", {}),
        "dashboard": fixed("/v1/dashboard"),
        "rfm": fixed("/v1/analytics/rfm"),
        **{f"rfm: members, {one}": fixed("/v1/analytics/rfm/members", segment=one) for one in SEGMENTS},
        **{
            f"condition: {name}, and how many": fixed("/v1/members", condition=_condition(rules), count="capped")
            for name, rules in CONDITIONS.items()
        },
        **searches(sample),
        **{f"member: {one}": of_member(f"/{one}") for one in PAGE_OF_A_MEMBER},
        "member: coupons": lambda run: ("/v1/coupons", {"member": sample.members[run % len(sample.members)]["id"]}),
    }


def searches(sample: Sample) -> dict[str, Question]:
    """The one search over everything, by whatever somebody may type."""

    def search(text: Callable[[dict[str, Any]], str]) -> Question:
        return lambda run: ("/v1/search", {"q": text(sample.members[run % len(sample.members)])})

    return {
        "search: name": search(lambda one: one["name"]),
        "search: pinyin": search(lambda one: "".join(lazy_pinyin(one["name"]))),
        "search: phone": search(lambda one: one["phone"]),
        "search: last four of the phone": search(lambda one: one["phone"][-4:]),
        "search: number of the member": search(lambda one: one["number"]),
    }


def _condition(rules: list[dict[str, Any]]) -> str:
    return json.dumps({"combinator": "and", "rules": rules})


async def rows_of(server: asyncpg.Connection) -> dict[str, int]:
    """How large the shop is: rows of the large tables, and MB in all."""
    tables = ("member", "sales_order", "sales_order_line", "ledger_operation", "ledger_entry", "ledger_lot")
    rows = {name: await server.fetchval(f"select count(*) from {name}") for name in tables}
    return {**rows, "database_mb": await server.fetchval("select pg_database_size(current_database()) / 1048576")}


def kept_or_temporary(keep: Path | None) -> AbstractContextManager[Path]:
    """The folder of the large shop."""
    return temporary_folder() if keep is None else nullcontext(keep.resolve())


def run(work: Awaitable[dict[str, Any]]) -> dict[str, Any]:
    """Run to the end, on the loop that the program runs on."""

    async def do() -> dict[str, Any]:
        return await work

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(do())


def main() -> None:
    """Measure, write, print."""
    parser = command_line(__doc__)
    parser.add_argument("--members", type=int, default=1_000_000, help="members of the large shop")
    parser.add_argument("--templates", type=int, default=20_000, help="members whose history the others repeat")
    parser.add_argument("--keep", type=Path, help="folder in which the large shop is kept")
    parser.add_argument("--only", choices=("demo", "large"), help="one of the two shops")
    parser.add_argument("--requests", type=int, default=300, help="how often each question is asked")
    options = parser.parse_args()
    bench = Bench("read_api", options)
    figures: dict[str, Any] = {"database_memory_mb": embedded_memory_mb(), "as_of": OPENING.isoformat()}
    if options.only != "large":
        print("the demonstration's shop (median, 95th percentile)")
        with temporary_folder() as folder:
            figures["demo"] = run(measure_shop(folder, options.requests, is_demo=True))
    if options.only != "demo":
        print(f"a shop of {options.members:,} members (median, 95th percentile)")
        with kept_or_temporary(options.keep) as folder:
            made = run(ensure_generated(folder, count=options.members, templates=options.templates))
            figures["large"] = {"made_in_s": made, **run(measure_shop(folder, options.requests, is_demo=False))}
    bench.write(figures, summary_of(figures))


def summary_of(figures: dict[str, Any]) -> dict[str, object]:
    """What a person wants to read first."""
    summary: dict[str, object] = {}
    for shop in ("demo", "large"):
        if shop in figures:
            answers = figures[shop]["questions"]
            of = f"{figures[shop]['rows']['member']:,} members"
            for name in SHOWN:
                found = answers[name]
                summary[f"{of}, {name}"] = f"p50 {found['p50_ms']} ms, p95 {found['p95_ms']} ms"
            slowest = max(answers, key=lambda name: answers[name]["p95_ms"])
            summary[f"{of}, slowest"] = f"{slowest}: p95 {answers[slowest]['p95_ms']} ms"
    return summary


if __name__ == "__main__":
    main()
