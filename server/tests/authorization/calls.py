"""The calls of each route about one person, made from the route's own declaration and the registry of names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType, UnionType
from typing import Any, Union, get_args, get_origin
from urllib.parse import quote
from uuid import uuid4

import httpx
from fastapi.params import File, Form
from fastapi.routing import APIRoute
from pydantic import BaseModel

from shuke.main.modules import MODULES
from shuke.platform.compose import access_of, api_routes
from shuke.platform.http import Access

from .ground import Ground
from .names import BODIES, ELSEWHERE, PERSONAL, PLAIN, Filled, NotTheirs

ROUTES = {
    f"{method} {route.path}": route
    for route in api_routes(MODULES)
    for method in sorted((route.methods or set()) - {"HEAD"})
}


class UnknownName(AssertionError):
    """Parameters that the registry does not know."""

    def __init__(self, route: str, names: list[str]) -> None:
        super().__init__(
            f"{route}: {', '.join(dict.fromkeys(names))} is new here. Say in tests/authorization/names.py what it "
            "means: in PERSONAL when it names something of one member (and plant one for each person in ground.py), in "
            "PLAIN when it is the same for everybody, in ELSEWHERE for this route alone; or write the whole body into "
            "BODIES."
        )


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request, ready to be sent, and whose things it names."""

    route: str
    method: str
    url: str
    body: Any
    is_upload: bool
    headers: dict[str, str]
    people: frozenset[str]
    person: str

    async def send(self, client: httpx.AsyncClient) -> httpx.Response:
        """The answer."""
        if self.is_upload:
            return await client.request(self.method, self.url, files={"file": ("a.csv", b"a,b\n1,2\n")})
        headers = {**self.headers, "Idempotency-Key": uuid4().hex} if self.method != "GET" else self.headers
        return await client.request(self.method, self.url, json=self.body, headers=headers)


def access(name: str) -> Access:
    """What a route declares."""
    found = access_of(ROUTES[name])
    assert found is not None, f"{name} does not say who may call it"
    return found


def call_of(
    name: str,
    ground: Ground,
    person: str,
    *,
    plain: bool = False,
    page: bool = False,
    instead: Mapping[str, Any] = MappingProxyType({}),
    other: str | None = None,
) -> Call:
    """The call of a route about a person. Raises UnknownName, and NotTheirs where the person has no such thing.

    `plain`: without the parameters that may be left out; `page`: pages of one, so that there is a cursor; `instead`:
    values by parameter; `other`: who is named where the route takes two.
    """
    route, method = ROUTES[name], name.split(" ", maxsplit=1)[0]
    filled = Filled(ground, person, instead=instead, other=other)
    path = route.path
    for parameter in route.dependant.path_params:
        path = path.replace(f"{{{parameter.name}}}", quote(str(_value(name, parameter.name, filled)), safe=""))
    wanted = {one.alias: _value(name, one.alias, filled) for one in _queries(route, plain=plain)}
    wanted |= {"limit": 1} if page else {}
    seen = ELSEWHERE.get(name, {}).get("if-match", lambda filled: ground.own[person]["version"])
    headers = {"If-Match": f'"{seen(filled)}"'} if _takes(route, "header_params", "if-match") else {}
    is_upload = route.body_field is not None and isinstance(route.body_field.field_info, Form | File)
    body = None if is_upload else _body(name, route, filled)
    if filled.unknown:
        raise UnknownName(name, filled.unknown)
    return Call(
        route=name,
        method=method,
        url=str(httpx.URL(path, params=wanted)),
        body=body,
        is_upload=is_upload,
        headers=headers,
        people=frozenset(filled.people),
        person=person,
    )


def unknown_names(ground: Ground) -> list[str]:
    """Every parameter of every route that the registry does not know, with what to do."""
    found = []
    for name in ROUTES:
        try:
            call_of(name, ground, "ann")
        except UnknownName as unknown:
            found.append(str(unknown))
    return found


def calls_about(ground: Ground, routes: Iterable[str], people: Sequence[str]) -> list[Call]:
    """The calls of routes about people; a route that is about nobody is called once.

    Routes with parameters that the registry does not know are left out: one test says so, once.
    """
    found: list[Call] = []
    for name in routes:
        with suppress(UnknownName):
            found += _calls_of(name, ground, people)
    return found


def _calls_of(name: str, ground: Ground, people: Sequence[str]) -> list[Call]:
    found = []
    for code in people:
        with suppress(NotTheirs):
            found.append(call_of(name, ground, code))
    if found and not found[0].people:
        found = found[:1]
    route = ROUTES[name]
    optional = [one for one in _queries(route) if not one.field_info.is_required()]
    if found and (optional or _takes(route, "query_params", "limit")):
        plain = call_of(name, ground, people[0], plain=True)
        found += [] if plain.people or not optional else [plain]
        if _takes(route, "query_params", "limit") and not plain.people:
            found.append(call_of(name, ground, people[0], plain=True, page=True))
    return found


def _takes(route: APIRoute, kind: str, alias: str) -> bool:
    return any(one.alias.lower() == alias for one in _flat(route, kind))


def _queries(route: APIRoute, *, plain: bool = False) -> list[Any]:
    """Required ones; and, unless `plain`, those that name something of a member although they may be left out."""
    return [
        one
        for one in _flat(route, "query_params")
        if one.field_info.is_required() or (one.alias in PERSONAL and not plain)
    ]


def personal_names(name: str) -> list[str]:
    """The parameters of path and query that name something of a member."""
    route = ROUTES[name]
    named = [one.name for one in route.dependant.path_params] + [one.alias for one in _flat(route, "query_params")]
    return [one for one in named if one in PERSONAL]


def _flat(route: APIRoute, kind: str) -> Iterator[Any]:
    waiting = [route.dependant]
    while waiting:
        here = waiting.pop()
        yield from getattr(here, kind)
        waiting += here.dependencies


def _value(route: str, name: str, filled: Filled) -> Any:
    if name in filled.instead:
        return filled.instead[name]
    special = ELSEWHERE.get(route, {}).get(name)
    if special is not None:
        return special(filled)
    if name in PERSONAL:
        return PERSONAL[name](filled)
    if name in PLAIN:
        return PLAIN[name](filled.ground)
    filled.unknown.append(name)
    return "1"


def _body(name: str, route: APIRoute, filled: Filled) -> Any:
    if name in BODIES:
        return BODIES[name](filled)
    if route.body_field is None:
        return None
    return _example(name, route.body_field.field_info.annotation, filled)


def _example(name: str, kind: Any, filled: Filled) -> Any:
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        filled.unknown.append("the body")
        return None
    found = {}
    for field_name, info in kind.model_fields.items():
        alias = info.alias or field_name
        if not info.is_required() and alias not in PERSONAL:
            continue
        if str(get_origin(info.annotation)) == "typing.Literal":
            found[alias] = get_args(info.annotation)[0]
            continue
        if alias in PERSONAL or alias in PLAIN or alias in ELSEWHERE.get(name, {}):
            if info.is_required() or alias in {"member", "member_id"}:
                found[alias] = _value(name, alias, filled)
            continue
        found[alias] = _plain(name, alias, info.annotation, filled)
    return found


def _plain(name: str, alias: str, kind: Any, filled: Filled) -> Any:
    """A value for a field that needs no meaning: one of a choice, a yes or no, an object of such."""
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        return _plain(name, alias, next(one for one in get_args(kind) if one is not type(None)), filled)
    if origin is not None and str(origin) == "typing.Literal":
        return get_args(kind)[0]
    if kind is bool:
        return True
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _example(name, kind, filled)
    return _value(name, alias, filled)
