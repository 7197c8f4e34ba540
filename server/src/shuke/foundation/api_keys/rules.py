"""Pure decisions about keys: how a secret is written, what is signed, who may use it from where."""

import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

# A till's clock may be so far off.
SIGNATURE_HOLDS = timedelta(seconds=300)
# Longer than a signature can hold on either side of now.
NONCES_KEPT = timedelta(minutes=11)
USED_EVERY = timedelta(minutes=1)
LONGEST_GRACE_HOURS = 30 * 24
USUAL_GRACE_HOURS = 24
MOST_ADDRESSES = 50

_TOKEN = re.compile(r"sk_([1-9][0-9]{0,17})_([A-Za-z0-9_-]{43})")
_NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")
_SIGNATURE = re.compile(r"v1=([0-9a-f]{64})")
_PURPOSE = b"shuke request signing v1"
# What only people do: managing people, keys, settings and the trail, and agreeing as a second person. By prefix.
_FOR_PEOPLE = ("staff.", "api_keys.", "audit.", "keys.", "system.", "settings.", "approvals.", "points.approve")


@dataclass(frozen=True, kw_only=True)
class Token:
    """A key as a program sends it."""

    key_id: int
    secret: str


@dataclass(frozen=True, kw_only=True)
class Signature:
    """What a signed request brings along."""

    key_id: int
    at: int
    nonce: str
    mac: str


def write_token(key_id: int, secret: str) -> str:
    """The key as it is shown, once."""
    return f"sk_{key_id}_{secret}"


def read_token(text: str) -> Token | None:
    """The key in an Authorization header's value; None when it is none of ours."""
    match = _TOKEN.fullmatch(text)
    return Token(key_id=int(match[1]), secret=match[2]) if match else None


def hash_secret(secret: str) -> bytes:
    """What is kept of a secret: it has 256 random bits, so one plain hash is enough."""
    return hashlib.sha256(secret.encode()).digest()


def signing_key(secret: str) -> bytes:
    """What requests are signed with, derived from the secret, so that a key is one text."""
    return hmac.digest(secret.encode(), _PURPOSE, "sha256")


def read_signature(key: str, at: str, nonce: str, signature: str) -> Signature | None:
    """The signature of a request's headers; None when one is malformed."""
    match = _SIGNATURE.fullmatch(signature)
    if match is None or not _NONCE.fullmatch(nonce) or not _is_number(key, 18) or not _is_number(at, 12):
        return None
    return Signature(key_id=int(key), at=int(at), nonce=nonce, mac=match[1])


def string_to_sign(method: str, target: str, body: bytes, at: int, nonce: str) -> bytes:
    """What is signed; `target` is the path with its query, exactly as sent."""
    digest = hashlib.sha256(body).hexdigest()
    return "\n".join(("v1", method.upper(), target, digest, str(at), nonce)).encode()


def sign(key: bytes, text: bytes) -> str:
    """The signature of a text, in hexadecimal."""
    return hmac.digest(key, text, "sha256").hex()


def is_signature_of(keys: Iterable[bytes], text: bytes, mac: str) -> bool:
    """Whether one of the live secrets signed a text."""
    return any(hmac.compare_digest(sign(key, text), mac) for key in keys)


def is_in_time(at: int, now: datetime) -> bool:
    """Whether the time of a signature is near enough."""
    return abs(now.timestamp() - at) <= SIGNATURE_HOLDS.total_seconds()


def is_over(*, disabled_at: datetime | None, expires_at: datetime | None, at: datetime) -> bool:
    """Whether a key holds no more."""
    return disabled_at is not None or (expires_at is not None and expires_at <= at)


def network(text: str) -> str:
    """An address or network as it is kept. Raises ValueError."""
    return str(ip_network(text.strip(), strict=False))


def is_allowed_from(address: str, networks: Sequence[str]) -> bool:
    """Whether an address lies in one of the networks; no networks: from anywhere."""
    if not networks:
        return True
    try:
        found = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return any((mapped or found) in _network(one) for one in networks)


def not_for_keys(scopes: Iterable[str], known: Iterable[str]) -> list[str]:
    """The scopes that no key can have."""
    grantable = set(grantable_scopes(known))
    return sorted(set(scopes) - grantable)


def grantable_scopes(known: Iterable[str]) -> list[str]:
    """The permissions that a key can have."""
    return [code for code in known if not code.startswith(_FOR_PEOPLE)]


def _network(text: str) -> IPv4Network | IPv6Network:
    return ip_network(text)


def _is_number(text: str, digits: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= digits
