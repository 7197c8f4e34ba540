"""What people arrange, over HTTP: each for themselves."""

from typing import Annotated

from fastapi import Path

from shuke.platform.http import CurrentActor, RequestSession, Router, declares, signed_in

from . import settings
from .errors import SettingTooLarge, TooManySettings
from .schemas import SettingIn, SettingsOut

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
