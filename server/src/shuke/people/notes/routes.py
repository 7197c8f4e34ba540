"""Notes and follow-ups over HTTP."""

from typing import Annotated, Literal

from fastapi import Path, Query

from shuke.foundation import staff
from shuke.people import members
from shuke.platform.actor import Actor
from shuke.platform.http import CurrentActor, CurrentSight, RequestSession, Router, allowed, declares
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor

from . import actions, queries
from .errors import (
    AssigneeUnfit,
    FollowUpEnded,
    FollowUpNotFound,
    NoteChanged,
    NoteNotFound,
    NoteNotKept,
    NoteOfOthers,
)
from .permissions import MANAGE, READ, WRITE
from .queries import FollowUpView, NoteView
from .rules import Due, State, may_change
from .schemas import (
    FollowUpAssigneeOut,
    FollowUpAssigneesOut,
    FollowUpChangeIn,
    FollowUpCountsOut,
    FollowUpIn,
    FollowUpOut,
    FollowUpsOut,
    FollowUpStateIn,
    MemberNoteChangeIn,
    MemberNoteIn,
    MemberNoteOut,
    MemberNotesOut,
    NotePinIn,
)

router = Router(tags=["notes"])

Id = Annotated[int, Path(ge=1, le=2**63 - 1)]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]
Cursor = Annotated[str | None, Query(max_length=300)]


@router.get(
    "/v1/members/{member}/notes",
    dependencies=[allowed(READ, reach="narrowed")],
    responses=declares(members.MemberNotFound, BadCursor),
)
async def list_notes(
    session: RequestSession,
    sight: CurrentSight,
    actor: CurrentActor,
    member: str,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> MemberNotesOut:
    """Notes about a member: pinned ones first, then the newest."""
    member_id = await members.get_id(session, member, sight)
    page = await queries.list_notes(session, member_id, limit=limit, cursor=cursor)
    return MemberNotesOut(items=[_note(one, actor) for one in page.items], next=page.next)


@router.post(
    "/v1/members/{member}/notes",
    status_code=201,
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(members.MemberNotFound, NoteNotKept),
)
async def add_note(session: RequestSession, actor: CurrentActor, member: str, body: MemberNoteIn) -> MemberNoteOut:
    """Write a note about a member."""
    member_id = await members.get_id(session, member, actor.sight, hold=True)
    note_id = await actions.add_note(session, member_id, body.text, actor, is_pinned=body.is_pinned)
    return _note(await queries.get_note(session, member_id, note_id), actor)


@router.put(
    "/v1/members/{member}/notes/{note_id}",
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(members.MemberNotFound, NoteNotFound, NoteOfOthers, NoteChanged, NoteNotKept),
)
async def change_note(
    session: RequestSession, actor: CurrentActor, member: str, note_id: Id, body: MemberNoteChangeIn
) -> MemberNoteOut:
    """Write a note anew: whoever wrote it, and whoever may manage the notes of others."""
    member_id = await members.get_id(session, member, actor.sight, hold=True)
    row = await queries.lock_note(session, member_id, note_id)
    await actions.change_note(session, row, body.text, version=body.version, actor=actor)
    return _note(await queries.get_note(session, member_id, note_id), actor)


@router.put(
    "/v1/members/{member}/notes/{note_id}/pin",
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(members.MemberNotFound, NoteNotFound),
)
async def pin_note(
    session: RequestSession, actor: CurrentActor, member: str, note_id: Id, body: NotePinIn
) -> MemberNoteOut:
    """Keep a note on top, or no more."""
    member_id = await members.get_id(session, member, actor.sight, hold=True)
    await actions.pin_note(session, await queries.lock_note(session, member_id, note_id), is_pinned=body.is_pinned)
    return _note(await queries.get_note(session, member_id, note_id), actor)


@router.delete(
    "/v1/members/{member}/notes/{note_id}",
    status_code=204,
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(members.MemberNotFound, NoteNotFound, NoteOfOthers),
)
async def delete_note(session: RequestSession, actor: CurrentActor, member: str, note_id: Id) -> None:
    """Delete a note: whoever wrote it, and whoever may manage the notes of others."""
    member_id = await members.get_id(session, member, actor.sight, hold=True)
    await actions.delete_note(session, await queries.lock_note(session, member_id, note_id), actor)


@router.get(
    "/v1/members/{member}/follow-ups",
    dependencies=[allowed(READ, reach="narrowed")],
    responses=declares(members.MemberNotFound, BadCursor),
)
async def list_follow_ups_of_member(
    session: RequestSession,
    sight: CurrentSight,
    actor: CurrentActor,
    member: str,
    state: State = "open",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> FollowUpsOut:
    """What is to be done for a member: open ones by when they are due, others the latest first."""
    member_id = await members.get_id(session, member, sight)
    page = await queries.list_follow_ups(session, sight, member_id=member_id, state=state, limit=limit, cursor=cursor)
    counts = await queries.count_follow_ups(session, sight, member_id=member_id)
    return FollowUpsOut(
        items=[_follow_up(one, actor) for one in page.items],
        next=page.next,
        counts=FollowUpCountsOut(**vars(counts)),
    )


@router.post(
    "/v1/members/{member}/follow-ups",
    status_code=201,
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(members.MemberNotFound, AssigneeUnfit, NoteNotKept),
)
async def add_follow_up(session: RequestSession, actor: CurrentActor, member: str, body: FollowUpIn) -> FollowUpOut:
    """Arrange what is to be done for a member, by when and by whom."""
    member_id = await members.get_id(session, member, actor.sight, hold=True)
    assignee_id = body.assignee_id if body.assignee_id is not None else _self(actor)
    wanted = actions.Promise(text=body.text, due_at=body.due_at, assignee_id=assignee_id)
    follow_up_id = await actions.add_follow_up(session, member_id, wanted, actor)
    return _follow_up(await queries.get_follow_up(session, member_id, follow_up_id, actor.sight), actor)


@router.put(
    "/v1/members/{member}/follow-ups/{follow_up_id}",
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(
        *(members.MemberNotFound, FollowUpNotFound, FollowUpEnded),
        *(NoteOfOthers, NoteChanged, AssigneeUnfit, NoteNotKept),
    ),
)
async def change_follow_up(
    session: RequestSession, actor: CurrentActor, member: str, follow_up_id: Id, body: FollowUpChangeIn
) -> FollowUpOut:
    """Change an open follow-up: its author, its assignee, and whoever may manage those of others."""
    member_id = await members.get_id(session, member, actor.sight, hold=True)
    row = await queries.lock_follow_up(session, member_id, follow_up_id)
    wanted = actions.Promise(text=body.text, due_at=body.due_at, assignee_id=body.assignee_id)
    await actions.change_follow_up(session, row, wanted, version=body.version, actor=actor)
    return _follow_up(await queries.get_follow_up(session, member_id, follow_up_id, actor.sight), actor)


@router.put(
    "/v1/members/{member}/follow-ups/{follow_up_id}/state",
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(members.MemberNotFound, FollowUpNotFound),
)
async def set_follow_up_state(
    session: RequestSession, actor: CurrentActor, member: str, follow_up_id: Id, body: FollowUpStateIn
) -> FollowUpOut:
    """Mark a follow-up done or cancelled, or open it again."""
    member_id = await members.get_id(session, member, actor.sight, hold=True)
    await actions.set_state(session, await queries.lock_follow_up(session, member_id, follow_up_id), body.state, actor)
    return _follow_up(await queries.get_follow_up(session, member_id, follow_up_id, actor.sight), actor)


@router.get("/v1/follow-ups", dependencies=[allowed(READ, reach="narrowed")], responses=declares(BadCursor))
async def list_follow_ups(
    session: RequestSession,
    sight: CurrentSight,
    actor: CurrentActor,
    whose: Literal["mine", "all"] = "mine",
    due: Due | None = None,
    state: State = "open",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> FollowUpsOut:
    """What is to be done for members whom the caller sees; one's own, unless all are asked for."""
    assignee_id = _self(actor) if whose == "mine" else None
    page = await queries.list_follow_ups(
        session, sight, assignee_id=assignee_id, state=state, due=due, limit=limit, cursor=cursor
    )
    counts = await queries.count_follow_ups(session, sight, assignee_id=assignee_id)
    return FollowUpsOut(
        items=[_follow_up(one, actor) for one in page.items],
        next=page.next,
        counts=FollowUpCountsOut(**vars(counts)),
    )


@router.get("/v1/follow-ups/assignees", dependencies=[allowed(WRITE, reach="common")])
async def list_follow_up_assignees(session: RequestSession) -> FollowUpAssigneesOut:
    """Colleagues who can be given a follow-up, by name."""
    names = await staff.display_names(session, sorted(await staff.list_allowed(session, READ.code)))
    people = [FollowUpAssigneeOut(id=user_id, name=name) for user_id, name in names.items()]
    return FollowUpAssigneesOut(items=sorted(people, key=lambda one: (one.name, one.id)))


def _self(actor: Actor) -> int:
    """The staff user who asks; a program is nobody's colleague, and has no list of its own."""
    return actor.id if actor.kind == "staff" else 0


def _note(one: NoteView, actor: Actor) -> MemberNoteOut:
    is_own = may_change(one.author, actor.name, actor.permissions, MANAGE.code)
    return MemberNoteOut(**vars(one), may_change=WRITE.code in actor.permissions and is_own)


def _follow_up(one: FollowUpView, actor: Actor) -> FollowUpOut:
    is_own = actor.name == f"staff:{one.assignee_id}"
    is_own = is_own or may_change(one.author, actor.name, actor.permissions, MANAGE.code)
    return FollowUpOut(**vars(one), may_change=WRITE.code in actor.permissions and is_own)
