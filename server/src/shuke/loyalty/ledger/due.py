"""What has come due, for everybody: value matures, holds time out, lots end. Sets of accounts commit one by one.

The work can stop anywhere and go on anywhere: an account that has been brought forward is not due any more.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from shuke.foundation import organization
from shuke.platform import clock, jobs
from shuke.platform.db import Database, Session, raw

from . import rules
from .loading import lock_accounts
from .rules import Account, Operation
from .saving import save

# Small enough that one transaction stays well under half a second.
_MEMBERS_AT_A_TIME = 1_000


async def do_everything_due() -> None:
    """Do what has come due by now, in the shop's time."""
    await do_due(jobs.database())


async def do_due(database: Database) -> int:
    """As above, on a database; returns how many members had something due."""
    done = 0
    behind: tuple[datetime, int] | None = None
    until = clock.now()
    while True:
        async with database.transaction() as session:
            shop = await organization.find_shop(session)
            if shop is None:
                return done
            page, behind = await _next_page(session, until, behind)
            if not page:
                return done
            await bring_members_forward(session, page, until, shop.zone)
        done += len(page)


async def bring_members_forward(session: Session, member_ids: list[int], until: datetime, zone: ZoneInfo) -> None:
    """Do what is due by an instant in all accounts of some members."""
    accounts = await lock_accounts(session, member_ids, zone)
    recorded_at = clock.now()
    operations: dict[int, list[Operation]] = {}
    for member_id, of_member in accounts.items():
        operations[member_id] = []
        for account in of_member.values():
            operations[member_id] += rules.bring_forward(account, until, recorded_at)
    everything = [account for of_member in accounts.values() for account in of_member.values()]
    await save(session, everything, operations)
    await _look_later(session, [account for account in everything if not account.entries], until)


async def _look_later(session: Session, untouched: Sequence[Account], until: datetime) -> None:
    """Correct what was said to be due and is not: the shop has moved to a zone where the day ends later."""
    driver = await raw(session)
    await driver.execute(
        """
        update ledger_account account set due_at = later.due_at
        from unnest($1::bigint[], $2::smallint[], $3::timestamptz[]) as later(member_id, currency_id, due_at)
        where account.member_id = later.member_id and account.currency_id = later.currency_id
            and account.due_at <= $4
        """,
        [account.member_id for account in untouched],
        [account.currency.currency_id for account in untouched],
        [account.due_at for account in untouched],
        until,
    )


async def _next_page(
    session: Session, until: datetime, behind: tuple[datetime, int] | None
) -> tuple[list[int], tuple[datetime, int] | None]:
    """The next members by what is due first, and where to go on. Walks the index once, whatever has been done."""
    driver = await raw(session)
    rows = await driver.fetch(
        """
        select due_at, member_id from ledger_account
        where due_at <= $1 and (due_at, member_id) > ($2, $3) order by due_at, member_id limit $4
        """,
        until,
        behind[0] if behind else datetime.min.replace(tzinfo=until.tzinfo),
        behind[1] if behind else 0,
        _MEMBERS_AT_A_TIME,
    )
    if not rows:
        return [], behind
    return sorted({row["member_id"] for row in rows}), (rows[-1]["due_at"], rows[-1]["member_id"])
