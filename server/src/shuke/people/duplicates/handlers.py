"""Reactions to events of members: whoever changed is looked at again."""

from collections.abc import Sequence

from shuke.people import members
from shuke.platform import jobs
from shuke.platform.db import Session
from shuke.platform.events import StoredEvent

from .actions import mark_changed, note_crossed
from .searching import LOOK

CHANGES = (
    members.MemberJoined.name,
    members.MemberProfileChanged.name,
    members.MemberIdentityAdded.name,
    members.MemberIdentityRemoved.name,
    members.MemberIdentityVerified.name,
    members.MemberStatusChanged.name,
    members.MemberMerged.name,
    members.MemberParted.name,
    members.MemberIdentitiesCrossed.name,
)


async def on_changes(session: Session, events: Sequence[StoredEvent]) -> None:
    """Mark who changed, and have them looked at."""
    await mark_changed(session, [event.member_id for event in events])
    crossed = [event for event in events if event.name == members.MemberIdentitiesCrossed.name]
    if crossed:
        await note_crossed(session, [(event.member_id, event.body["other_id"]) for event in crossed])
    await jobs.enqueue(session, LOOK, {}, dedupe_key=LOOK)
