"""What the ledger does when two members become one, or two again: a transfer that keeps the lots, and its undo."""

import hashlib
from collections.abc import Sequence

from shuke.foundation import organization
from shuke.people import members
from shuke.platform.db import Session
from shuke.platform.i18n import Language

from . import pairs
from .errors import HoldsOpen, OperationNotFound
from .handlers import write_facts_of
from .queries import list_accounts


async def preview(
    session: Session, absorbed_id: int, survivor_id: int, language: Language
) -> Sequence[members.MergeLine]:
    """Balances of both and of the one person, by currency. Raises HoldsOpen, as the merge would."""
    del language  # Names carry both languages.
    theirs, own = await list_accounts(session, absorbed_id), await list_accounts(session, survivor_id)
    if any(account.held for account in theirs):
        raise HoldsOpen(member=absorbed_id, count=sum(1 for account in theirs if account.held))
    kept = {account.currency.code: account.balance for account in own}
    return [
        members.MergeLine(
            label=account.currency.name,
            absorbed=f"{account.balance:,}",
            survivor=f"{kept.get(account.currency.code, 0):,}",
            after=f"{account.balance + kept.get(account.currency.code, 0):,}",
        )
        for account in theirs
    ]


async def merge(session: Session, merging: members.Merging) -> None:
    """Move everything that the absorbed member owns and owes, lots and all. Raises HoldsOpen."""
    zone = (await organization.get_shop(session)).zone
    asked = _asked(merging, _key(merging))
    await pairs.merge(session, zone, asked, from_member=merging.absorbed_id, into_member=merging.survivor_id)
    await write_facts_of(session, [merging.absorbed_id, merging.survivor_id])


async def undo(session: Session, merging: members.Merging) -> None:
    """Give back what the merge moved, less what has been used since."""
    zone = (await organization.get_shop(session)).zone
    asked = _asked(merging, f"{_key(merging)}:undo")
    try:
        await pairs.undo_merge(session, zone, asked, member=merging.absorbed_id, merge=_key(merging))
    except OperationNotFound:
        return  # there was nothing to move
    await write_facts_of(session, [merging.absorbed_id, merging.survivor_id])


def _asked(merging: members.Merging, key: str) -> pairs.Asked:
    request_hash = hashlib.sha256(key.encode()).digest()
    # Entries stay for ever, and what people type may name somebody: the words stay with the merge.
    return pairs.Asked(key=key, actor=merging.actor, request_hash=request_hash, reason="same person")


def _key(merging: members.Merging) -> str:
    return f"merge:{merging.merge_id}"


PART = members.MergePart(key="ledger", preview=preview, merge=merge, undo=undo)
