"""Sealing every second, and what comes with the night."""

import structlog

from shuke.platform import jobs

from . import actions
from .verifying import verify as verify_chain

logger = structlog.get_logger("shuke.audit")


async def verify_when_asked(_: dict[str, object]) -> None:
    """Verify the whole chain and keep the outcome."""
    await verify()


async def verify() -> None:
    """Verify the whole chain and keep the outcome."""
    report = await verify_chain(jobs.database())
    async with jobs.transaction() as session:
        await actions.note_verified(session, report)
    if report.wrong is not None:
        logger.error("audit trail wrong", seq=report.wrong.seq, audit_id=report.wrong.audit_id)


async def sign_and_forget() -> None:
    """Sign the head of the day, tell it to the log (a copy outside of the database), and remove what is too old."""
    async with jobs.transaction() as session:
        head = await actions.sign_head(session)
    if head is not None:
        logger.info("audit head signed", seq=head.seq, hash=head.hash.hex(), signature=head.signature.hex())
    while True:
        async with jobs.transaction() as session:
            if not await actions.forget_oldest(session):
                return
