"""Background work on batches of codes."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

from shuke.platform import clock, jobs
from shuke.platform.db import raw
from shuke.platform.settings import settings

from .actions import mark
from .queries import Batch, get_batch
from .working import work_on

_REJECTS_KEPT = timedelta(days=30)


async def work(payload: dict[str, Any]) -> None:
    """Do what is left of a batch; a file goes when all of it is in."""
    batch = await work_on(jobs.database(), payload["batch_id"])
    if batch.kind == "external" and batch.state in {"done", "voided"} and batch.details.get("path"):
        await _forget_file(batch)


async def forget_rejects() -> None:
    """Rows handed back are kept for thirty days."""
    async with jobs.transaction() as session:
        await (await raw(session)).execute(
            "delete from coupon_batch_reject using coupon_batch "
            "where coupon_batch_reject.batch_id = coupon_batch.batch_id and ended_at < $1",
            clock.now() - _REJECTS_KEPT,
        )


async def _forget_file(batch: Batch) -> None:
    path = Path(batch.details["path"])
    if path.is_relative_to(settings().uploads):
        await asyncio.to_thread(path.unlink, missing_ok=True)
    async with jobs.transaction() as session:
        held = await get_batch(session, batch.batch_id, hold=True)
        await mark(session, held, details={**held.details, "path": None}, ended_at=held.ended_at)
