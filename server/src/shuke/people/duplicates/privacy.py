"""What is held here about a member, and what becomes of it when they are erased."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from shuke.people.members import PersonalData
from shuke.platform.db import Session, raw
from shuke.platform.i18n import LocalName

from .rules.weights import likelihood_of

_PAIRS = """
    select score, state, found_at, decided_at from duplicate_pair
    where member_a = any($1::bigint[]) or member_b = any($1::bigint[])
    order by pair_id
"""
_ERASE = (
    "delete from duplicate_pair where member_a = any($1::bigint[]) or member_b = any($1::bigint[])",
    "delete from duplicate_crossing where member_a = any($1::bigint[]) or member_b = any($1::bigint[])",
    "delete from duplicate_block where member_id = any($1::bigint[])",
    "delete from duplicate_member where member_id = any($1::bigint[])",
)


async def export(session: Session, member_ids: Sequence[int]) -> AsyncIterator[Mapping[str, Any]]:
    """That somebody resembles the member, and how that was judged; never who, for that is about another person."""
    for row in await (await raw(session)).fetch(_PAIRS, list(member_ids)):
        yield {
            "likelihood": likelihood_of(row["score"]),
            "state": row["state"],
            "found_at": row["found_at"].isoformat(),
            "decided_at": row["decided_at"].isoformat() if row["decided_at"] else None,
        }


async def erase(session: Session, member_ids: Sequence[int]) -> int:
    """Forget the keyed hashes and the pairs."""
    driver = await raw(session)
    done = [await driver.execute(statement, list(member_ids)) for statement in _ERASE]
    return sum(int(tag.rpartition(" ")[2]) for tag in done)


DATA = PersonalData(
    key="duplicates", label=LocalName("疑似重复的判断", "Judgements on duplicates"), export=export, erase=erase
)
