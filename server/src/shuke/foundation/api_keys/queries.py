"""Questions about keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from shuke.platform import clock, crypto, keys
from shuke.platform.db import Session, raw
from shuke.platform.keys import WrappedKey

from .errors import ApiKeyNotFound
from .tables import api_key, api_key_secret, api_key_use

MOST_KEYS = 500


@dataclass(frozen=True, kw_only=True)
class ApiKey:
    """A key as it is shown: never its secrets."""

    key_id: int
    name: str
    scopes: tuple[str, ...]
    store_ids: tuple[int, ...] | None
    addresses: tuple[str, ...]
    must_sign: bool
    requests_per_minute: int | None
    created_by: str
    created_at: datetime
    expires_at: datetime | None
    disabled_at: datetime | None
    disabled_by: str | None
    last_used_at: datetime | None
    last_address: str
    # When the secret before the newest one stops working; None: there is only one.
    older_secret_ends_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """A key with what its live secrets are recognised by."""

    key: ApiKey
    secret_hashes: tuple[bytes, ...]
    sealed: tuple[tuple[WrappedKey, bytes, str], ...]


@dataclass(frozen=True, kw_only=True)
class Usage:
    """How many requests came in one day."""

    day: date
    requests: int


_COLUMNS = tuple(column.name for column in api_key.c)
_CREDENTIALS = """
    select k.*, s.secret_id, s.secret_hash, s.sealed_signing_key, s.wrapped_key, s.kek_version
    from api_key k join api_key_secret s on s.key_id = k.key_id
    where k.key_id = $1 and (s.ends_at is null or s.ends_at > $2)
"""


def secret_context(secret_id: int) -> str:
    """The place of a secret's signing key."""
    return f"api_key_secret:{secret_id}"


async def find_credentials(session: Session, key_id: int) -> Credentials | None:
    """A key with its live secrets, in one statement: every request of a program asks this."""
    rows = await (await raw(session)).fetch(_CREDENTIALS, key_id, clock.wall())
    if not rows:
        return None
    return Credentials(
        key=_key(rows[0]),
        secret_hashes=tuple(row["secret_hash"] for row in rows),
        sealed=tuple(
            (
                WrappedKey(row["wrapped_key"], row["kek_version"]),
                row["sealed_signing_key"],
                secret_context(row["secret_id"]),
            )
            for row in rows
        ),
    )


async def open_signing_keys(found: Credentials) -> list[bytes]:
    """What the live secrets sign with. Raises crypto.SealBroken."""
    opened = await keys.ring().open([(wrapped, context) for wrapped, _, context in found.sealed])
    return [
        crypto.open_(data_key, sealed, context)
        for data_key, (_, sealed, context) in zip(opened, found.sealed, strict=True)
    ]


async def list_keys(session: Session) -> list[ApiKey]:
    """Every key, those in use first, the newest first."""
    query = select(api_key).order_by(api_key.c.disabled_at.is_not(None), api_key.c.key_id.desc()).limit(MOST_KEYS)
    rows = (await session.execute(query)).mappings().all()
    ends = await _ends(session, [row["key_id"] for row in rows])
    return [_key(row, ends.get(row["key_id"])) for row in rows]


async def get_key(session: Session, key_id: int, *, hold: bool = False) -> ApiKey:
    """One key. Raises ApiKeyNotFound."""
    query = select(api_key).where(api_key.c.key_id == key_id)
    row = (await session.execute(query.with_for_update() if hold else query)).mappings().one_or_none()
    if row is None:
        raise ApiKeyNotFound
    return _key(row, (await _ends(session, [key_id])).get(key_id))


async def names(session: Session, key_ids: Sequence[int]) -> Mapping[int, str]:
    """What keys are called."""
    rows = await session.execute(select(api_key.c.key_id, api_key.c.name).where(api_key.c.key_id.in_(key_ids)))
    return {row.key_id: row.name for row in rows}


async def person_behind(session: Session, actor: str) -> str:
    """Who answers for what an actor (`api_key:3`, `staff:7`) does: of a key, the person who made it."""
    kind, _, number = actor.partition(":")
    if kind != "api_key" or not number.isdigit():
        return actor
    query = select(api_key.c.created_by).where(api_key.c.key_id == int(number))
    return (await session.execute(query)).scalar_one_or_none() or actor


async def list_usage(session: Session, key_id: int, days: int) -> list[Usage]:
    """How many requests came on each of the last days that had any, oldest first."""
    query = (
        select(api_key_use.c.day, api_key_use.c.requests)
        .where(api_key_use.c.key_id == key_id)
        .order_by(api_key_use.c.day.desc())
        .limit(days)
    )
    rows = (await session.execute(query)).all()
    return [Usage(day=row.day, requests=row.requests) for row in reversed(rows)]


async def _ends(session: Session, key_ids: Sequence[int]) -> dict[int, datetime]:
    column = api_key_secret.c
    query = (
        select(column.key_id, func.max(column.ends_at).label("ends_at"))
        .where(column.key_id.in_(key_ids), column.ends_at > clock.wall())
        .group_by(column.key_id)
    )
    return {row.key_id: row.ends_at for row in await session.execute(query)}


def _key(row: Any, ends_at: datetime | None = None) -> ApiKey:
    values = {name: row[name] for name in _COLUMNS}
    values |= {name: tuple(values[name]) for name in ("scopes", "addresses")}
    values["store_ids"] = None if values["store_ids"] is None else tuple(values["store_ids"])
    return ApiKey(**values, older_secret_ends_at=ends_at)
