"""Saved views of lists: filters, sort and columns under a name, of one person or shared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import delete, func, insert, or_, select, update

from shuke.foundation import staff
from shuke.platform import audit, clock
from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.refusals import NotAllowed

from .errors import TooManyViews, ViewNotFound, ViewOwnerIsHere, ViewTooLarge
from .permissions import VIEWS_SHARE
from .rules import arranged, kept
from .settings import find_setting, save_setting
from .tables import saved_view

MOST_BYTES = 8_192
MOST_VIEWS = 50


@dataclass(frozen=True)
class SavedView:
    """One view."""

    view_id: int
    list: str
    name: str
    owner_id: int
    is_shared: bool
    content: dict[str, Any]
    changed_at: datetime


@dataclass(frozen=True)
class Views:
    """What a person finds over a list."""

    items: list[SavedView]
    default_id: int | None
    pinned: list[int]


_COLUMNS = [saved_view.c[name] for name in SavedView.__dataclass_fields__]


async def list_views(session: Session, actor: Actor, list_name: str) -> Views:
    """The views of a list that somebody may use: their own and the shared ones, by name."""
    seen = or_(saved_view.c.owner_id == actor.id, saved_view.c.is_shared)
    rows = await session.execute(
        select(*_COLUMNS).where(saved_view.c.list == list_name, seen).order_by(saved_view.c.name, saved_view.c.view_id)
    )
    items = [SavedView(**row) for row in rows.mappings()]
    setting = await find_setting(session, actor.id, _arrangement(list_name))
    return Views(items, *arranged(setting, {one.view_id for one in items}))


async def add_view(
    session: Session, actor: Actor, *, list_name: str, name: str, is_shared: bool, content: dict[str, Any]
) -> SavedView:
    """Keep a view. Raises NotAllowed, ViewTooLarge or TooManyViews."""
    if is_shared:
        _require_share(actor)
    own = select(func.count()).where(saved_view.c.list == list_name, saved_view.c.owner_id == actor.id)
    if (await session.execute(own)).scalar_one() >= MOST_VIEWS:
        raise TooManyViews(MOST_VIEWS)
    now = clock.wall()
    row = await session.execute(
        insert(saved_view)
        .values(
            list=list_name,
            name=name,
            owner_id=actor.id,
            is_shared=is_shared,
            content=_bounded(content),
            created_at=now,
            changed_at=now,
        )
        .returning(*_COLUMNS)
    )
    made = SavedView(**row.mappings().one())
    audit.describe(object_id=made.view_id, details={"list": list_name, "is_shared": is_shared})
    return made


async def change_view(
    session: Session,
    actor: Actor,
    view_id: int,
    *,
    name: str | None = None,
    is_shared: bool | None = None,
    content: dict[str, Any] | None = None,
) -> SavedView:
    """Change what is given. A shared view, and one that is to be, needs the right to share.

    Raises ViewNotFound, NotAllowed or ViewTooLarge.
    """
    view = await _find(session, actor, view_id)
    shares = view.is_shared if is_shared is None else is_shared
    if shares or (view.is_shared and view.owner_id != actor.id):
        _require_share(actor)
    changed = {
        "name": view.name if name is None else name,
        "is_shared": shares,
        "content": view.content if content is None else _bounded(content),
        "changed_at": clock.wall(),
    }
    row = await session.execute(
        update(saved_view).where(saved_view.c.view_id == view_id).values(**changed).returning(*_COLUMNS)
    )
    audit.describe(object_id=view_id, details={"list": view.list, "is_shared": shares})
    return SavedView(**row.mappings().one())


async def delete_view(session: Session, actor: Actor, view_id: int) -> None:
    """Delete a view: one's own, or a shared one with the right to share. Raises ViewNotFound or NotAllowed."""
    view = await _find(session, actor, view_id)
    if view.owner_id != actor.id:
        _require_share(actor)
    await session.execute(delete(saved_view).where(saved_view.c.view_id == view_id))
    audit.describe(object_id=view_id, details={"list": view.list, "is_shared": view.is_shared})


async def take_over(session: Session, actor: Actor, view_id: int) -> SavedView:
    """Make a shared view of somebody who left one's own. Raises ViewNotFound, NotAllowed or ViewOwnerIsHere."""
    view = await _find(session, actor, view_id)
    _require_share(actor)
    if view.owner_id != actor.id and await staff.find_actor(session, view.owner_id) is not None:
        names = await owner_names(session, [view])
        raise ViewOwnerIsHere(names.get(view.owner_id, ""))
    row = await session.execute(
        update(saved_view)
        .where(saved_view.c.view_id == view_id)
        .values(owner_id=actor.id, changed_at=clock.wall())
        .returning(*_COLUMNS)
    )
    audit.describe(object_id=view_id, details={"list": view.list})
    return SavedView(**row.mappings().one())


async def arrange(
    session: Session, actor: Actor, list_name: str, *, default_id: int | None, pinned: Sequence[int]
) -> None:
    """Say which view opens first and which stand in front, in their order. Raises ViewNotFound."""
    usable = {one.view_id for one in (await list_views(session, actor, list_name)).items}
    if not usable.issuperset({*pinned, *([] if default_id is None else [default_id])}):
        raise ViewNotFound
    wanted = {"default_id": default_id, "pinned": list(dict.fromkeys(pinned))}
    await save_setting(session, actor.id, _arrangement(list_name), wanted)


async def owner_names(session: Session, views: Sequence[SavedView]) -> dict[int, str]:
    """What the owners of views are called."""
    return await staff.display_names(session, sorted({one.owner_id for one in views}))


def _arrangement(list_name: str) -> str:
    return f"views.{list_name}"


def _require_share(actor: Actor) -> None:
    if VIEWS_SHARE.code not in actor.permissions:
        raise NotAllowed(permission=VIEWS_SHARE.code)


def _bounded(content: dict[str, Any]) -> dict[str, Any]:
    found = kept(content)
    if len(orjson.dumps(found)) > MOST_BYTES:
        raise ViewTooLarge(MOST_BYTES)
    return found


async def _find(session: Session, actor: Actor, view_id: int) -> SavedView:
    row = await session.execute(select(*_COLUMNS).where(saved_view.c.view_id == view_id).with_for_update())
    found = row.mappings().first()
    if found is None or not (found["is_shared"] or found["owner_id"] == actor.id):
        raise ViewNotFound
    return SavedView(**found)
