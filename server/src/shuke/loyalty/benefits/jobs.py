"""The work of every day, and what is over. By the shop's days: looked at every hour, done once a day and benefit."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from shuke.foundation import organization
from shuke.platform import bookmarks, clock, jobs

from .actions import expire, grant_due, hash_anew
from .queries import list_benefits
from .rules.benefit import Benefit
from .rules.kinds import GiftBenefit

# What was missed for longer, while nobody worked, is not made up for.
_LONGEST_BACK = 31
_SOME = 1_000


async def work_of_the_day() -> None:
    """Note what is over, hash by the newest key, and grant what every day since the last one has made due."""
    await expire_all()
    await hash_all_anew()
    async with jobs.transaction() as session:
        shop = await organization.find_shop(session)
        benefits = await list_benefits(session) if shop else []
    for benefit in benefits:
        if shop and isinstance(benefit.what, GiftBenefit) and benefit.kind != "upgrade_gift":
            while await _one_step(benefit, shop.zone):
                pass


async def expire_all() -> None:
    """Note of every entitlement that is over that it is."""
    while True:
        async with jobs.transaction() as session:
            if await expire(session, _SOME) < _SOME:
                return


async def hash_all_anew() -> None:
    """Hash by the newest index key what another one has hashed."""
    after: int | None = 0
    while after is not None:
        async with jobs.transaction() as session:
            after = await hash_anew(session, after, _SOME)


async def _one_step(benefit: Benefit, zone: ZoneInfo) -> bool:
    """The next members of the first day that is not done; whether something is left."""
    name = f"benefits.day:{benefit.benefit_id}"
    async with jobs.transaction() as session:
        place = await bookmarks.lock(session, name)
        today = clock.business_day(clock.now(), zone)
        day, after = _next_day(place.get("done"), place.get("day"), place.get("after"), today)
        if day is None:
            return False
        last = await grant_due(session, benefit, day, today, zone, after=after)
        if last is None:
            await bookmarks.move(session, name, {"done": day.isoformat()})
        else:
            await bookmarks.move(session, name, {**place, "day": day.isoformat(), "after": last})
        return last is not None or day < today


def _next_day(done: str | None, day: str | None, after: int | None, today: date) -> tuple[date | None, int]:
    """The day to work on and the last member of it who was looked at; None: today is done.

    The shop's clock may have been set back: then the days that come again are looked at again, and grant nothing twice.
    """
    if day is not None and date.fromisoformat(day) <= today:
        return date.fromisoformat(day), after or 0
    if done is None:
        return today, 0
    last = date.fromisoformat(done)
    if last == today:
        return None, 0
    if last > today:
        return today, 0
    return max(last + timedelta(days=1), today - timedelta(days=_LONGEST_BACK)), 0
