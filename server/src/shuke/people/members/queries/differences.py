"""What a change of personal values was, for the audit trail: sealed under a key that dies with the member's own."""

from collections.abc import Mapping
from typing import Any

import orjson

from shuke.platform import crypto
from shuke.platform.audit import Difference, difference_context, key_context
from shuke.platform.db import Session

from .vault import open_members


async def seal_difference(
    session: Session, member_id: int, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Difference | None:
    """Before and after of the values that differ; None when none does, or the member's key is gone.

    The caller holds the member's row, so that the data key is not exchanged meanwhile.
    """
    names = tuple(name for name in {**before, **after} if before.get(name) != after.get(name))
    opened = (await open_members(session, [member_id], kinds=())).get(member_id)
    if not names or opened is None or opened.data_key is None:
        return None
    values = orjson.dumps({name: [before.get(name), after.get(name)] for name in names})
    (own_key,) = crypto.new_data_keys(1)
    return Difference(
        member_id=member_id,
        fields=names,
        sealed=crypto.seal(own_key, values, difference_context(member_id)),
        wrapped=crypto.seal(opened.data_key, own_key, key_context(member_id)),
    )


async def open_difference(
    session: Session, member_id: int, sealed: bytes, wrapped: bytes
) -> dict[str, tuple[Any, Any]] | None:
    """Before and after again; None when the member's key is gone. Who asks must be audited. Raises SealBroken."""
    opened = (await open_members(session, [member_id], kinds=())).get(member_id)
    if opened is None or opened.data_key is None:
        return None
    own_key = crypto.open_(opened.data_key, wrapped, key_context(member_id))
    values = orjson.loads(crypto.open_(own_key, sealed, difference_context(member_id)))
    return {name: (before, after) for name, (before, after) in values.items()}
