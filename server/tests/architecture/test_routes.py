"""Who may call what: every route says it, and every role is held to it. Generated from the routes themselves."""

import re

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from shuke.foundation.staff import rules
from shuke.main.modules import MODULES
from shuke.main.testing import signed_in
from shuke.platform import http
from shuke.platform.compose import access_of, api_routes
from shuke.platform.db import Database

ROUTES = {f"{method} {route.path}": route for route in api_routes(MODULES) for method in sorted(route.methods or ())}
KNOWN = {permission.code for module in MODULES for permission in module.permissions}
# Whoever adds to this list opens a door to everybody, and says why here.
OPEN = {
    "GET /docs": "the API's own description",
    "GET /docs/errors": "what each error means",
    "GET /livez": "for whoever watches the process",
    "GET /readyz": "for load balancers",
    "GET /metrics": "asks by itself: open on this machine, elsewhere with a permission",
    "POST /v1/session": "signing in",
    "POST /v1/session/second-factor": "the second step of signing in",
    "POST /v1/session/passkey": "signing in with a passkey",
    "POST /v1/session/passkey/options": "what a passkey is asked to sign",
    "GET /v1/session/providers": "the names of the providers through whom one can sign in",
    "POST /v1/session/provider/way": "where to go to sign in through a provider",
    "POST /v1/session/provider": "coming back from a provider",
    "POST /v1/coupon-rush/claims": "the signed ticket says who comes",
    "POST /v1/coupon-rush/entries": "the signed ticket says who comes",
}


# These ask again who one is, and are not told here.
ASK_AGAIN = {"POST /v1/session/password", "POST /v1/session/proof"}


def reach_of(route: APIRoute) -> str:
    access = access_of(route)
    assert access is not None
    return access.reach


# Routes that change what is everybody's, by who may see a part: whoever adds to this list says why here.
COMMON_CHANGES: dict[str, str] = {
    "POST /v1/coupon-templates/preview": "writes nothing: says what a draft means",
    "POST /v1/coupon-stacking/try": "writes nothing: says which coupons go together",
}


def label_of(route: APIRoute) -> str:
    access = access_of(route)
    assert access is not None, f"{route.path} does not say who may call it"
    return access.label


def closed_routes() -> list[str]:
    return [name for name, route in ROUTES.items() if label_of(route) != "public"]


def permissions_of(role: str) -> frozenset[str]:
    return next(rules.expand(found.patterns, KNOWN) for found in rules.BUILT_IN_ROLES if found.code == role)


async def call(browser: httpx.AsyncClient, name: str) -> httpx.Response:
    method, path = name.split(" ")
    return await browser.request(method, re.sub(r"\{[^}]+\}", "1", path), json={} if method != "GET" else None)


def test_every_permission_of_a_route_is_declared_by_a_module():
    named = {label_of(route) for route in ROUTES.values()} - {"public", "signed in"}

    assert named - KNOWN == set()


def test_only_these_routes_are_open_to_everybody():
    found = {name for name, route in ROUTES.items() if label_of(route) == "public"}

    assert found - OPEN.keys() == set()


def test_a_route_that_changes_something_asks_for_more_than_reading():
    reading = {
        name for name, route in ROUTES.items() if not name.startswith("GET ") and label_of(route).endswith(".read")
    }

    assert reading == set()


def asks(route: APIRoute, *wanted: object) -> bool:
    """Whether a dependency of a route, however deep, is one of these."""
    waiting = list(route.dependant.dependencies)
    while waiting:
        here = waiting.pop()
        if here.call in wanted:
            return True
        waiting += here.dependencies
    return False


def test_a_route_that_narrows_asks_whose_sight_it_is():
    blind = {
        name
        for name, route in ROUTES.items()
        if (found := access_of(route)) is not None
        and found.reach == "narrowed"
        and not asks(route, http._sight, http._actor)
    }

    assert blind == set()


def test_what_is_the_same_for_everybody_is_changed_by_who_sees_everybody():
    """A route that changes something of the whole shop is not `common`: else a clerk of one store changes all."""
    common = {
        name
        for name, route in ROUTES.items()
        if (found := access_of(route)) is not None
        and found.reach == "common"
        and not name.startswith("GET ")
        and found.label not in {"public", "signed in"}
    }

    assert common - COMMON_CHANGES.keys() == set()


async def test_whoever_is_not_signed_in_is_turned_away_everywhere(anonymous: httpx.AsyncClient):
    answers = {name: (await call(anonymous, name)).status_code for name in closed_routes()}

    assert answers == dict.fromkeys(answers, 401)
    assert answers


async def answers_of(app: FastAPI, database: Database, role: str) -> dict[str, int]:
    """The status that each route answers to somebody of a role who is signed in."""
    answers, waiting = {}, closed_routes()
    while waiting:
        async with signed_in(app, database, role=role) as browser:
            is_new = True
            while waiting:
                status = (await call(browser, waiting[0])).status_code
                if status == 401 and not is_new:
                    # Some routes end the session that calls them: somebody new asks, and that answer counts.
                    break
                answers[waiting.pop(0)] = status
                is_new = False
    return answers


@pytest.mark.parametrize("role", [role.code for role in rules.BUILT_IN_ROLES])
async def test_a_role_is_refused_exactly_what_it_has_no_permission_for(app: FastAPI, database: Database, role: str):
    granted = permissions_of(role) | {"signed in"}

    answers = await answers_of(app, database, role)

    is_narrow = next(found.scope for found in rules.BUILT_IN_ROLES if found.code == role) != "all"
    refused = {name for name, status in answers.items() if status == 403}
    assert refused == {
        name
        for name in answers
        if label_of(ROUTES[name]) not in granted or (is_narrow and reach_of(ROUTES[name]) == "whole")
    }
    assert [name for name, status in answers.items() if status == 401 and name not in ASK_AGAIN] == []
    assert [name for name, status in answers.items() if status >= 500] == []


def test_no_operation_is_hidden_from_these_tests(app: FastAPI):
    shown = {f"{method.upper()} {path}" for path, found in app.openapi()["paths"].items() for method in found}

    assert shown - ROUTES.keys() == set()
