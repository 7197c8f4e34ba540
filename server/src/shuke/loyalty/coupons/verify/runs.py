"""Asking every check of the whole database."""

from collections.abc import Callable
from dataclasses import dataclass

from shuke.platform.db import Database, raw

from .checks import CHECKS, Check


@dataclass(frozen=True)
class Wrong:
    """The first row for which a check does not hold."""

    check: str
    what: str
    why: str


@dataclass(frozen=True)
class Report:
    """What was looked at, and the first wrong row of every check that does not hold."""

    coupons: int
    moves: int
    checks: int
    wrong: tuple[Wrong, ...]

    @property
    def ok(self) -> bool:
        """Whether everything holds."""
        return not self.wrong


async def verify_coupons(database: Database, progress: Callable[[int, int], None] | None = None) -> Report:
    """Ask every check, a statement each; nothing is locked and nothing written. `progress(done, of)`."""
    wrong: list[Wrong] = []
    for number, check in enumerate(CHECKS, 1):
        found = await _ask(database, check)
        if found is not None:
            wrong.append(found)
        if progress is not None:
            progress(number, len(CHECKS))
    async with database.transaction() as session:
        driver = await raw(session)
        coupons = await driver.fetchval("select count(*) from coupon")
        moves = await driver.fetchval("select count(*) from coupon_move")
    return Report(coupons=coupons, moves=moves, checks=len(CHECKS), wrong=tuple(wrong))


async def _ask(database: Database, check: Check) -> Wrong | None:
    async with database.transaction() as session:
        driver = await raw(session)
        # Whole tables are compared: row by row, where statistics are old, would take hours.
        await driver.execute("set local enable_nestloop = off")
        row = await driver.fetchrow(check.statement)
    return Wrong(check.name, row["wrong"], row["why"]) if row else None
