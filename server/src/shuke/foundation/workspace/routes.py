"""What people arrange, over HTTP: each for themselves."""

from typing import Annotated

from fastapi import Path, Query

from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.http import CurrentActor, RequestSession, Router, declares, signed_in
from shuke.platform.refusals import NotAllowed

from . import settings, views
from .errors import SettingTooLarge, TooManySettings, TooManyViews, ViewNotFound, ViewOwnerIsHere, ViewTooLarge
from .schemas import (
    ListName,
    SavedViewChangeIn,
    SavedViewIn,
    SavedViewOut,
    SavedViewsOut,
    SettingIn,
    SettingsOut,
    ViewArrangementIn,
    ViewContent,
)

router = Router(tags=["workspace"])

Key = Annotated[str, Path(max_length=60, pattern=r"^[a-z][a-z0-9_.-]*$")]


@router.get("/v1/session/settings", dependencies=[signed_in()])
async def get_settings(session: RequestSession, actor: CurrentActor) -> SettingsOut:
    """The signed-in person's own settings."""
    return SettingsOut(settings=await settings.list_settings(session, actor.id))


@router.put(
    "/v1/session/settings/{key}",
    dependencies=[signed_in()],
    status_code=204,
    responses=declares(SettingTooLarge, TooManySettings),
)
async def put_setting(key: Key, body: SettingIn, session: RequestSession, actor: CurrentActor) -> None:
    """Keep a setting; the one before is replaced."""
    await settings.save_setting(session, actor.id, key, body.value)


@router.delete("/v1/session/settings/{key}", dependencies=[signed_in()], status_code=204)
async def delete_setting(key: Key, session: RequestSession, actor: CurrentActor) -> None:
    """Let a setting go."""
    await settings.forget_setting(session, actor.id, key)


@router.get("/v1/views", dependencies=[signed_in()])
async def get_views(
    session: RequestSession, actor: CurrentActor, list_name: Annotated[ListName, Query(alias="list")]
) -> SavedViewsOut:
    """The views of a list: the caller's own, and the shared ones."""
    found = await views.list_views(session, actor, list_name)
    return SavedViewsOut(
        items=await _shown(session, actor, found.items), default_id=found.default_id, pinned=found.pinned
    )


@router.post(
    "/v1/views",
    dependencies=[signed_in()],
    status_code=201,
    responses=declares(NotAllowed, ViewTooLarge, TooManyViews),
)
async def post_view(body: SavedViewIn, session: RequestSession, actor: CurrentActor) -> SavedViewOut:
    """Keep how a list is shown, under a name. What people type to search for one person is left out."""
    made = await views.add_view(
        session,
        actor,
        list_name=body.list,
        name=body.name,
        is_shared=body.is_shared,
        content=body.content.model_dump(),
    )
    return (await _shown(session, actor, [made]))[0]


@router.put(
    "/v1/views/arrangement",
    dependencies=[signed_in()],
    status_code=204,
    responses=declares(ViewNotFound, TooManySettings),
)
async def put_arrangement(body: ViewArrangementIn, session: RequestSession, actor: CurrentActor) -> None:
    """Say which view of a list opens first for the caller, and which stand in front."""
    await views.arrange(session, actor, body.list, default_id=body.default_id, pinned=body.pinned)


@router.patch(
    "/v1/views/{view_id}", dependencies=[signed_in()], responses=declares(ViewNotFound, NotAllowed, ViewTooLarge)
)
async def patch_view(
    view_id: int, body: SavedViewChangeIn, session: RequestSession, actor: CurrentActor
) -> SavedViewOut:
    """Change a view's name, content, or whether it is shared."""
    changed = await views.change_view(
        session,
        actor,
        view_id,
        name=body.name,
        is_shared=body.is_shared,
        content=None if body.content is None else body.content.model_dump(),
    )
    return (await _shown(session, actor, [changed]))[0]


@router.delete(
    "/v1/views/{view_id}",
    dependencies=[signed_in()],
    status_code=204,
    responses=declares(ViewNotFound, NotAllowed),
)
async def delete_view(view_id: int, session: RequestSession, actor: CurrentActor) -> None:
    """Delete a view; whoever had it open first gets the list as usual."""
    await views.delete_view(session, actor, view_id)


@router.post(
    "/v1/views/{view_id}/take-over",
    dependencies=[signed_in()],
    responses=declares(ViewNotFound, NotAllowed, ViewOwnerIsHere),
)
async def post_take_over(view_id: int, session: RequestSession, actor: CurrentActor) -> SavedViewOut:
    """Become the owner of a shared view whose owner left."""
    return (await _shown(session, actor, [await views.take_over(session, actor, view_id)]))[0]


async def _shown(session: Session, actor: Actor, found: list[views.SavedView]) -> list[SavedViewOut]:
    names = await views.owner_names(session, found)
    return [
        SavedViewOut(
            id=one.view_id,
            list=one.list,
            name=one.name,
            is_shared=one.is_shared,
            is_mine=one.owner_id == actor.id,
            owner=names.get(one.owner_id),
            content=ViewContent.model_validate(one.content),
            changed_at=one.changed_at,
        )
        for one in found
    ]
