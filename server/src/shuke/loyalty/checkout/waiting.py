"""Refunds that came before their order: kept, and settled as soon as it is there."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal

import orjson
from pydantic import ValidationError
from sqlalchemy.dialects.postgresql import insert

from shuke.commerce import orders
from shuke.platform import clock
from shuke.platform.db import Session, dump_json, raw
from shuke.platform.errors import AppError

from .errors import NumberTaken
from .rules import Programme
from .tables import waiting_refund

Form = Literal["order", "refund"]
# How a kept request is done: session, programme, its form, the request, who sent it.
Doer = Callable[[Session, Programme, Form, dict[str, Any], str], Awaitable[None]]


@dataclass(frozen=True)
class Waiting:
    """A refund that waits: its own number, the order it names in the same source, and the request as it came."""

    source: str
    number: str
    refund_of: str
    content: dict[str, Any]
    # Which of the two ways to send a refund it came by.
    form: Form

    @property
    def content_hash(self) -> bytes:
        """What makes two requests the same."""
        return sha256(orjson.dumps([self.form, self.content], option=orjson.OPT_SORT_KEYS)).digest()


async def keep(session: Session, refund: Waiting, actor: str) -> None:
    """Keep a refund until its order comes; the same again changes nothing. Raises NumberTaken."""
    source_id = await orders.ensure_source(session, refund.source)
    await session.execute(
        insert(waiting_refund)
        .values(
            source_id=source_id,
            number=refund.number,
            refund_of=refund.refund_of,
            content_hash=refund.content_hash,
            content={"form": refund.form, "request": refund.content},
            actor=actor,
            received_at=clock.now(),
        )
        .on_conflict_do_nothing()
    )
    driver = await raw(session)
    known = await driver.fetchval(
        "select content_hash from waiting_refund where source_id = $1 and number = $2", source_id, refund.number
    )
    if known != refund.content_hash:
        raise NumberTaken(source=refund.source, number=refund.number)


async def settle(session: Session, programme: Programme, source: str, numbers: Sequence[str], do: Doer) -> int:
    """Do the refunds that waited for orders which are here now, the earliest first; how many were done.

    One that cannot be done stays, with the reason, for somebody to look at.
    """
    if not numbers:
        return 0
    driver = await raw(session)
    rows = await driver.fetch(_OF_ORDERS, source, list(numbers))
    return await _do(session, programme, rows, do)


async def settle_all(session: Session, programme: Programme, limit: int, do: Doer) -> int:
    """Do waiting refunds whose orders came by another way, such as an import, or in the same moment."""
    driver = await raw(session)
    return await _do(session, programme, await driver.fetch(_READY, limit), do)


async def _do(session: Session, programme: Programme, rows: Sequence[Any], do: Doer) -> int:
    done = 0
    driver = await raw(session)
    for row in rows:
        content = row["content"]
        try:
            async with session.begin_nested():
                await do(session, programme, content["form"], content["request"], row["actor"])
                await driver.execute(_DONE, row["source_id"], row["number"])
                done += 1
        except AppError as refusal:
            problem = dump_json({"code": refusal.code, "zh": refusal.say("zh"), "en": refusal.say("en")})
            await driver.execute(_REFUSED, row["source_id"], row["number"], problem)
        except ValidationError:
            # Kept by an older release, whose requests had another shape: its order must not suffer from it.
            await driver.execute(_REFUSED, row["source_id"], row["number"], dump_json(_UNREADABLE))
    return done


_UNREADABLE = {
    "code": "checkout.waiting_unreadable",
    "zh": "这张退单的内容已无法读取，请重新上报。",
    "en": "What this refund asks for can no longer be read. Send it again under another number.",
}
_OF_ORDERS = """
    select w.* from waiting_refund w join order_source s using (source_id)
    where s.code = $1 and w.refund_of = any($2::text[]) order by w.received_at, w.number for update of w
"""
_READY = """
    select w.* from waiting_refund w
    join order_number n on n.source_id = w.source_id and n.number = w.refund_of
    where w.problem is null order by w.received_at, w.number limit $1 for update of w skip locked
"""
_DONE = "delete from waiting_refund where source_id = $1 and number = $2"
_REFUSED = "update waiting_refund set problem = $3 where source_id = $1 and number = $2"
