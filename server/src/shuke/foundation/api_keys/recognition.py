"""How a request of a program is recognised: by its key, or by its signature. Never by anything in the address."""

import hmac

from fastapi import Request

from shuke.platform import clock
from shuke.platform.actor import Actor, Sight
from shuke.platform.db import Session

from . import actions, rules
from .errors import (
    AddressRefused,
    ApiKeyEnded,
    ApiKeyInvalid,
    SignatureLate,
    SignatureNeeded,
    SignatureWrong,
)
from .queries import ApiKey, Credentials, find_credentials, open_signing_keys

_BEARER = "bearer "


async def authenticate(session: Session, request: Request) -> Actor | None:
    """The key of a request; None when it brings none. Raises what is wrong with it."""
    if "x-shuke-signature" in request.headers:
        key = await _by_signature(session, request)
    else:
        header = request.headers.get("authorization", "")
        if header[: len(_BEARER)].lower() != _BEARER:
            return None
        key = await _by_secret(session, header[len(_BEARER) :].strip())
    address = request.client.host if request.client else ""
    _require_usable(key, address)
    await actions.note_use(session, key, address)
    return _actor(key)


async def _by_secret(session: Session, text: str) -> ApiKey:
    token = rules.read_token(text)
    found = await find_credentials(session, token.key_id) if token else None
    if token is None or found is None:
        raise ApiKeyInvalid
    given = rules.hash_secret(token.secret)
    if not any(hmac.compare_digest(given, known) for known in found.secret_hashes):
        raise ApiKeyInvalid
    if found.key.must_sign:
        raise SignatureNeeded
    return found.key


async def _by_signature(session: Session, request: Request) -> ApiKey:
    header = request.headers
    given = rules.read_signature(
        *(header.get(name, "") for name in ("x-shuke-key", "x-shuke-time", "x-shuke-nonce", "x-shuke-signature"))
    )
    if given is None:
        raise SignatureWrong
    if header.get("content-type", "").lower().startswith("multipart/"):
        # A body that is too large to be hashed before it is read.
        raise SignatureNeeded
    found = await find_credentials(session, given.key_id)
    if found is None:
        raise ApiKeyInvalid
    text = rules.string_to_sign(request.method, _target(request), await request.body(), given.at, given.nonce)
    await _require_signed(found, text, given)
    if not rules.is_in_time(given.at, clock.wall()):
        raise SignatureLate(seconds=int(rules.SIGNATURE_HOLDS.total_seconds()))
    await actions.use_nonce(session, given.key_id, given.nonce)
    return found.key


async def _require_signed(found: Credentials, text: bytes, given: rules.Signature) -> None:
    if not rules.is_signature_of(await open_signing_keys(found), text, given.mac):
        raise SignatureWrong


def _require_usable(key: ApiKey, address: str) -> None:
    if rules.is_over(disabled_at=key.disabled_at, expires_at=key.expires_at, at=clock.wall()):
        raise ApiKeyEnded
    if not rules.is_allowed_from(address, key.addresses):
        raise AddressRefused


def _actor(key: ApiKey) -> Actor:
    return Actor(
        kind="api_key",
        id=key.key_id,
        permissions=frozenset(key.scopes),
        sight=Sight() if key.store_ids is None else Sight(units=frozenset(key.store_ids)),
        on_behalf_of=key.created_by,
        requests_per_minute=key.requests_per_minute,
    )


def _target(request: Request) -> str:
    """The path and query exactly as they were sent."""
    path: bytes = request.scope["raw_path"].partition(b"?")[0]
    query: bytes = request.scope["query_string"]
    return (path + b"?" + query if query else path).decode("latin-1")
