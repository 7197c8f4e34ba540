"""How long it takes to find one of a million members by phone: in the database alone, and over HTTP.

In the database: the phone is spelled and keyed, and its owner asked for, as everything that looks somebody up does it.
Over HTTP: the member's page asked for by phone, and the search box given the phone; one question after another on a
connection that stays open, each about somebody else. The crowd takes some minutes to make.
"""

import asyncio
import random
import time
from collections.abc import Callable
from typing import Any

import httpx
import uvloop

from benchmarks.common import (
    Bench,
    command_line,
    open_shop,
    percentiles,
    temporary_folder,
    token_of_administrator,
    web_server,
)
from benchmarks.common.crowd import enrol_crowd, phone_of
from shuke.main.installation import Installation
from shuke.people import members

WARM_UPS = 200


async def in_the_database(installation: Installation, places: list[int]) -> dict[str, float]:
    """Milliseconds of a look-up inside a transaction that is open already."""
    taken = []
    async with installation.database.transaction() as session:
        for run, place in enumerate(places):
            started = time.perf_counter()
            found = await members.resolve(session, [("phone", "", phone_of(place))])
            if run >= WARM_UPS:
                taken.append((time.perf_counter() - started) * 1000)
            assert len(found) == 1
    return percentiles(taken)


async def over_http(
    client: httpx.AsyncClient, places: list[int], question: Callable[[str], tuple[str, dict[str, Any]]]
) -> dict[str, float]:
    """Milliseconds from the first byte sent to the last received. Raises RuntimeError for a wrong answer."""
    taken = []
    for run, place in enumerate(places):
        path, parameters = question(phone_of(place))
        started = time.perf_counter()
        answer = await client.get(path, params=parameters)
        if run >= WARM_UPS:
            taken.append((time.perf_counter() - started) * 1000)
        if answer.status_code != 200 or not answer.json().get("items", [1]):
            raise RuntimeError(f"{path} answered {answer.status_code}")
    return percentiles(taken)


async def run(options: Any, bench: Bench) -> None:
    """Fill, measure, write."""
    with temporary_folder() as folder:
        async with open_shop(folder) as installation:
            started = time.perf_counter()
            await enrol_crowd(installation, folder, options.members)
            made_in_s = round(time.perf_counter() - started, 1)
            print(f"  {options.members:,} members in {made_in_s} s", flush=True)
            chance = random.Random(7)
            places = [chance.randrange(options.members) for _ in range(WARM_UPS + options.requests)]
            figures = {"database": await in_the_database(installation, places)}
            token = await token_of_administrator(installation.database)
            async with web_server(folder, token=token) as client:
                figures["page"] = await over_http(client, places, lambda phone: (f"/v1/members/phone:{phone}", {}))
                figures["search"] = await over_http(client, places, lambda phone: ("/v1/members", {"q": phone}))
    of = f"{options.members:,} members, by phone"
    shown = {name: f"p50 {one['p50_ms']} ms, p95 {one['p95_ms']} ms" for name, one in figures.items()}
    bench.write(
        {"members": options.members, "made_in_s": made_in_s, **figures},
        {f"{of}, {name}": value for name, value in shown.items()},
    )


def main() -> None:
    """Measure with the options given."""
    parser = command_line(__doc__)
    parser.add_argument("--members", type=int, default=1_000_000)
    parser.add_argument("--requests", type=int, default=2_000, help="how often each question is asked")
    options = parser.parse_args()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run(options, Bench("lookup", options)))


if __name__ == "__main__":
    main()
