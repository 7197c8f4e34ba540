"""Puts the modules' routers together into one app, and makes its OpenAPI true."""

from collections.abc import Iterator, Sequence
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from shuke.platform import http, idempotency, problems, refusals
from shuke.platform.db import Database
from shuke.platform.edge import Edge
from shuke.platform.errors import AppError
from shuke.platform.lanes import Lanes
from shuke.platform.limits import Limits, TooManyRequests
from shuke.platform.module import Module, contributions, install, installed
from shuke.platform.trail import Restraint


class CompositionError(RuntimeError):
    """The modules do not fit together; the message names the route and says what is missing."""


def compose(modules: Sequence[Module], database: Database, *, version: str, title: str = "Shuke 熟客") -> FastAPI:
    """One app of all modules' routes. Raises CompositionError when a route does not say who may call it."""
    install(modules)
    app = FastAPI(title=title, version=version, docs_url=None, redoc_url=None, openapi_url="/openapi.json")
    app.state.database = database
    app.state.limits = Limits()
    app.state.restraint = Restraint()
    http.handle_errors(app)
    app.add_middleware(Lanes)
    app.add_middleware(Edge)
    known = {permission.code for module in modules for permission in module.permissions}
    for module in modules:
        if module.router is not None:
            app.include_router(module.router)
            for route in _flat(module.router):
                _check(module, route, known)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]  # FastAPI's documented way to extend it
    return app


def access_of(route: APIRoute) -> http.Access | None:
    """Who may call a route; None when it does not say."""
    found = [call for call in _calls(route.dependant) if isinstance(call, http.Access)]
    return found[0] if found else None


def api_routes(modules: Sequence[Module]) -> list[APIRoute]:
    """Every route of the modules, in order."""
    routers = [module.router for module in modules if module.router is not None]
    return [route for router in routers for route in _flat(router) if isinstance(route, APIRoute)]


def _flat(router: APIRouter) -> Iterator[Any]:
    """The routes of a router and of those in it; nested without a prefix, so that a path is whole where it stands."""
    for route in router.routes:
        inner = getattr(route, "original_router", None)
        if isinstance(inner, APIRouter):
            yield from _flat(inner)
        else:
            yield route


def _calls(dependant: Dependant) -> Iterator[Any]:
    for child in dependant.dependencies:
        yield child.call
        yield from _calls(child)


def _check(module: Module, route: Any, known: set[str]) -> None:
    if not isinstance(route, http.Route):
        path = getattr(route, "path", type(route).__name__)
        raise CompositionError(f"{module.name}: {path} is not made with shuke.platform.http.Router.")
    access = access_of(route)
    if access is None:
        raise CompositionError(
            f"{module.name}: {sorted(route.methods or ())} {route.path} does not say who may call it. "
            'Add dependencies=[allowed("…")], or public() where anybody may.'
        )
    if access.label not in known | {"public", "signed in"}:
        raise CompositionError(
            f"{module.name}: {route.path} wants the permission {access.label}, which no module declares."
        )


def _openapi(app: FastAPI) -> dict[str, Any]:
    if app.openapi_schema:
        return app.openapi_schema
    schema = FastAPI.openapi(app)
    components = schema.setdefault("components", {}).setdefault("schemas", {})
    described = problems.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    components |= described.pop("$defs") | {"Problem": described}
    components.pop("HTTPValidationError", None)
    components.pop("ValidationError", None)
    routes = {(route.path_format, method.lower()): route for route in _mounted(app) for method in route.methods or ()}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            _declare(operation, method, routes[path, method])
    return schema


def _mounted(app: FastAPI) -> list[APIRoute]:
    own = [route for route in app.routes if isinstance(route, APIRoute)]
    return own + api_routes(installed())


def _declare(operation: dict[str, Any], method: str, route: APIRoute) -> None:
    """Add what every route of its kind can answer to what the route itself declares."""
    access = access_of(route)
    errors: list[type[AppError]] = [problems.RequestInvalid, problems.Overloaded, problems.Busy, TooManyRequests]
    if access is not None:
        errors += _refusals_of(access)
        if access.label not in {"public", "signed in"}:
            operation["x-permission"] = access.label
    if method.upper() not in http.SAFE_METHODS:
        errors += [problems.BodyTooLarge, refusals.ClientHeaderMissing]
        if access is not None and access.label != "public":
            errors += [idempotency.KeyReused, idempotency.KeyInvalid]
            errors.append(idempotency.KeyMissing if access.has_own_keys else idempotency.KeyInFlight)
            operation.setdefault("parameters", []).append(_OWN_KEY if access.has_own_keys else _IDEMPOTENCY_KEY)
    if operation["responses"].get("422", {}).get("description") == "Validation Error":
        del operation["responses"]["422"]
    for status, response in http.declares(*errors).items():
        present = operation["responses"].setdefault(str(status), response)
        if present is not response:
            codes = dict.fromkeys([*present["description"].split(", "), *response["description"].split(", ")])
            present["description"] = ", ".join(codes)
    for response in operation["responses"].values():
        response.pop("codes", None)
    for parameter in operation.get("parameters", []):
        parameter["schema"] = _never_null(parameter["schema"])


def _refusals_of(access: http.Access) -> list[type[AppError]]:
    """What a caller may hear from a route's access."""
    if access.label == "public":
        return []
    errors: list[type[AppError]] = [item.refusal for item in contributions(http.Authenticator)]
    errors.append(refusals.StaffOnly if access.label == "signed in" else refusals.NotAllowed)
    if access.label != "signed in" and access.reach == "whole":
        errors.append(refusals.OutOfSight)
    if access.needs_fresh:
        errors.append(refusals.ProofNeeded)
    return errors


def _never_null(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a parameter: it is left out, and never null."""
    kinds = [kind for kind in schema.get("anyOf", []) if kind != {"type": "null"}]
    if len(kinds) != 1:
        return schema
    return {**{name: value for name, value in schema.items() if name != "anyOf"}, **kinds[0]}


_OWN_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "Same key and same request: same answer, one effect. Kept for ever, with what it moved.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Same key and same request: same answer, one effect. Kept for 30 days.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}
