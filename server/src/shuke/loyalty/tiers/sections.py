"""What tiers add to other pages: a member's level and its history, and the names of levels for lists."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from shuke.foundation import organization
from shuke.people import members
from shuke.platform.db import Session
from shuke.platform.i18n import Language
from shuke.platform.pages import merged_id, position_in

from .explain import title
from .queries import ChangeView, SchemeView, find_scheme_view, list_history
from .schemas import TierSectionOut
from .views import level_of, show_member_tier, tell_change

_KIND: members.TimelineKind = "tier"


async def load_section(session: Session, member_id: int, language: Language) -> TierSectionOut | None:
    """A member's level; nothing where the shop has no tiers."""
    return await show_member_tier(session, member_id, language)


async def load_timeline(
    session: Session, member_id: int, before: members.TimelinePlace | None, limit: int, language: Language
) -> Sequence[members.TimelineItem]:
    """A member's changes of level, for the timeline."""
    scheme = await find_scheme_view(session)
    if scheme is None:
        return []
    zone = (await organization.get_shop(session)).zone
    found = await list_history(session, scheme.scheme_id, member_id, before=position_in(_KIND, before), limit=limit)
    return [_item(change, scheme, zone, language) for change in found]


async def load_labels(session: Session) -> Mapping[str, members.TierRef]:
    """Every level by its code."""
    scheme = await find_scheme_view(session)
    return {
        level.code: members.TierRef(
            code=level.code,
            rank=level.rank,
            name=level.name,
            colour=level.colour,
        )
        for level in (scheme.levels if scheme else ())
    }


def _item(change: ChangeView, scheme: SchemeView, zone: ZoneInfo, language: Language) -> members.TimelineItem:
    to = level_of(scheme, change.to_rank).name.pick(language)
    return members.TimelineItem(
        id=merged_id(_KIND, change.change_no),
        at=change.at,
        kind=_KIND,
        type=f"tier.{change.reason}",
        title=title(change.reason, change.facts, to=to, language=language),
        summary=tell_change(change, scheme, zone, language),
    )
