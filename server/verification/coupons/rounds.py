"""Rounds of a rush: many members with several tickets, each sent again and again, while faults strike or not."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from verification.coupons.ground import Ground
from verification.coupons.judging import judge
from verification.coupons.shoppers import Attempt, Heard, Shoppers, attempt

Fault = Literal["none", "kill", "database"]
_WITHIN_S = 600.0


@dataclass(frozen=True)
class Plan:
    """A round: how many want how much, and what strikes in the middle.

    Of each member's attempts, half are one ticket sent again, the others tickets of their own.
    """

    stock: int
    attempts_each: int
    connections: int
    faults: Sequence[Fault] = ()
    members: int | None = None


@dataclass(frozen=True)
class Round:
    """What came of it."""

    heard: Heard
    wrong: list[str]
    struck: list[str]


async def play(ground: Ground, code: str, plan: Plan, *, seed: int) -> Round:
    """One round with a template of its own."""
    template_id = await ground.template(code, stock=plan.stock)
    people = ground.members[: plan.members]
    shoppers = Shoppers(_attempts(ground, template_id, people, plan, seed), ground.ports, plan.connections)
    struck: list[str] = []
    disturbing = asyncio.create_task(_disturb(ground, shoppers, plan, struck))
    try:
        heard = await shoppers.run(within_s=_WITHIN_S)
    finally:
        disturbing.cancel()
    # Connections from before the database was stopped are of no use any more.
    await ground.database.close()
    async with ground.database.transaction() as session:
        wrong = await judge(session, template_id, heard, stock=plan.stock, wanting=len(people))
    if heard.outcomes["request.internal_error"]:
        wrong.append(f"the program failed: {ground.first_error()}")
    if len(struck) < len(plan.faults):
        wrong.append(f"of {list(plan.faults)} only {struck} struck while there was something to take")
    return Round(heard, wrong, struck)


def _attempts(ground: Ground, template_id: int, people: Sequence[int], plan: Plan, seed: int) -> list[Attempt]:
    attempts = []
    same = (plan.attempts_each + 1) // 2
    for member_id in people:
        first = ground.ticket(template_id, member_id)
        tickets = [first] * same + [ground.ticket(template_id, member_id) for _ in range(plan.attempts_each - same)]
        attempts += [attempt(member_id, ticket) for ticket in tickets]
    random.Random(seed).shuffle(attempts)
    return attempts


async def _disturb(ground: Ground, shoppers: Shoppers, plan: Plan, struck: list[str]) -> None:
    """Strike one fault after the other, spread over the time in which units are taken."""
    strikes: dict[Fault, Callable[[], Awaitable[None]]] = {
        "kill": lambda: _kill(ground),
        "database": ground.program.crash_database,
    }
    for number, fault in enumerate(plan.faults, start=1):
        await shoppers.until_new(plan.stock * number // (len(plan.faults) + 1))
        if shoppers.heard.sold_out is not None:
            return
        await strikes[fault]()
        struck.append(fault)


async def _kill(ground: Ground) -> None:
    for web in ground.webs:
        web.kill()
