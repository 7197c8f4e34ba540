"""Codes that are nobody's, many at once. They begin without a move: the batch tells of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from shuke.platform.db import Session, copy_rows, take_ids

from ..tables import coupon, coupon_code
from .queries import Batch

_COUPON = (
    "member_id", "coupon_id", "template_id", "terms_version", "code", "state", "how", "batch_id", "unit_no",
    "issued_at", "valid_from", "expires_at",
)  # fmt: skip


class NobodysCode(NamedTuple):
    """A code to be put in."""

    code: str
    valid_from: datetime
    expires_at: datetime | None
    unit_no: int | None


async def copy_in(session: Session, batch: Batch, found: Sequence[NobodysCode]) -> None:
    """Put codes in that are nobody's. A code that exists fails the transaction by its unique index."""
    if not found:
        return
    ids = await take_ids(session, "coupon_coupon_id_seq", len(found))
    template_id, version, batch_id, at = batch.template_id, batch.terms_version, batch.batch_id, batch.added_at
    await copy_rows(
        session,
        coupon,
        _COUPON,
        (
            (0, coupon_id, template_id, version, one.code, "issued", "code", batch_id, one.unit_no, at,
             one.valid_from, one.expires_at)
            for coupon_id, one in zip(ids, found, strict=True)
        ),
    )  # fmt: skip
    # In the order of the index that they go into: far fewer of its pages are touched twice.
    in_order = sorted((one.code, 0, coupon_id) for coupon_id, one in zip(ids, found, strict=True))
    await copy_rows(session, coupon_code, ("code", "member_id", "coupon_id"), in_order)
