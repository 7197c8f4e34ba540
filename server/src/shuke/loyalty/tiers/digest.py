"""Two runs over the same facts came to the same levels when their digests are equal."""

from hashlib import sha256
from itertools import groupby

import orjson

from shuke.platform.db import Session, raw


async def digests(session: Session) -> dict[int, bytes]:
    """SHA-256 over each member's changes of level, without the times of recording; by member id."""
    driver = await raw(session)
    rows = await driver.fetch(
        """
        select member_id, scheme_id, change_no, from_rank, to_rank, reason, at, valid_until
        from tier_change order by member_id, scheme_id, change_no
        """
    )
    return {
        member_id: sha256(orjson.dumps([tuple(row)[1:] for row in changes])).digest()
        for member_id, changes in groupby(rows, key=lambda row: row["member_id"])
    }
