"""What other modules keep about a member that only the member's own key may open."""

from collections.abc import Mapping, Sequence

from shuke.platform import crypto, keys
from shuke.platform.db import Session, raw
from shuke.platform.keys import WrappedKey

from ..rules import contexts

_KEYS = """
    select k.member_id, k.wrapped, k.kek_version from vault.member_key k join member m using (member_id)
    where k.member_id = any($1::bigint[]) and k.wrapped <> ''
"""
# Held, the key is not exchanged for another before the transaction ends.
_KEYS_HELD = _KEYS + " order by m.member_id for key share of m"


def place_of(member_id: int, place: str) -> str:
    """The whole place of a value sealed for a member."""
    return f"member:{member_id}:{place}"


async def data_keys(session: Session, member_ids: Sequence[int], *, hold: bool = False) -> dict[int, bytes]:
    """The data keys of members; whoever is erased has none and is left out."""
    driver = await raw(session)
    rows = await driver.fetch(_KEYS_HELD if hold else _KEYS, sorted(set(member_ids)))
    wanted = [(WrappedKey(row["wrapped"], row["kek_version"]), contexts.key(row["member_id"])) for row in rows]
    opened = await keys.ring().open(wanted)
    return {row["member_id"]: data_key for row, data_key in zip(rows, opened, strict=True)}


async def seal_for(session: Session, member_id: int, plaintext: bytes, place: str) -> bytes | None:
    """A value sealed under a member's key for one place of the caller's; None when the key is destroyed.

    `place` names table, row and field, such as `note:12:text`; moved elsewhere, the value does not open.
    """
    found = await data_keys(session, [member_id], hold=True)
    if member_id not in found:
        return None
    return crypto.seal(found[member_id], plaintext, place_of(member_id, place))


async def seal_all_for(session: Session, values: Mapping[str, tuple[int, bytes]]) -> dict[str, bytes]:
    """The same for many: place → (member id, plaintext). Those whose key is destroyed are left out."""
    found = await data_keys(session, [member_id for member_id, _ in values.values()], hold=True) if values else {}
    return {
        place: crypto.seal(found[member_id], plaintext, place_of(member_id, place))
        for place, (member_id, plaintext) in values.items()
        if member_id in found
    }


async def open_for(session: Session, sealed: Mapping[str, tuple[int, bytes]]) -> dict[str, bytes]:
    """Values sealed by `seal_for`: place → (member id, sealed). Those whose key is destroyed are left out."""
    found = await data_keys(session, [member_id for member_id, _ in sealed.values()])
    return {
        place: crypto.open_(found[member_id], value, place_of(member_id, place))
        for place, (member_id, value) in sealed.items()
        if member_id in found
    }
