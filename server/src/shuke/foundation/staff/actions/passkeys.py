"""Passkeys: registered on a device, then enough to sign in, as second factor, and as proof."""

import base64
import json
from dataclasses import dataclass
from typing import Any

import webauthn
from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from webauthn.helpers import options_to_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialCreationOptions,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRequestOptions,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from shuke.platform import clock
from shuke.platform.db import Session

from ..errors import PasskeyNotFound, PasskeyRefused, SignInExpired
from ..queries import find_passkey, get_factors, list_passkeys, token_hash
from ..tables import staff_passkey, staff_recovery_code, staff_session, staff_user
from . import challenges, totp
from .sign_in import From, SignedIn, open_session, renew

_SHOP = "Shuke 熟客"


@dataclass(frozen=True, kw_only=True)
class Begun:
    """What the browser asks the device for, and the token that belongs to it."""

    token: str
    options: dict[str, Any]


async def begin_registration(session: Session, *, user_id: int, site: str, address: str) -> Begun:
    """Ask for a new passkey on this site."""
    user = (await session.execute(select(staff_user).where(staff_user.c.user_id == user_id))).one()
    present = await list_passkeys(session, user_id)
    options = webauthn.generate_registration_options(
        rp_id=_host(site),
        rp_name=_SHOP,
        user_id=user_id.to_bytes(8, "big"),
        user_name=user.username,
        user_display_name=user.display_name,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=key.credential_id) for key in present],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    return await _begin(session, "passkey_registration", options, site=site, address=address, user_id=user_id)


async def register(
    session: Session, *, user_id: int, token: str | None, credential: dict[str, Any], name: str, origin: From
) -> list[str]:
    """Keep a new passkey. Returns recovery codes where it is the first second factor.

    Raises SignInExpired and PasskeyRefused.
    """
    begun = await challenges.attempt(session, "passkey_registration", token, address=origin.address)
    if begun.user_id != user_id:
        raise SignInExpired
    try:
        made = webauthn.verify_registration_response(
            credential=credential, require_user_verification=True, **_expected(begun)
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise PasskeyRefused from None
    await challenges.finish(session, begun)
    had_factor = (await get_factors(session, user_id)).is_on
    values = {
        "user_id": user_id,
        "credential_id": made.credential_id,
        "public_key": made.credential_public_key,
        "sign_count": made.sign_count,
        "name": name.strip(),
        "created_at": clock.wall(),
    }
    added = insert(staff_passkey).values(values).on_conflict_do_nothing()
    if (await session.execute(added)).rowcount == 0:
        raise PasskeyRefused
    # Who has just unlocked the device holds a session of two factors.
    mine = staff_session.c.token_hash == token_hash(origin.token or "")
    await session.execute(update(staff_session).where(mine).values(method="second_factor"))
    return [] if had_factor else await totp.renew_recovery_codes(session, user_id)


async def begin_sign_in(session: Session, *, site: str, address: str) -> Begun:
    """Ask any passkey of this site to sign in."""
    options = webauthn.generate_authentication_options(
        rp_id=_host(site), user_verification=UserVerificationRequirement.REQUIRED
    )
    return await _begin(session, "passkey_sign_in", options, site=site, address=address, user_id=None)


async def sign_in_with_passkey(
    session: Session, *, token: str | None, credential: dict[str, Any], origin: From
) -> SignedIn:
    """Sign in with a passkey alone: the device and what unlocks it are two factors.

    Raises SignInExpired and PasskeyRefused.
    """
    begun = await challenges.attempt(session, "passkey_sign_in", token, address=origin.address)
    user_id = await _check(session, begun, credential)
    await challenges.finish(session, begun)
    return await open_session(session, user_id=user_id, method="passkey", origin=origin)


async def begin_proof(session: Session, *, user_id: int, site: str, address: str) -> Begun:
    """Ask one of a user's own passkeys for a fresh proof."""
    present = await list_passkeys(session, user_id)
    options = webauthn.generate_authentication_options(
        rp_id=_host(site),
        allow_credentials=[PublicKeyCredentialDescriptor(id=key.credential_id) for key in present],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return await _begin(session, "passkey_proof", options, site=site, address=address, user_id=user_id)


async def prove_by_passkey(
    session: Session, *, user_id: int, token: str | None, credential: dict[str, Any], origin: From
) -> SignedIn:
    """Show again with a passkey who one is. Raises SignInExpired and PasskeyRefused."""
    begun = await challenges.attempt(session, "passkey_proof", token, address=origin.address)
    if begun.user_id != user_id or await _check(session, begun, credential) != user_id:
        raise PasskeyRefused
    await challenges.finish(session, begun)
    return await renew(session, user_id=user_id, origin=origin)


async def remove_passkey(session: Session, *, user_id: int, passkey_id: int) -> None:
    """Forget one of a user's own passkeys. Raises PasskeyNotFound."""
    mine = (staff_passkey.c.user_id == user_id, staff_passkey.c.passkey_id == passkey_id)
    if (await session.execute(delete(staff_passkey).where(*mine))).rowcount == 0:
        raise PasskeyNotFound
    if not (await get_factors(session, user_id)).is_on:
        await session.execute(delete(staff_recovery_code).where(staff_recovery_code.c.user_id == user_id))


async def _begin(
    session: Session,
    kind: challenges.Kind,
    options: PublicKeyCredentialCreationOptions | PublicKeyCredentialRequestOptions,
    *,
    site: str,
    address: str,
    user_id: int | None,
) -> Begun:
    shown = json.loads(options_to_json(options))
    details = {"challenge": base64.b64encode(options.challenge).decode(), "site": site}
    token = await challenges.start(session, kind, address=address, user_id=user_id, details=details)
    return Begun(token=token, options=shown)


async def _check(session: Session, begun: challenges.Challenge, credential: dict[str, Any]) -> int:
    """The user whose passkey has signed this challenge."""
    found = await find_passkey(session, _credential_id(credential))
    if found is None:
        raise PasskeyRefused
    user_id, key = found
    active = select(staff_user.c.user_id).where(staff_user.c.user_id == user_id, staff_user.c.is_active)
    if (await session.execute(active)).first() is None:
        raise PasskeyRefused
    try:
        seen = webauthn.verify_authentication_response(
            credential=credential,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
            **_expected(begun),
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise PasskeyRefused from None
    values = {"sign_count": seen.new_sign_count, "used_at": clock.wall()}
    await session.execute(update(staff_passkey).where(staff_passkey.c.passkey_id == key.id).values(values))
    return user_id


def _credential_id(credential: dict[str, Any]) -> bytes:
    try:
        return webauthn.base64url_to_bytes(str(credential["rawId"]))
    except (KeyError, ValueError):
        raise PasskeyRefused from None


def _expected(begun: challenges.Challenge) -> dict[str, Any]:
    site = str(begun.details["site"])
    return {
        "expected_challenge": base64.b64decode(begun.details["challenge"]),
        "expected_rp_id": _host(site),
        # A proxy may speak TLS for us: the browser decides which of the two it was.
        "expected_origin": [f"https://{site}", f"http://{site}"],
    }


def _host(site: str) -> str:
    """The name of a site without its port."""
    return site.rsplit(":", 1)[0] if site.rsplit(":", 1)[-1].isdigit() else site
