"""Relations are about both sides: each has a copy, and an erased member's go for both."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from shuke.platform.db import Session, raw
from shuke.platform.i18n import LocalName

from ..extensions import PersonalData

_EXPORT = """
    select member_id, other_id, role, noted_at from member_family where member_id = any($1::bigint[])
    union all
    select other_id, member_id, role, noted_at from member_family where other_id = any($1::bigint[])
    order by 1, 2
"""
_ERASE = "delete from member_family where member_id = any($1::bigint[]) or other_id = any($1::bigint[])"
_FORGET_INVITER = """
    update member set inviter_id = null
    where inviter_id = any($1::bigint[]) or member_id = any($1::bigint[]) and inviter_id is not null
"""


async def _export(session: Session, member_ids: Sequence[int]) -> AsyncIterator[Mapping[str, Any]]:
    driver = await raw(session)
    for row in await driver.fetch(_EXPORT, list(member_ids)):
        # Who the other is, is theirs to tell.
        yield {"member_id": row["member_id"], "role": row["role"], "noted_at": row["noted_at"].isoformat()}


async def _erase(session: Session, member_ids: Sequence[int]) -> int:
    driver = await raw(session)
    done = [await driver.execute(statement, list(member_ids)) for statement in (_ERASE, _FORGET_INVITER)]
    return sum(int(one.split()[-1]) for one in done)


FAMILY = PersonalData(key="relations", label=LocalName("会员关系", "Relations"), export=_export, erase=_erase)
