"""Who works for some stores records what happens in those stores; the customer may be anybody."""

from collections.abc import Sequence

from shuke.foundation import organization
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.refusals import OutOfSight


async def require_own_store(session: Session, sight: Sight, codes: Sequence[str | None]) -> None:
    """Raises OutOfSight unless every store is one that the caller sees."""
    if not await is_own_store(session, sight, codes):
        raise OutOfSight


async def is_own_store(session: Session, sight: Sight, codes: Sequence[str | None]) -> bool:
    """Whether every store is one that the caller sees."""
    if sight.is_whole:
        return True
    stores = await organization.find_store_ids(session, sorted({code for code in codes if code}))
    return all(code and stores.get(code) in (sight.units or ()) for code in codes)
