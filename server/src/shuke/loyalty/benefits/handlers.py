"""Reactions to events of members and tiers: who they are to benefits, and what their level grants or takes away."""

from collections.abc import Mapping, Sequence

from shuke.foundation import organization
from shuke.loyalty import tiers
from shuke.people import members
from shuke.platform import clock
from shuke.platform.db import Session
from shuke.platform.events import StoredEvent

from .actions import LevelChange, grant_due, know_levels, on_fallen, on_risen, read_members
from .queries import list_benefits

CHANGES = (
    members.MemberJoined.name,
    members.MemberProfileChanged.name,
    members.MemberStatusChanged.name,
    members.MemberMerged.name,
    members.MemberParted.name,
    tiers.TierChanged.name,
)
# Nobody rises or falls by becoming somebody else.
_BY_MERGING = ("merged", "parted")


async def on_changes(session: Session, events: Sequence[StoredEvent]) -> None:
    """Know everybody as they are by now; grant what today makes due to who is new; follow the levels."""
    changed = [event for event in events if event.name == tiers.TierChanged.name]
    await know_levels(session, {event.member_id: event.body["to_level"] for event in changed})
    await _read(session, [event for event in events if event.name != tiers.TierChanged.name and _matters(event)])
    changes = [_change(event) for event in changed if event.body["reason"] not in _BY_MERGING]
    ranks = await _ranks(session) if changes else {}
    await on_risen(session, [one for one in changes if _rank(ranks, one.to_level) > _rank(ranks, one.from_level)])
    await on_fallen(session, [one for one in changes if _rank(ranks, one.to_level) < _rank(ranks, one.from_level)])


async def _ranks(session: Session) -> dict[str, int]:
    scheme = await tiers.find_scheme_view(session)
    return {level.code: level.rank for level in scheme.levels} if scheme else {}


def _rank(ranks: Mapping[str, int], level: str | None) -> int:
    return ranks.get(level, 0) if level is not None else 0


async def _read(session: Session, events: Sequence[StoredEvent]) -> None:
    concerned = {event.member_id for event in events} | {
        event.body["absorbed_id"] for event in events if "absorbed_id" in event.body
    }
    if not concerned:
        return
    left = await read_members(session, sorted(concerned))
    zone = (await organization.get_shop(session)).zone
    today = clock.business_day(clock.now(), zone)
    for benefit in await list_benefits(session):
        # The first of the month is the month's own: who joins on it has joined after it began.
        if left and benefit.kind in ("birthday_gift", "date_gift"):
            after: int | None = 0
            while after is not None:
                after = await grant_due(session, benefit, today, today, zone, after=after, among=left)


def _matters(event: StoredEvent) -> bool:
    return event.name != members.MemberProfileChanged.name or "birthday" in event.body["fields"]


def _change(event: StoredEvent) -> LevelChange:
    return LevelChange(
        event_id=event.id,
        member_id=event.member_id,
        at=event.occurred_at,
        from_level=event.body["from_level"],
        to_level=event.body["to_level"],
        by_refund=event.body.get("cause") == "refund",
    )
