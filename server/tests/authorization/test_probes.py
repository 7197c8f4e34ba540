"""A clerk of one store tries ids: real ones of other places, and made-up ones. Both get the same answer: nothing."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from tests.authorization.calls import ROUTES, Call, access, call_of, personal_names
from tests.authorization.ground import FIRST_ID, PEOPLE, SCOPES, Ground, browser
from tests.authorization.matrix import Traces, is_seen
from tests.authorization.names import NotTheirs

CLERK = SCOPES["own store"]
UNSEEN = [code for code in PEOPLE if not is_seen(CLERK, code)]
GETS = [
    name for name in ROUTES if name.startswith("GET ") and access(name).reach == "narrowed" and personal_names(name)
]
TRACE = re.compile(r'"trace_id":"[^"]*"')


def probes(ground: Ground, count: int, seed: int) -> Iterator[tuple[str, bool, Call, tuple[str, ...]]]:
    """Route, whether what is named exists, the call, and the values that were tried."""
    chance = random.Random(seed)
    while count:
        name, person, is_real = chance.choice(GETS), chance.choice(UNSEEN), chance.random() < 0.5
        try:
            tried = {one: _tried(ground, person, one, chance, is_real=is_real) for one in personal_names(name)}
            yield name, is_real, call_of(name, ground, person, instead=tried), tuple(map(str, tried.values()))
        except NotTheirs:
            continue
        count -= 1


def _tried(ground: Ground, person: str, name: str, chance: random.Random, *, is_real: bool) -> str:
    own = ground.own[person]
    if name == "member":
        real = [str(own["member"]), f"number:{own['number']}", f"phone:+86{PEOPLE[person].phone}", str(own["former"])]
        made_up = [str(chance.randrange(1, 2**40)), "number:M23456789", f"phone:+86154{chance.randrange(10**8):08}"]
        return chance.choice(real if is_real else made_up)
    known = {"order": ("order", "second_order")}.get(name, (_own_name(name, own),))
    if is_real:
        found = own.get(chance.choice(known))
        if found is None:
            raise NotTheirs
        return str(found)
    return str(chance.randrange(FIRST_ID + 500_000, 2**40))


def _own_name(name: str, own: dict[str, object]) -> str:
    return {"request_id": "request"}.get(name, name)


async def probe(ground: Ground, count: int) -> None:
    token = await ground.caller(("*",), CLERK)
    traces = Traces(ground, CLERK)
    answers: dict[str, dict[bool, set[str]]] = defaultdict(lambda: {True: set(), False: set()})
    leaks = []
    async with browser(ground.dry, token) as client:
        for name, is_real, call, tried in probes(ground, count, seed=20260301):
            answer = await call.send(client)
            leaks += [f"{call.url}: {found}" for found in traces.in_answer(call, answer)]
            told = f"{answer.status_code} {TRACE.sub('', answer.text)}"
            for value in sorted(tried, key=len, reverse=True):
                told = told.replace(value, "…")
            answers[name][is_real].add(told)

    assert leaks == []
    different = {
        name: found for name, found in answers.items() if found[True] and found[False] and found[True] != found[False]
    }
    assert different == {}
    assert {status for found in answers.values() for told in found[True] for status in [told[:3]]} <= {
        "404",
        "200",
        "422",
    }
    assert all('"items":[]' in told for found in answers.values() for told in found[True] if told[:3] == "200")


async def test_a_thousand_probes_find_nobody(ground: Ground):
    await probe(ground, 1_000)


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_ten_thousand_probes_find_nobody(ground: Ground):
    await probe(ground, 10_000)


async def test_the_probes_would_find_who_is_seen(ground: Ground):
    """The same calls by whoever sees all get answers: else the tests above could not fail."""
    async with browser(ground.dry, ground.second) as client:
        statuses = {
            (await call.send(client)).status_code for _, is_real, call, _ in probes(ground, 60, seed=7) if is_real
        }

    assert 200 in statuses
