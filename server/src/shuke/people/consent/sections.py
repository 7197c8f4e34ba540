"""What consent adds to the page of a member."""

from shuke.platform.db import Session
from shuke.platform.i18n import Language

from .queries import get_consents
from .schemas import ConsentsOut


async def load_section(session: Session, member_id: int, language: Language) -> ConsentsOut:
    """What the member agreed to, refused and stopped."""
    return ConsentsOut.of(await get_consents(session, member_id), language)
