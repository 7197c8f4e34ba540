"""The finder's two steps, each for some members at a time: reading puts them into blocks, comparing judges pairs.

Work grows with the members and with those who share a block; a block that many stand in says nothing, and is skipped.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from shuke.platform import clock
from shuke.platform.db import Session, copy_rows, raw

from .opening import keyed_blocks, keyed_print, keyed_print_of_both, open_people
from .rules.comparing import compare
from .rules.values import Compared, Person
from .rules.weights import HIGHEST, LEAST
from .tables import duplicate_block

# More than so many in one block: a name and a day that half a town shares.
LARGEST_BLOCK = 50
# So many pairs are opened at once.
_PAIRS = 400

_PRINTS = """
    select member_id, print from duplicate_member where member_id = any($1::bigint[]) order by member_id for update
"""
_FORGET = "delete from duplicate_block where member_id = any($1::bigint[])"
_NOTE = """
    insert into duplicate_member (member_id, print, is_stale)
    select member_id, print, false from unnest($1::bigint[], $2::bigint[]) as known (member_id, print)
    on conflict (member_id) do update set print = excluded.print, is_stale = false
"""
_CANDIDATES = """
    with mine as materialized (
        select member_id, block from duplicate_block where member_id = any($1::bigint[])
    ), small as materialized (
        select block from duplicate_block where block = any(array(select block from mine))
        group by block having count(*) between 2 and $2
    )
    select a, b, bool_or(came_together) as came_together from (
        select least(mine.member_id, other.member_id) as a, greatest(mine.member_id, other.member_id) as b,
            false as came_together
        from mine join small using (block) join duplicate_block other using (block)
        where other.member_id > mine.member_id or ($3 and other.member_id < mine.member_id)
        union all
        select member_a, member_b, true from duplicate_crossing
        where member_a = any($1::bigint[]) or ($3 and member_b = any($1::bigint[]))
    ) candidate
    group by a, b
    order by a, b
"""
# What was decided stays so until the data are others; a print of nought: it was decided before it was compared.
_KEEP = """
    insert into duplicate_pair (member_a, member_b, score, reasons, has_common_proof, has_other_phones, print, state,
        found_at)
    select a, b, score, string_to_array(reasons, ','), common, other, print, 'waiting', $8
    from unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::text[], $5::boolean[], $6::boolean[], $7::bigint[])
        as found (a, b, score, reasons, common, other, print)
    on conflict (member_a, member_b) do update
    set score = excluded.score, reasons = excluded.reasons, has_common_proof = excluded.has_common_proof,
        has_other_phones = excluded.has_other_phones, print = excluded.print,
        found_at = case when duplicate_pair.state = 'waiting' then duplicate_pair.found_at else excluded.found_at end,
        state = case when duplicate_pair.print = 0 then duplicate_pair.state else 'waiting' end,
        decided_at = case when duplicate_pair.print = 0 then duplicate_pair.decided_at end,
        decided_by = case when duplicate_pair.print = 0 then duplicate_pair.decided_by end,
        decided_because = case when duplicate_pair.print = 0 then duplicate_pair.decided_because end
    where duplicate_pair.print <> excluded.print
        or (duplicate_pair.state = 'waiting'
            and (duplicate_pair.score, duplicate_pair.reasons) is distinct from (excluded.score, excluded.reasons))
"""
_DROP = """
    delete from duplicate_pair
    where state = 'waiting' and (member_a = any($1::bigint[]) or ($4 and member_b = any($1::bigint[])))
        and (member_a, member_b) not in (select * from unnest($2::bigint[], $3::bigint[]))
"""
_LARGE = """
    select count(*) as blocks, coalesce(sum(members), 0) as members
    from (select count(*) as members from duplicate_block group by block having count(*) > $1) large
"""


async def read(session: Session, member_ids: Sequence[int]) -> None:
    """Put members into the blocks that they stand in by now; whoever cannot be merged stands in none."""
    driver = await raw(session)
    known = {row["member_id"]: row["print"] for row in await driver.fetch(_PRINTS, sorted(member_ids))}
    people = await open_people(session, member_ids)
    prints = {member_id: keyed_print(person) for member_id, person in people.items()}
    changed = [member_id for member_id in member_ids if prints.get(member_id) != known.get(member_id)]
    await driver.execute(_FORGET, changed)
    rows = [row for member_id in changed if member_id in people for row in keyed_blocks(people[member_id])]
    await copy_rows(session, duplicate_block, ("member_id", "kind", "block"), rows)
    await driver.execute(_NOTE, list(member_ids), [prints.get(member_id) for member_id in member_ids])


async def compare_members(session: Session, member_ids: Sequence[int], *, is_sweep: bool) -> int:
    """Judge these members against whoever shares a block with them; how many pairs that were.

    `is_sweep`: everybody gets their turn, so a pair is looked at once, when it is the turn of its first member.
    """
    driver = await raw(session)
    candidates = await driver.fetch(_CANDIDATES, list(member_ids), LARGEST_BLOCK, not is_sweep)
    found: list[tuple[int, int]] = []
    for start in range(0, len(candidates), _PAIRS):
        some = [(row["a"], row["b"], row["came_together"]) for row in candidates[start : start + _PAIRS]]
        people = await open_people(session, sorted({member_id for pair in some for member_id in pair[:2]}))
        likely = list(_likely(some, people))
        found += [(judged.one.member_id, judged.other.member_id) for judged in likely]
        await driver.execute(_KEEP, *_columns(likely), clock.now())
    firsts, seconds = ([pair[side] for pair in found] for side in (0, 1))
    await driver.execute(_DROP, list(member_ids), firsts, seconds, not is_sweep)
    return len(candidates)


async def count_large_blocks(session: Session) -> tuple[int, int]:
    """How many blocks are skipped, and how many places in them."""
    row = await (await raw(session)).fetchrow(_LARGE, LARGEST_BLOCK)
    assert row is not None
    return int(row["blocks"]), int(row["members"])


@dataclass(frozen=True)
class _Judged:
    one: Person
    other: Person
    came_together: bool
    compared: Compared


def _likely(pairs: Sequence[tuple[int, int, bool]], people: dict[int, Person]) -> Iterator[_Judged]:
    for first, second, came_together in pairs:
        if first in people and second in people:
            compared = compare(people[first], people[second], came_together=came_together)
            if compared.score >= LEAST:
                yield _Judged(people[first], people[second], came_together, compared)


def _columns(likely: Sequence[_Judged]) -> list[list[Any]]:
    return [
        [judged.one.member_id for judged in likely],
        [judged.other.member_id for judged in likely],
        [min(judged.compared.score, HIGHEST) for judged in likely],
        [",".join(judged.compared.reasons) for judged in likely],
        [judged.compared.has_common_proof for judged in likely],
        [judged.compared.has_other_phones for judged in likely],
        [keyed_print_of_both(judged.one, judged.other, came_together=judged.came_together) for judged in likely],
    ]
