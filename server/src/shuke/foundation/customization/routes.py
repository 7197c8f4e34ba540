"""Custom fields over HTTP."""

from typing import Annotated

from fastapi import Header, Path, Response

from shuke.platform.db import Session
from shuke.platform.http import RequestSession, Router, allowed, declares, signed_in

from . import actions
from .errors import BadDefinition, FieldChanged, FieldNotFound, KeyTaken, TooManyFields
from .permissions import WRITE
from .queries import list_fields
from .rules.fields import MOST_FIELDS, MOST_FILTERABLE
from .schemas import (
    CustomFieldChangeIn,
    CustomFieldIn,
    CustomFieldOrderIn,
    CustomFieldOut,
    CustomFieldsOut,
    FilterableIn,
    shown,
)

router = Router(tags=["custom fields"])

PathKey = Annotated[str, Path(max_length=40)]


@router.get("/v1/custom-fields", dependencies=[signed_in()])
async def get_fields(session: RequestSession, archived: bool = False) -> CustomFieldsOut:
    """The fields in their order, and how many there can be. `archived`: those out of use too."""
    return await _answer(session, with_archived=archived)


@router.post(
    "/v1/custom-fields",
    status_code=201,
    dependencies=[allowed(WRITE)],
    responses=declares(BadDefinition, KeyTaken, TooManyFields),
)
async def add_field(session: RequestSession, body: CustomFieldIn, response: Response) -> CustomFieldOut:
    """Add a field. Its key, its kind and whether it is personal never change."""
    wanted = body.as_field(body.key, body.kind, is_personal=body.is_personal)
    added = await actions.add_field(session, wanted, is_filterable=body.is_filterable)
    response.headers["Location"] = f"/v1/custom-fields/{added.key}"
    return shown(added)


@router.put("/v1/custom-fields/order", dependencies=[allowed(WRITE)], responses=declares(FieldNotFound))
async def arrange_fields(session: RequestSession, body: CustomFieldOrderIn) -> CustomFieldsOut:
    """Show the fields in this order; those that are not named come after."""
    await actions.arrange_fields(session, body.keys)
    return await _answer(session, with_archived=False)


@router.put(
    "/v1/custom-fields/{key}",
    dependencies=[allowed(WRITE)],
    responses=declares(FieldNotFound, FieldChanged, BadDefinition),
)
async def change_field(
    session: RequestSession,
    key: PathKey,
    body: CustomFieldChangeIn,
    if_match: Annotated[str | None, Header(max_length=40, description="The version that was read.")] = None,
) -> CustomFieldOut:
    """Write a field's words, limits and choices anew. What was filled in stays as it is."""
    seen = (if_match or "").strip().removeprefix("W/").strip('"')
    version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else None
    return shown(await actions.change_field(session, body.as_field(key), version=version))


@router.post("/v1/custom-fields/{key}/archive", dependencies=[allowed(WRITE)], responses=declares(FieldNotFound))
async def archive_field(session: RequestSession, key: PathKey) -> CustomFieldOut:
    """Take a field out of use. What was filled in stays, and is back when the field is restored."""
    return shown(await actions.archive_field(session, key))


@router.post(
    "/v1/custom-fields/{key}/restore",
    dependencies=[allowed(WRITE)],
    responses=declares(FieldNotFound, TooManyFields),
)
async def restore_field(session: RequestSession, key: PathKey) -> CustomFieldOut:
    """Bring an archived field back."""
    return shown(await actions.restore_field(session, key))


@router.put(
    "/v1/custom-fields/{key}/filterable",
    dependencies=[allowed(WRITE)],
    responses=declares(FieldNotFound, BadDefinition, TooManyFields),
)
async def set_filterable(session: RequestSession, key: PathKey, body: FilterableIn) -> CustomFieldOut:
    """Let lists be filtered and sorted by a field, or no more. The index is made in the background: see its state."""
    return shown(await actions.set_filterable(session, key, is_filterable=body.is_filterable))


async def _answer(session: Session, *, with_archived: bool) -> CustomFieldsOut:
    fields = await list_fields(session, with_archived=with_archived)
    in_use = [field for field in fields if not field.is_archived]
    return CustomFieldsOut(
        items=[shown(field) for field in fields],
        used=len(in_use),
        limit=MOST_FIELDS,
        filterable_used=sum(field.index_state in ("building", "ready", "failed") for field in in_use),
        filterable_limit=MOST_FILTERABLE,
    )
