"""What other modules keep about a member that only the member's own key may open."""

from collections.abc import Mapping, Sequence

from shuke.platform import crypto, keys
from shuke.platform.db import Session, raw
from shuke.platform.keys import WrappedKey

from ..rules import contexts

_KEYS = "select member_id, wrapped, kek_version from vault.member_key where member_id = any($1::bigint[])"


async def data_keys(session: Session, member_ids: Sequence[int]) -> dict[int, bytes]:
    """The data keys of members; whoever is erased has none and is left out."""
    driver = await raw(session)
    rows = await driver.fetch(_KEYS, sorted(set(member_ids)))
    wanted = [(WrappedKey(row["wrapped"], row["kek_version"]), contexts.key(row["member_id"])) for row in rows]
    opened = await keys.ring().open(wanted)
    return {row["member_id"]: data_key for row, data_key in zip(rows, opened, strict=True)}


async def seal_for(session: Session, member_id: int, plaintext: bytes, place: str) -> bytes | None:
    """A value sealed under a member's key for one place of the caller's; None when the key is destroyed.

    `place` names table, row and field, such as `note:12:text`; moved elsewhere, the value does not open.
    """
    found = await data_keys(session, [member_id])
    if member_id not in found:
        return None
    return crypto.seal(found[member_id], plaintext, f"member:{member_id}:{place}")


async def open_for(session: Session, sealed: Mapping[str, tuple[int, bytes]]) -> dict[str, bytes]:
    """Values sealed by `seal_for`: place → (member id, sealed). Those whose key is destroyed are left out."""
    found = await data_keys(session, [member_id for member_id, _ in sealed.values()])
    return {
        place: crypto.open_(found[member_id], value, f"member:{member_id}:{place}")
        for place, (member_id, value) in sealed.items()
        if member_id in found
    }
