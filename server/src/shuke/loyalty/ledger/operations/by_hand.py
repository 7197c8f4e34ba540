"""What one person alone may give and take by hand on a day."""

from shuke.platform.db import Session, raw

_ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtextextended('ledger.by_hand:' || $1, $2))"


async def wait_for_own(session: Session, actor: str, currency_id: int) -> None:
    """Let whatever else this person adjusts by hand end first: together it must stay within what one may decide.

    Ask before what was adjusted today is added up, and before any account is locked.
    """
    driver = await raw(session)
    await driver.execute(_ONE_AT_A_TIME, actor, currency_id)
