"""What analytics adds to the page of a member: where the member lies on the RFM map."""

from dataclasses import asdict

from shuke.foundation import organization
from shuke.platform import clock
from shuke.platform.db import Session
from shuke.platform.i18n import Language

from .queries import find_score
from .schemas import ScoreOut, ValueSectionOut


async def load_section(session: Session, member_id: int, language: Language) -> ValueSectionOut:
    """A member's segment and fifths; null without purchases that count."""
    del language  # Segments have codes; the reader's side names them.
    shop = await organization.get_shop(session)
    today = clock.business_day(clock.now(), shop.zone)
    found = await find_score(session, member_id, as_of=today, zone=shop.time_zone)
    return ValueSectionOut(rfm=ScoreOut(**asdict(found)) if found else None)
