"""What changes of level do: gifts for rising, and unused gifts that go with a level that is lost. Set-wise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from shuke.foundation import organization
from shuke.loyalty import tiers
from shuke.platform import clock
from shuke.platform.db import Session, raw

from ..queries.benefits import list_benefits
from ..rules.benefit import Benefit, Grant, end_of, may_rise_again
from ..rules.kinds import UpgradeGift
from .granting import grant, still_there
from .using import revoke_many

# The level for which an upgrade gift was granted stands in its occasion.
_LAST = """
    select w.member_id, w.level, max(had.granted_at) as at
    from unnest($1::bigint[], $2::text[]) as w (member_id, level)
    join lateral (
        select e.granted_at from benefit_entitlement e
        where e.member_id = w.member_id and e.benefit_id = $3 and starts_with(e.occasion, 'level:' || w.level || ':')
        union all
        select e.granted_at from benefit_occasion o
        join benefit_entitlement e
            on e.member_id = o.holder_id and e.benefit_id = o.benefit_id and e.occasion = o.occasion
        where o.member_id = w.member_id and o.benefit_id = $3
            and starts_with(o.occasion, 'level:' || w.level || ':')
    ) had on true
    group by w.member_id, w.level
"""
# An upgrade gift goes with the level it was for; another gift, when none of the benefit's levels is left.
_LOST = """
    select e.entitlement_id
    from unnest($1::bigint[], $2::text[], $3::smallint[], $4::boolean[]) as fallen (member_id, level, rank, by_refund)
    join lateral (
        select fallen.member_id as holder_id
        union select o.holder_id from benefit_occasion o where o.member_id = fallen.member_id
    ) who on true
    join benefit_entitlement e on e.member_id = who.holder_id and e.state = 'open' and e.used = 0
    join benefit b using (benefit_id)
    left join unnest($5::text[], $6::smallint[]) as was (level, rank) on was.level = split_part(e.occasion, ':', 2)
    where (e.gift ->> 'on_level_lost' = 'revoke' or fallen.by_refund and e.gift ->> 'on_refund' = 'revoke')
        and case
            when b.kind = 'upgrade_gift' then coalesce(was.rank > fallen.rank, true)
            else b.levels <> '{}' and not coalesce(fallen.level = any(b.levels), false)
        end
    order by e.entitlement_id
"""


@dataclass(frozen=True, kw_only=True)
class LevelChange:
    """One change of a member's level as it was announced."""

    event_id: int
    member_id: int
    at: datetime
    from_level: str | None
    to_level: str | None
    by_refund: bool


async def on_risen(session: Session, changes: Sequence[LevelChange]) -> int:
    """Grant upgrade gifts for these promotions; how many. Promotions from before a benefit was set up count nothing."""
    benefits = [(one, one.what) for one in await list_benefits(session) if isinstance(one.what, UpgradeGift)]
    if not benefits or not changes:
        return 0
    there = await still_there(session, [change.member_id for change in changes])
    zone = (await organization.get_shop(session)).zone
    mine = [change for change in changes if change.member_id in there]
    granted = 0
    for benefit, what in benefits:
        grants = await _due(session, benefit, what, mine, zone)
        granted += len(await grant(session, benefit, what, grants))
    return granted


async def _due(
    session: Session, benefit: Benefit, what: UpgradeGift, changes: Sequence[LevelChange], zone: ZoneInfo
) -> list[Grant]:
    wanted = [
        (change, change.to_level, clock.business_day(change.at, zone))
        for change in changes
        if change.to_level is not None and benefit.is_for(change.to_level) and change.at >= benefit.added_at
    ]
    wanted = [one for one in wanted if benefit.holds_on(one[2])]
    last = await _last(session, benefit, [(change.member_id, level) for change, level, _ in wanted], zone)
    due = []
    for change, level, day in wanted:
        if not may_rise_again(what, last.get((change.member_id, level)), day):
            continue
        last[change.member_id, level] = day
        occasion = f"level:{level}:{change.event_id}"
        due.append(Grant(member_id=change.member_id, occasion=occasion, expires_at=end_of(what, day, None, zone)))
    return due


async def _last(
    session: Session, benefit: Benefit, wanted: Sequence[tuple[int, str]], zone: ZoneInfo
) -> dict[tuple[int, str], date]:
    if not wanted:
        return {}
    ids, levels = zip(*sorted(set(wanted)), strict=True)
    rows = await (await raw(session)).fetch(_LAST, list(ids), list(levels), benefit.benefit_id)
    return {(row["member_id"], row["level"]): clock.business_day(row["at"], zone) for row in rows}


async def on_fallen(session: Session, changes: Sequence[LevelChange]) -> int:
    """Take away unused gifts of levels that members lost, where the benefit says so; how many.

    `to_level` is the level that they have by now; the last change of a member counts.
    """
    scheme = await tiers.find_scheme_view(session)
    if scheme is None or not changes:
        return 0
    ranks = {level.code: level.rank for level in scheme.levels}
    fallen = {change.member_id: change for change in changes}
    rows = await (await raw(session)).fetch(
        _LOST,
        list(fallen),
        [change.to_level for change in fallen.values()],
        [ranks.get(change.to_level or "", 0) for change in fallen.values()],
        [change.by_refund for change in fallen.values()],
        list(ranks),
        list(ranks.values()),
    )
    return await revoke_many(session, [row["entitlement_id"] for row in rows], because="level_lost")
