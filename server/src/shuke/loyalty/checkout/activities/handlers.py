"""Activities that the program sees by itself: somebody joined, or completed their profile."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from shuke.people import members
from shuke.platform.actor import EVERYTHING, SYSTEM
from shuke.platform.db import Session
from shuke.platform.events import StoredEvent

from ..errors import ProgrammeMissing
from ..programme import load_programme
from ..rules import Programme
from . import queries
from .actions import NewActivity, record
from .arriving import OWN_SOURCE
from .model import ActivityKind

EVENTS = (members.MemberJoined.name, members.MemberProfileChanged.name, members.MemberIdentityAdded.name)


async def on_members(session: Session, events: Sequence[StoredEvent]) -> None:
    """Record who joined, and whose profile is complete by now, where some rule rewards it.

    Where none does nothing is written down: a shop that imports a million members asks nobody about each of them.
    Whom a file brought in has neither signed up nor completed anything by that.
    """
    try:
        programme = await load_programme(session)
    except ProgrammeMissing:
        return
    own_doing = [event for event in events if event.body.get("is_sign_up", True)]
    latest = {event.member_id: event.occurred_at for event in own_doing}
    joined = {event.member_id: event.occurred_at for event in own_doing if event.name == members.MemberJoined.name}
    found: list[NewActivity] = []
    if rewards(programme, "sign_up"):
        found += await own(session, "sign_up", joined)
    if rewards(programme, "profile_completed"):
        found += await own(session, "profile_completed", await _completed(session, latest))
    if found:
        await record(session, programme, found, SYSTEM.name)


def rewards(programme: Programme, kind: ActivityKind) -> bool:
    """Whether some rule asks about a kind of activity."""
    return any(version.rule.activity == kind for version in programme.rule_versions)


async def own(
    session: Session, kind: ActivityKind, found: dict[int, datetime], *, occasion: str = ""
) -> list[NewActivity]:
    """The program's own activities of members who are here still, each under a key that makes it happen once."""
    by_now = await members.roots(session, sorted(found), hold=True)
    left = await members.inactive_among(session, list(by_now.values()))
    return [
        NewActivity(
            source=OWN_SOURCE,
            key=f"{kind}:{member_id}{occasion}",
            kind=kind,
            member_id=by_now[member_id],
            occurred_at=at,
        )
        for member_id, at in sorted(found.items())
        if member_id in by_now and by_now[member_id] not in left
    ]


async def _completed(session: Session, latest: dict[int, datetime]) -> dict[int, datetime]:
    """Those whose name, phone and birthday are known and whose profile was not complete before."""
    by_now = await members.roots(session, sorted(latest))
    ids = sorted(set(by_now.values()))
    known = await members.get_members(session, ids, EVERYTHING)
    complete = [one.id for one in known if one.name and one.phone and one.birthday]
    counted = await members.get_counts(session, complete)
    people = {member_id: (member_id, *counted[member_id].followers) for member_id in complete if member_id in counted}
    before = await queries.who_did(session, _flat(people.values()), "profile_completed")
    at = {root: latest[member_id] for member_id, root in by_now.items()}
    return {member_id: at[member_id] for member_id, everybody in people.items() if not before.intersection(everybody)}


def _flat(groups: Iterable[Sequence[int]]) -> list[int]:
    return [member_id for group in groups for member_id in group]
