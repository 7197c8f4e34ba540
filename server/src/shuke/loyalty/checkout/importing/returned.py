"""Returns that name neither order nor customer: kept until somebody says which order each was. Nothing is guessed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any, Literal
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import select

from shuke.commerce import catalog, orders
from shuke.platform import clock
from shuke.platform.db import Session, raw

from .errors import ReturnNotFound
from .mapping import Mapping, Returns
from .runs import Run
from .tables import unmatched_return

ReturnState = Literal["waiting", "matched", "dismissed"]


@dataclass(frozen=True)
class UnmatchedReturn:
    """Goods that came back. `since`: orders from here on can be the one."""

    return_id: int
    import_id: int
    source: str
    returned_at: datetime
    returned_on: date
    product_id: int
    store_id: int | None
    quantity: Decimal
    since: datetime
    state: ReturnState
    order_id: int | None
    refund_id: int | None
    reason: str | None
    decided_at: datetime | None
    decided_by: str | None

    @property
    def wanted(self) -> orders.SoldWanted:
        """The orders that can be the one."""
        return orders.SoldWanted(
            self.return_id, self.product_id, self.store_id, self.since, self.returned_at, self.quantity
        )


_COLUMNS = [unmatched_return.c[name] for name in UnmatchedReturn.__dataclass_fields__]


async def keep_returns(
    session: Session,
    run: Run,
    zone: ZoneInfo,
    rows: Sequence[Any],
    stores: dict[str, int],
    products: dict[str, catalog.Product],
) -> dict[str, int]:
    """Keep staged returns; those that are here already stay as they are. What to add to the report."""
    rules = run.mapping.returns
    if rules is None or not rows:
        return {}
    driver = await raw(session)
    values = [_values(run.mapping, rules, zone, row, stores, products) for row in rows]
    new = await driver.fetch(_KEEP, run.import_id, run.mapping.source, *zip(*values, strict=True))
    found = await _returns(session, [row["return_id"] for row in new])
    counts = await orders.count_sold(session, [one.wanted for one in found])
    return {
        "returns_new": len(new),
        "returns_unchanged": len(rows) - len(new),
        "returns_with_candidates": len(counts),
    }


def _values(
    mapping: Mapping,
    rules: Returns,
    zone: ZoneInfo,
    row: Any,
    stores: dict[str, int],
    products: dict[str, catalog.Product],
) -> tuple[Any, ...]:
    returned_on = clock.business_day(row["placed_at"], zone)
    product_id = products[row["product"]].product_id
    content = [row["placed_at"].isoformat(), row["product"], row["store"], f"{row['quantity']:.3f}"]
    return (
        sha256(orjson.dumps(content)).digest(),
        int(row["number"]),
        row["placed_at"],
        returned_on,
        product_id,
        stores.get(row["store"]) if rules.is_same_store else None,
        row["quantity"],
        clock.start_of_day(returned_on - timedelta(days=rules.window_days), zone),
    )


_KEEP = """
    insert into unmatched_return
        (import_id, source, content_hash, occurrence, returned_at, returned_on, product_id, store_id, quantity, since,
         state)
    select $1, $2, new.*, 'waiting'
    from unnest($3::bytea[], $4::int[], $5::timestamptz[], $6::date[], $7::bigint[], $8::bigint[], $9::numeric[],
                $10::timestamptz[])
        as new(content_hash, occurrence, returned_at, returned_on, product_id, store_id, quantity, since)
    on conflict (source, content_hash, occurrence) do nothing
    returning return_id
"""


async def _returns(session: Session, return_ids: Sequence[int]) -> list[UnmatchedReturn]:
    rows = await session.execute(select(*_COLUMNS).where(unmatched_return.c.return_id.in_(return_ids)))
    return [UnmatchedReturn(**row._mapping) for row in rows]


async def get_return(session: Session, return_id: int, *, hold: bool = False) -> UnmatchedReturn:
    """A return by id. `hold`: nobody else decides it before this transaction ends. Raises ReturnNotFound."""
    query = select(*_COLUMNS).where(unmatched_return.c.return_id == return_id)
    row = (await session.execute(query.with_for_update() if hold else query)).one_or_none()
    if row is None:
        raise ReturnNotFound(return_id=return_id)
    return UnmatchedReturn(**row._mapping)


async def list_returns(
    session: Session,
    *,
    state: ReturnState | None,
    import_id: int | None,
    behind: int | None,
    limit: int | None,
) -> list[UnmatchedReturn]:
    """Returns in the order in which they came, behind an id."""
    query = select(*_COLUMNS).order_by(unmatched_return.c.return_id)
    query = query if state is None else query.where(unmatched_return.c.state == state)
    query = query if import_id is None else query.where(unmatched_return.c.import_id == import_id)
    query = query if behind is None else query.where(unmatched_return.c.return_id > behind)
    query = query if limit is None else query.limit(limit)
    return [UnmatchedReturn(**row._mapping) for row in await session.execute(query)]


async def list_candidates(
    session: Session, returns: Sequence[UnmatchedReturn], limit: int
) -> dict[int, list[orders.Sold]]:
    """The orders that returns can be of, by return, the latest first, at most `limit` of each."""
    found: dict[int, list[orders.Sold]] = {one.return_id: [] for one in returns}
    for sold in await orders.list_sold(session, [one.wanted for one in returns if one.state == "waiting"], limit):
        found[sold.key].append(sold)
    return found


async def count_returns(session: Session, import_id: int | None) -> dict[str, int]:
    """How many returns wait, are matched and are dismissed; of one import, or of all."""
    driver = await raw(session)
    rows = await driver.fetch(_COUNT, import_id)
    return {"waiting": 0, "matched": 0, "dismissed": 0} | {row["state"]: row["count"] for row in rows}


_COUNT = """
    select state, count(*) as count from unmatched_return
    where $1::bigint is null or import_id = $1 group by state
"""


async def decide(session: Session, return_id: int, state: ReturnState, by: str, **values: Any) -> None:
    """Note what became of a return."""
    await session.execute(
        unmatched_return.update()
        .where(unmatched_return.c.return_id == return_id)
        .values(state=state, decided_at=clock.now(), decided_by=by, **values)
    )
