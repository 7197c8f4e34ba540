"""OpenID Connect as a client: the way to the provider and back, with PKCE, state and nonce. Never in a transaction."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.jose import JsonWebKey, JsonWebToken
from authlib.oidc.core import CodeIDToken

from shuke.platform import clock

from .errors import ProviderRefused, ProviderUnreachable

_TIMEOUT_S = 10
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]
_LEEWAY_S = 60


@dataclass(frozen=True, kw_only=True)
class Client:
    """This console as one provider knows it."""

    issuer: str
    client_id: str
    secret: str
    return_address: str


@dataclass(frozen=True, kw_only=True)
class Way:
    """What binds a way to the provider to the way back."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, kw_only=True)
class Vouched:
    """Whom the provider vouches for."""

    subject: str
    email: str | None
    is_email_verified: bool
    username: str | None
    name: str | None


def is_safe_issuer(issuer: str) -> bool:
    """Whether an issuer can be asked without anybody on the way reading along."""
    parts = urlsplit(issuer)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1"})


async def address_of(client: Client, way: Way) -> str:
    """Where to send the browser. Raises ProviderUnreachable."""
    described = await _describe(client.issuer)
    async with _session(client) as session:
        address, _ = session.create_authorization_url(
            described["authorization_endpoint"], state=way.state, nonce=way.nonce, code_verifier=way.verifier
        )
    return str(address)


async def vouch(client: Client, way: Way, code: str) -> Vouched:
    """Whom the provider vouches for with a code. Raises ProviderUnreachable and ProviderRefused."""
    described = await _describe(client.issuer)
    try:
        async with _session(client) as session:
            answer = await session.fetch_token(
                described["token_endpoint"], code=code, code_verifier=way.verifier, grant_type="authorization_code"
            )
        keys = await _get(described["jwks_uri"])
    except AuthlibBaseError:
        raise ProviderRefused from None
    except httpx.HTTPError:
        raise ProviderUnreachable from None
    return _read(client, way, str(answer.get("id_token", "")), keys)


def _read(client: Client, way: Way, id_token: str, keys: dict[str, Any]) -> Vouched:
    wanted = {
        "iss": {"essential": True, "value": client.issuer},
        "aud": {"essential": True, "value": client.client_id},
        "exp": {"essential": True},
        "sub": {"essential": True},
        "nonce": {"essential": True, "value": way.nonce},
    }
    try:
        claims = JsonWebToken(_ALGORITHMS).decode(
            id_token,
            JsonWebKey.import_key_set(keys),
            claims_cls=CodeIDToken,
            claims_options=wanted,
            claims_params={"nonce": way.nonce, "client_id": client.client_id},
        )
        claims.validate(now=int(clock.wall().timestamp()), leeway=_LEEWAY_S)
    except (AuthlibBaseError, ValueError, KeyError, TypeError):
        raise ProviderRefused from None
    return Vouched(
        subject=str(claims["sub"]),
        email=_text(claims.get("email")),
        is_email_verified=claims.get("email_verified") is True,
        username=_text(claims.get("preferred_username")),
        name=_text(claims.get("name")),
    )


async def _describe(issuer: str) -> dict[str, Any]:
    described = await _get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    needed = {"issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"}
    if needed - described.keys() or described["issuer"] != issuer:
        raise ProviderUnreachable
    if not all(is_safe_issuer(str(described[name])) for name in needed):
        raise ProviderUnreachable
    return described


async def _get(address: str) -> dict[str, Any]:
    try:
        async with httpx.AsyncClient(timeout=_TIMEOUT_S) as browser:
            answer = await browser.get(address)
            answer.raise_for_status()
            found = answer.json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        raise ProviderUnreachable from None
    if not isinstance(found, dict):
        raise ProviderUnreachable
    return found


def _session(client: Client) -> AsyncOAuth2Client:
    return AsyncOAuth2Client(
        client_id=client.client_id,
        client_secret=client.secret,
        redirect_uri=client.return_address,
        scope="openid profile email",
        code_challenge_method="S256",
        timeout=_TIMEOUT_S,
    )


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
