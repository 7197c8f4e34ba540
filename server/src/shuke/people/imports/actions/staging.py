"""Between reading and applying: the identities of rows, and the rows handed back."""

from collections.abc import Sequence

from sqlalchemy import delete

from shuke.platform import crypto
from shuke.platform.db import Session, copy_rows, dump_json, raw

from ..queries import Import, RejectKind, row_context
from ..rules.deciding import Key
from ..rules.reading import Rejected
from ..tables import member_import_key, member_import_reject

# One look into the index for each identity, whatever the file's size, and however often it repeats itself.
_EARLIER = """
    select k.row_no, min(e.row_no) as first
    from member_import_key k
    cross join lateral (
        select same.row_no from member_import_key same
        where same.import_id = k.import_id and same.blind = k.blind and same.row_no < k.row_no
        order by same.row_no limit 1
    ) e
    where k.import_id = $1 and k.row_no between $2 and $3
    group by k.row_no
"""
Handed = tuple[int, RejectKind, Rejected, Sequence[str]]


async def clear(session: Session, import_id: int, *, is_resumed: bool) -> None:
    """Forget what an earlier attempt has staged; when resumed, what was decided on applied rows stays."""
    await session.execute(delete(member_import_key).where(member_import_key.c.import_id == import_id))
    handed = delete(member_import_reject).where(member_import_reject.c.import_id == import_id)
    await session.execute(handed.where(member_import_reject.c.kind == "rejected") if is_resumed else handed)


async def stage(session: Session, import_id: int, rows: Sequence[tuple[int, Sequence[Key]]]) -> int:
    """Put the identities of rows to wait; how many they are."""
    staged = [(import_id, row_no, *key) for row_no, keys in rows for key in keys]
    await copy_rows(session, member_import_key, ("import_id", "row_no", "kind", "source", "blind"), staged)
    return len(staged)


async def count(session: Session, import_id: int) -> int:
    """How many identities wait."""
    driver = await raw(session)
    found: int = await driver.fetchval("select count(*) from member_import_key where import_id = $1", import_id)
    return found


async def earlier(session: Session, import_id: int, first: int, last: int) -> dict[int, int]:
    """The rows among these that share an identity with an earlier row, and the first such row."""
    driver = await raw(session)
    return {row["row_no"]: row["first"] for row in await driver.fetch(_EARLIER, import_id, first, last)}


async def hand_back(session: Session, run: Import, data_key: bytes, rows: Sequence[Handed]) -> None:
    """Keep rows that are handed back, their cells sealed: they hold people's data as it stood in the file."""
    contents = [
        (dump_json([_plain(cell) for cell in cells]).encode(), row_context(run.import_id, row_no))
        for row_no, _, _, cells in rows
    ]
    sealed = crypto.seal_many(data_key, contents)
    await copy_rows(
        session,
        member_import_reject,
        ("import_id", "row_no", "kind", "code", "values", "sealed"),
        (
            (run.import_id, row_no, kind, rejected.code, dump_json(rejected.values), value)
            for (row_no, kind, rejected, _), value in zip(rows, sealed, strict=True)
        ),
    )


def _plain(cell: str) -> str:
    """A cell that can be written down: what is no character is shown as the replacement sign."""
    return cell.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()


async def drop(session: Session, import_id: int) -> None:
    """Forget the identities of a finished import."""
    await session.execute(delete(member_import_key).where(member_import_key.c.import_id == import_id))
