"""Making, changing and using keys."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from shuke.foundation import organization
from shuke.platform import audit, clock, crypto, ids, keys, module
from shuke.platform.actor import Actor
from shuke.platform.db import Session, raw, take_ids

from . import rules
from .errors import ExpiryPast, ScopeNotForKeys, ScopeNotYours, SignatureUsed, StoreUnknown
from .queries import ApiKey, get_key, secret_context
from .tables import api_key, api_key_nonce, api_key_secret, api_key_use

# Requests of this process that have not been written down yet, by key.
_uncounted: Counter[int] = Counter()


@dataclass(frozen=True, kw_only=True)
class MadeKey:
    """A key and its secret, which is shown now and never again."""

    key: ApiKey
    token: str


async def make_key(session: Session, actor: Actor, values: dict[str, Any]) -> MadeKey:
    """Make a key. Raises ScopeNotYours, ScopeNotForKeys, StoreUnknown, ExpiryPast."""
    await _require(session, actor, values)
    row = {**values, "created_by": actor.name, "created_at": clock.wall()}
    key_id = (await session.execute(insert(api_key).values(row).returning(api_key.c.key_id))).scalar_one()
    token = await _add_secret(session, key_id)
    key = await get_key(session, key_id)
    audit.describe(object_id=key_id, changes={name: (None, _shown(value)) for name, value in values.items()})
    return MadeKey(key=key, token=token)


async def change_key(session: Session, actor: Actor, key_id: int, values: dict[str, Any]) -> ApiKey:
    """Change what a key may do. Raises ApiKeyNotFound and what `make_key` raises."""
    before = await get_key(session, key_id, hold=True)
    await _require(session, actor, values)
    if values:
        await session.execute(update(api_key).where(api_key.c.key_id == key_id).values(values))
    after = await get_key(session, key_id)
    changes = {name: (_shown(getattr(before, name)), _shown(getattr(after, name))) for name in values}
    audit.describe(object_id=key_id, changes=changes)
    return after


async def rotate_secret(session: Session, actor: Actor, key_id: int, *, grace: timedelta) -> MadeKey:
    """A new secret; the one before works on for a grace, any older one ends now.

    Raises ApiKeyNotFound, and ScopeNotYours: whoever is shown the secret can do what the key may do.
    """
    key = await get_key(session, key_id, hold=True)
    _require_held(actor, key.scopes)
    at = clock.wall()
    column = api_key_secret.c
    await session.execute(update(api_key_secret).where(column.key_id == key_id, column.ends_at > at).values(ends_at=at))
    await session.execute(
        update(api_key_secret).where(column.key_id == key_id, column.ends_at.is_(None)).values(ends_at=at + grace)
    )
    token = await _add_secret(session, key_id)
    audit.describe(object_id=key_id, details={"grace_hours": round(grace.total_seconds() / 3600)})
    return MadeKey(key=await get_key(session, key_id), token=token)


async def set_disabled(session: Session, actor: Actor, key_id: int, *, is_disabled: bool) -> ApiKey:
    """Disable a key at once, or enable it again. Raises ApiKeyNotFound."""
    before = await get_key(session, key_id, hold=True)
    if (before.disabled_at is not None) != is_disabled:
        at = clock.wall() if is_disabled else None
        values = {"disabled_at": at, "disabled_by": actor.name if is_disabled else None}
        await session.execute(update(api_key).where(api_key.c.key_id == key_id).values(values))
    audit.describe(object_id=key_id)
    return await get_key(session, key_id)


async def use_nonce(session: Session, key_id: int, nonce: str) -> None:
    """Note that a signed request has come; one at work at the same time is waited for. Raises SignatureUsed."""
    new = upsert(api_key_nonce).values(key_id=key_id, nonce=nonce, seen_at=clock.wall()).on_conflict_do_nothing()
    if (await session.execute(new)).rowcount == 0:
        raise SignatureUsed


async def forget_nonces(session: Session) -> None:
    """Delete what no signature can use any more."""
    await session.execute(delete(api_key_nonce).where(api_key_nonce.c.seen_at < clock.wall() - rules.NONCES_KEPT))


async def note_use(session: Session, key: ApiKey, address: str) -> None:
    """Write down, once a minute, that a key is in use, and count its requests by day."""
    _uncounted[key.key_id] += 1
    at = clock.wall()
    if key.last_used_at is not None and at - key.last_used_at < rules.USED_EVERY:
        return
    # Whoever else is about to write the same is left alone.
    free = select(api_key.c.key_id).where(api_key.c.key_id == key.key_id).with_for_update(skip_locked=True)
    if (await session.execute(free)).first() is None:
        return
    await session.execute(
        update(api_key).where(api_key.c.key_id == key.key_id).values(last_used_at=at, last_address=address)
    )
    count = _uncounted.pop(key.key_id, 1)
    counted = upsert(api_key_use).values(key_id=key.key_id, day=at.date(), requests=count)
    more = {"requests": api_key_use.c.requests + counted.excluded.requests}
    await session.execute(counted.on_conflict_do_update(index_elements=["key_id", "day"], set_=more))


async def _add_secret(session: Session, key_id: int) -> str:
    secret = ids.new_token()
    (secret_id,) = await take_ids(session, "api_key_secret_secret_id_seq", 1)
    context = secret_context(secret_id)
    ((data_key, wrapped),) = await keys.ring().make([context])
    await (await raw(session)).execute(
        """
        insert into api_key_secret
            (secret_id, key_id, secret_hash, sealed_signing_key, wrapped_key, kek_version, created_at)
        overriding system value values ($1, $2, $3, $4, $5, $6, $7)
        """,
        secret_id,
        key_id,
        rules.hash_secret(secret),
        crypto.seal(data_key, rules.signing_key(secret), context),
        wrapped.wrapped,
        wrapped.version,
        clock.wall(),
    )
    return rules.write_token(key_id, secret)


async def _require(session: Session, actor: Actor, values: dict[str, Any]) -> None:
    scopes: Sequence[str] = values.get("scopes", ())
    known = [permission.code for item in module.installed() for permission in item.permissions]
    if refused := rules.not_for_keys(scopes, known):
        raise ScopeNotForKeys(scopes=", ".join(refused))
    _require_held(actor, scopes)
    stores = values.get("store_ids") or []
    found = await organization.get_stores(session, stores)
    if missing := [str(store) for store in stores if store not in found]:
        raise StoreUnknown(stores=", ".join(missing))
    expires_at: datetime | None = values.get("expires_at")
    if expires_at is not None and expires_at <= clock.wall():
        raise ExpiryPast


def _require_held(actor: Actor, scopes: Sequence[str]) -> None:
    if more := sorted(set(scopes) - actor.permissions):
        raise ScopeNotYours(scopes=", ".join(more))


def _shown(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
