"""Activities as callers send them: references become members, and what cannot be is refused, each for itself."""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from shuke.people import members
from shuke.platform import clock
from shuke.platform.actor import Sight
from shuke.platform.db import Session
from shuke.platform.errors import AppError

from .actions import NewActivity
from .errors import (
    ActivityDateOutOfRange,
    ActivityEventMisplaced,
    ActivityInvitedMisplaced,
    ActivityKindUnknown,
    ActivityPayloadRefused,
    ActivitySourceReserved,
)
from .model import KINDS
from .queries import find_keys
from .schemas import PAYLOAD_FIELDS, PAYLOAD_TEXT, MemberActivityIn

# The program's own activities: somebody joined, has a birthday.
OWN_SOURCE = "shuke"
# Clocks run ahead a little; more is a wrong year or zone.
_AHEAD = timedelta(minutes=10)
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_FIELD = re.compile(r"[a-z][a-z0-9_]{0,39}")
# Beyond it, numbers are not the same number everywhere.
_LARGEST = 2**53


async def resolve(session: Session, given: Sequence[MemberActivityIn], sight: Sight) -> list[NewActivity | AppError]:
    """What can be recorded, and of the others why not, in the order given. Members are held and not added."""
    references = sorted({name for one in given for name in (one.member, one.invited) if name is not None})
    ids = await members.get_ids(session, references, sight, hold=True)
    left = await members.inactive_among(session, list(ids.values()))
    # Somebody who has left does nothing new; what was recorded before is still answered.
    known = await find_keys(session, [(one.source, one.key) for one in given]) if left else {}
    results: list[NewActivity | AppError] = []
    for one in given:
        try:
            results.append(_new(one, ids, set() if (one.source, one.key) in known else left))
        except AppError as error:
            results.append(error)
    return results


def _new(one: MemberActivityIn, ids: Mapping[str, int], left: set[int]) -> NewActivity:
    if one.source == OWN_SOURCE:
        raise ActivitySourceReserved(source=one.source)
    if one.kind not in KINDS:
        raise ActivityKindUnknown(kind=one.kind, known=", ".join(KINDS))
    if (one.kind == "custom") != (one.event is not None):
        raise ActivityEventMisplaced
    if not _EARLIEST <= one.occurred_at <= clock.now() + _AHEAD:
        raise ActivityDateOutOfRange(value=one.occurred_at.isoformat())
    if one.invited is not None and one.kind != "referral":
        raise ActivityInvitedMisplaced
    _check_payload(one.payload)
    people = [ids.get(name) for name in (one.member, one.invited) if name is not None]
    if None in people:
        raise members.MemberNotFound
    if len(set(people)) < len(people):
        raise ActivityInvitedMisplaced
    if left.intersection(person for person in people if person is not None):
        raise members.MemberNotActive
    return NewActivity(
        source=one.source,
        key=one.key,
        kind=one.kind,
        event=one.event,
        member_id=ids[one.member],
        invited_id=ids[one.invited] if one.invited is not None else None,
        occurred_at=one.occurred_at,
        payload=one.payload,
    )


def _check_payload(payload: Mapping[str, Any]) -> None:
    if len(payload) > PAYLOAD_FIELDS:
        raise ActivityPayloadRefused(field=f"{PAYLOAD_FIELDS + 1}", count=PAYLOAD_FIELDS, length=PAYLOAD_TEXT)
    for name, value in payload.items():
        if not _FIELD.fullmatch(name) or not _is_plain(value):
            raise ActivityPayloadRefused(field=name[:60], count=PAYLOAD_FIELDS, length=PAYLOAD_TEXT)


def _is_plain(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= PAYLOAD_TEXT
    if isinstance(value, float):
        return math.isfinite(value) and abs(value) <= _LARGEST
    return isinstance(value, bool) or (isinstance(value, int) and abs(value) <= _LARGEST)
