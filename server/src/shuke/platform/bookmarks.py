"""Where work that goes step by step has got to: read and moved in the transaction of the step itself.

A step that was not committed has not moved its bookmark, so work that died half-way goes on where it was; the
bookmark is locked until the step ends, so work that two processes begin at once is done once.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from shuke.platform.db import Session
from shuke.platform.shop_clock import platform_setting

_PREFIX = "bookmark:"


async def lock(session: Session, name: str) -> dict[str, Any]:
    """The bookmark of a work, kept from others until the transaction ends; empty before the first step."""
    key = _PREFIX + name
    await session.execute(insert(platform_setting).values(key=key, value={}).on_conflict_do_nothing())
    place = await session.scalar(
        select(platform_setting.c.value).where(platform_setting.c.key == key).with_for_update()
    )
    return dict(place or {})


async def move(session: Session, name: str, place: Mapping[str, Any]) -> None:
    """Move the bookmark that this transaction has locked."""
    await session.execute(
        update(platform_setting).where(platform_setting.c.key == _PREFIX + name).values(value=dict(place))
    )
