"""Reactions of consent to what happens to members: who is a minor, who has left."""

from collections.abc import Sequence

from shuke.people import members
from shuke.platform.db import Session
from shuke.platform.events import StoredEvent

from . import actions


async def on_members(session: Session, events: Sequence[StoredEvent]) -> None:
    """New birthdays, and members who left or came back."""
    left: dict[int, bool] = {}
    read: set[int] = set()
    for event in events:
        if event.name == members.MemberStatusChanged.name:
            if "cancelled" in (event.body["before"], event.body["after"]):
                left[event.member_id] = event.body["after"] != "active"
        elif event.name == members.MemberJoined.name or "birthday" in event.body["fields"]:
            read.add(event.member_id)
    await actions.note_left(session, left)
    await actions.note_birthdays(session, sorted(read))
