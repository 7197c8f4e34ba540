"""What imports hold about members: that a row of a file was theirs, and what their profile was before."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select, update

from shuke.people import members
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from .tables import member_import, member_import_change, member_import_identity


async def export(session: Session, member_ids: Sequence[int]) -> AsyncIterator[Mapping[str, Any]]:
    """The imports that brought or changed these members."""
    change = member_import_change.c
    rows = await session.execute(
        select(change.import_id, change.row_no, change.kind, member_import.c.file_name, member_import.c.started_at)
        .join(member_import, member_import.c.import_id == change.import_id)
        .where(change.member_id.in_(member_ids))
        .order_by(change.import_id)
    )
    for row in rows:
        yield {
            "import": row.import_id,
            "row": row.row_no,
            "kind": row.kind,
            "file": row.file_name,
            "at": row.started_at.isoformat() if row.started_at else None,
        }


async def erase(session: Session, member_ids: Sequence[int]) -> int:
    """Forget what profiles were before, and which identities were gained."""
    await session.execute(delete(member_import_identity).where(member_import_identity.c.member_id.in_(member_ids)))
    emptied = await session.execute(
        update(member_import_change)
        .where(member_import_change.c.member_id.in_(member_ids))
        .values(profile_before=None, profile_after=None)
    )
    return emptied.rowcount


PERSONAL_DATA = members.PersonalData(
    key="member_imports",
    label=LocalName("导入记录", "Imports"),
    export=export,
    erase=erase,
    kept=LocalName(
        "保留“某次导入涉及该会员编号”的记录，不含个人信息：用于说明会员从何而来。",
        "That an import concerned the member's id stays, with nothing personal: it says where the member came from.",
    ),
)
