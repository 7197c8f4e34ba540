"""Stores as the facts of other modules name them: by their codes, which are the same in every installation."""

from sqlalchemy import Subquery, select

from shuke.platform.conditions import Choice
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from .tables import store


def store_codes() -> Subquery:
    """Every store: `store_id` and `code`."""
    return select(store.c.store_id, store.c.code).subquery()


async def store_choices(session: Session) -> tuple[Choice, ...]:
    """Every store by code, with its name."""
    rows = await session.execute(select(store.c.code, store.c.name).order_by(store.c.name, store.c.code))
    return tuple(Choice(value=row.code, label=LocalName(row.name, row.name)) for row in rows)
