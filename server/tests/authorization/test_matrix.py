"""Roles by scopes by routes by people: whoever may not, is refused, changes nothing, and learns of nobody."""

from collections.abc import Sequence
from hashlib import sha256

import pytest

from shuke.foundation.staff import rules
from shuke.main.modules import MODULES
from tests.authorization.calls import ROUTES, access, calls_about, unknown_names
from tests.authorization.ground import PEOPLE, SCOPES, Ground, browser
from tests.authorization.matrix import Case, Findings, is_seen, run, unseen_traces, unserved
from tests.authorization.people import patterns_of_roles

KNOWN = sorted(permission.code for module in MODULES for permission in module.permissions)
ROLES = patterns_of_roles(KNOWN)
CLOSED = [name for name in ROUTES if access(name).label != "public"]
NARROW = [name for name in SCOPES if name != "all"]
# Somebody of one's own store, of the store next door, of another region, of nobody.
SOME = ("ann", "cat", "dan", "eve")


def some(items: Sequence[str], share: int, *salt: str) -> list[str]:
    """One in `share` of the items, another choice for every salt, the same in every run."""
    return [one for one in items if int(sha256("/".join((*salt, one)).encode()).hexdigest(), 16) % share == 0]


async def cells(ground: Ground, role: str, scope: str, routes: Sequence[str], people: Sequence[str]) -> Findings:
    """What came out where one role with one scope calls routes about people."""
    findings = Findings()
    may = frozenset(rules.expand(ROLES[role], KNOWN))
    token = await ground.caller(ROLES[role], SCOPES[scope])
    cases = [Case(role, scope, call, may) for call in calls_about(ground, routes, people)]
    await run(ground, token, cases, findings)
    return findings


async def test_every_parameter_of_every_route_is_known_here(ground: Ground):
    assert unknown_names(ground) == []


async def test_an_administrator_is_served_by_every_route(ground: Ground):
    """Else refusals of others would say nothing: what is called here, works."""
    named = [name for name in CLOSED if access(name).label != "signed in"]

    assert await unserved(ground, calls_about(ground, named, ["ann", "dan"])) == []


@pytest.mark.parametrize("role", [one for one in ROLES if one != "administrator" and not one.startswith("only ")])
async def test_a_role_is_refused_what_it_has_no_permission_for(ground: Ground, role: str):
    findings = await cells(ground, role, "all", CLOSED, ["ann"])

    assert findings.wrong == []
    assert findings.counts["no permission"]


@pytest.mark.parametrize("code", KNOWN)
async def test_a_permission_alone_opens_its_own_routes_and_no_other(ground: Ground, code: str):
    own = [name for name in CLOSED if access(name).label == code]
    others = some([name for name in CLOSED if name not in own], 6, code)

    findings = await cells(ground, f"only {code}", "all", [*own, *others], ["ann"])

    assert findings.wrong == []


@pytest.mark.parametrize("scope", NARROW)
async def test_who_sees_a_part_is_served_that_part_and_learns_of_nobody_else(ground: Ground, scope: str):
    seen = [code for code in SOME if is_seen(SCOPES[scope], code)][:1]
    unseen = [code for code in SOME if not is_seen(SCOPES[scope], code)]
    about = [name for name in CLOSED if access(name).reach == "narrowed"]
    rest = [name for name in CLOSED if name not in about]

    findings = await cells(ground, "administrator", scope, about, [*seen, *unseen])
    findings_of_rest = await cells(ground, "administrator", scope, rest, ["ann"])

    assert findings.wrong + findings_of_rest.wrong == []
    assert findings.counts["not found"]


@pytest.mark.parametrize("role", ["manager", "viewer"])
@pytest.mark.parametrize("scope", NARROW)
async def test_other_roles_with_a_part_in_sight(ground: Ground, role: str, scope: str):
    findings = await cells(
        ground, role, scope, some(CLOSED, 5, role, scope), some(list(PEOPLE), 3, role, scope) or ["eve"]
    )

    assert findings.wrong == []


async def test_the_ground_shows_traces_of_everybody_to_who_sees_all(ground: Ground):
    """Else nothing above could fail: what must not appear elsewhere, appears here."""
    async with browser(ground.app, ground.admin) as client:
        shown = (await client.get("/v1/members", params={"limit": 100})).text
        shown += (await client.get("/v1/orders", params={"limit": 100})).text

    for code in PEOPLE:
        assert any(trace in shown for trace in ground.traces[code]), code
    assert set(unseen_traces(ground, SCOPES["nothing"]).values()) == set(PEOPLE)
