"""The audit trail: who did what to which record, added to and never changed. Nothing personal stands in it in clear.

One line per request that changes something is written by `platform/http`; handlers and actions say more about it by
`describe`, and what was shown in clear by `note_shown`. What happens outside of requests is written by `record`.
"""

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Identity,
    Index,
    LargeBinary,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from shuke.platform import clock, trace
from shuke.platform.actor import Actor
from shuke.platform.db import Session, dump_json, metadata, raw

Result = Literal["ok", "refused"]

audit = Table(
    "audit",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("wall_at", DateTime(timezone=True), nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("object_kind", Text, nullable=False),
    Column("object_id", Text, nullable=False),
    Column("trace_id", Text, nullable=False),
    Column("details", JSONB, nullable=False),
    Column("transaction_id", BigInteger, nullable=False, server_default=text("((pg_current_xact_id())::text)::bigint")),
    Column("on_behalf_of", Text, nullable=True),
    Column("result", Text, nullable=False, server_default=text("'ok'")),
    # The code of the refusal.
    Column("code", Text, nullable=True),
    # The one person whom it concerns, where it is one.
    Column("member_id", BigInteger, nullable=True),
    # Before and after of what is not personal: {"field": [before, after]}.
    Column("changes", JSONB, nullable=False, server_default=text("'{}'")),
    # Before and after of what is, under a key of its own; see `audit_key`.
    Column("sealed", LargeBinary, nullable=True),
    Column("address", Text, nullable=False, server_default=text("''")),
    Column("session_id", BigInteger, nullable=True),
    CheckConstraint("result in ('ok', 'refused')", name="result"),
    Index("audit_object_kind_object_id_id_idx", "object_kind", "object_id", "id"),
    Index("audit_actor_id_idx", "actor", "id"),
    Index("audit_transaction_id_id_idx", "transaction_id", "id"),
    Index("audit_member_id_id_idx", "member_id", "id", postgresql_where=text("member_id is not null")),
    Index("audit_action_id_idx", "action", "id"),
    Index("audit_wall_at_idx", "wall_at"),
)

audit_key = Table(
    "audit_key",
    metadata,
    Column("audit_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, nullable=False),
    # The key of the line's sealed difference, under the member's data key: gone when that is gone.
    Column("wrapped", LargeBinary, nullable=False),
    Index("audit_key_member_id_idx", "member_id"),
)


def key_context(member_id: int) -> str:
    """The place of the wrapped key of a member's difference; a key put beside another line does not open that line."""
    return f"member:{member_id}:audit_key"


def difference_context(member_id: int) -> str:
    """The place of a member's sealed difference."""
    return f"member:{member_id}:difference"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Before and after of personal values, sealed by the module that owns them; `fields` are names, not values."""

    member_id: int
    fields: tuple[str, ...]
    sealed: bytes
    wrapped: bytes


@dataclass(frozen=True, kw_only=True)
class ActionWords:
    """How an action reads to people. Contributed by modules; places: {actor} {object} {fields}.

    `action` is what stands in the trail: `POST /v1/members`, or a name such as `members.unmask`.
    """

    action: str
    zh: str
    en: str


@dataclass(frozen=True, kw_only=True)
class ObjectWords:
    """What a kind of object is called, such as `members`: 会员, member. Contributed by modules."""

    kind: str
    zh: str
    en: str


@dataclass(frozen=True, kw_only=True)
class FieldWords:
    """What a field is called in before and after. Contributed by modules."""

    field: str
    zh: str
    en: str


@dataclass
class Notes:
    """What is known of the request at hand, and what its handlers said about it."""

    address: str = ""
    object_id: str | None = None
    member_id: int | None = None
    changes: dict[str, list[Any]] = field(default_factory=dict)
    difference: Difference | None = None
    details: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, set[int]] = field(default_factory=dict)


_notes: ContextVar[Notes | None] = ContextVar("audit_notes", default=None)


def begin(address: str) -> Notes:
    """Open the notes of a request. Called by the edge."""
    notes = Notes(address=address)
    _notes.set(notes)
    return notes


def current() -> Notes | None:
    """The notes of the request at hand; None outside of one."""
    return _notes.get()


def describe(
    *,
    object_id: str | int | None = None,
    member_id: int | None = None,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    difference: Difference | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Say more in the line of the request at hand. `changes`, `details` and ids hold nothing personal.

    Outside of a request there is no such line: use `record`.
    """
    notes = _notes.get()
    if notes is None:
        return
    if object_id is not None:
        notes.object_id = str(object_id)
    notes.member_id = member_id if member_id is not None else notes.member_id
    notes.changes |= {name: [before, after] for name, (before, after) in (changes or {}).items() if before != after}
    notes.difference = difference or notes.difference
    notes.details |= details or {}


def note_shown(fields: Iterable[str], member_ids: Iterable[int]) -> None:
    """Say that the answer shows these fields of these members in clear; one line tells it when the answer leaves."""
    notes = _notes.get()
    if notes is None:
        return
    ids = set(member_ids)
    for name in fields if ids else ():
        notes.shown.setdefault(name, set()).update(ids)


async def record(
    session: Session,
    actor: Actor,
    action: str,
    object_kind: str,
    object_id: str | int,
    details: Mapping[str, Any] | None = None,
    *,
    member_id: int | None = None,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    difference: Difference | None = None,
) -> None:
    """Add one line in the caller's transaction. Nothing personal but in `difference`: ids, codes, names of fields."""
    lines = Notes(address="", member_id=member_id, difference=difference, details=dict(details or {}))
    lines.changes = {name: [before, after] for name, (before, after) in (changes or {}).items() if before != after}
    await write(session, actor.name, action, object_kind, str(object_id), lines, actor=actor)


async def count_since(session: Session, actor: Actor, action: str, since: datetime) -> int:
    """How often an actor has done something since an instant of the machine's clock."""
    driver = await raw(session)
    counted: int = await driver.fetchval(
        "select count(*) from audit where actor = $1 and action = $2 and wall_at >= $3 and result = 'ok'",
        *(actor.name, action, since),
    )
    return counted


async def write(
    session: Session,
    actor_name: str,
    action: str,
    object_kind: str,
    object_id: str,
    notes: Notes,
    *,
    actor: Actor | None = None,
    code: str | None = None,
) -> None:
    """Add one line as the notes have it; `code` says that it was refused. For the edge: others `record`."""
    driver = await raw(session)
    around = _notes.get()
    difference = notes.difference
    details = dict(notes.details)
    if difference is not None:
        details["fields"] = list(difference.fields)
    # The shop's clock may be set; what happened when on the machine must stay findable: hence both times.
    audit_id = await driver.fetchval(
        _INSERT,
        clock.now(),
        clock.wall(),
        actor_name,
        action,
        object_kind,
        object_id,
        trace.current(),
        dump_json(details),
        actor.on_behalf_of if actor else None,
        "ok" if code is None else "refused",
        code,
        difference.member_id if difference else notes.member_id,
        dump_json(notes.changes),
        difference.sealed if difference else None,
        around.address if around else notes.address,
        actor.session_id if actor else None,
    )
    if difference is not None:
        await driver.execute(
            "insert into audit_key (audit_id, member_id, wrapped) values ($1, $2, $3)",
            *(audit_id, difference.member_id, difference.wrapped),
        )


_INSERT = """
    insert into audit (
        at, wall_at, actor, action, object_kind, object_id, trace_id, details,
        on_behalf_of, result, code, member_id, changes, sealed, address, session_id
    )
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
    returning id
"""
