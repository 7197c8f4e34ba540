"""Settings of one person: small values by key, for screens that remember how somebody wants them."""

from typing import Any

import orjson
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from shuke.platform import clock
from shuke.platform.db import Session

from .errors import SettingTooLarge, TooManySettings
from .tables import user_setting

MOST_BYTES = 16_384
MOST_SETTINGS = 100


async def list_settings(session: Session, user_id: int) -> dict[str, Any]:
    """Everything that a person keeps, by key."""
    rows = await session.execute(
        select(user_setting.c.key, user_setting.c.value).where(user_setting.c.user_id == user_id)
    )
    return {row.key: row.value for row in rows}


async def find_setting(session: Session, user_id: int, key: str) -> Any:
    """One setting of a person; None where there is none."""
    wanted = select(user_setting.c.value).where(user_setting.c.user_id == user_id, user_setting.c.key == key)
    return (await session.execute(wanted)).scalar_one_or_none()


async def save_setting(session: Session, user_id: int, key: str, value: Any) -> None:
    """Keep a value under a key. Raises SettingTooLarge and TooManySettings."""
    if len(orjson.dumps(value)) > MOST_BYTES:
        raise SettingTooLarge(MOST_BYTES)
    others = select(func.count()).where(user_setting.c.user_id == user_id, user_setting.c.key != key)
    if (await session.execute(others)).scalar_one() >= MOST_SETTINGS:
        raise TooManySettings(MOST_SETTINGS)
    new = {"value": value, "changed_at": clock.wall()}
    statement = insert(user_setting).values(user_id=user_id, key=key, **new)
    await session.execute(statement.on_conflict_do_update(index_elements=["user_id", "key"], set_=new))


async def forget_setting(session: Session, user_id: int, key: str) -> None:
    """Let a setting go; one that is not there is no fault."""
    await session.execute(delete(user_setting).where(user_setting.c.user_id == user_id, user_setting.c.key == key))
