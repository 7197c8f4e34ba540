"""What is written down about an act."""

from typing import Any

from sqlalchemy import update

from shuke.platform.db import Session

from ..tables import bulk_act


async def write(session: Session, bulk_id: int, **values: Any) -> None:
    """Note how an act stands; the caller holds it."""
    await session.execute(update(bulk_act).where(bulk_act.c.bulk_id == bulk_id).values(**values))
