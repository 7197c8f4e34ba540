"""One digest of everything that orders moved: to compare an import with another, or with orders sent one by one."""

from hashlib import sha256

from shuke.loyalty import ledger, tiers
from shuke.platform.db import Session


async def comparison_digest(session: Session) -> str:
    """The digest as hexadecimal text. Members are put in the order of their own digests: their ids do not count."""
    of_ledger = await ledger.digests(session)
    of_tiers = await tiers.digests(session)
    members = sorted(of_ledger.get(one, b"") + of_tiers.get(one, b"") for one in of_ledger.keys() | of_tiers.keys())
    return sha256(b"".join(members)).hexdigest()
