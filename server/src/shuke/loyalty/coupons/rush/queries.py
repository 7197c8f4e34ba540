"""Questions about draws: what was promised, who has entered, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from shuke.platform import clock, pages
from shuke.platform.db import Session, raw

from ..templates.queries import TemplateRecord
from .errors import DrawNotFound

DrawState = Literal["announced", "open", "closed", "drawn"]
_SORT = "place"

_DRAWS = """
    select d.template_id, d.round, d.seed_hash, d.seed, d.entries_hash, d.opens_at, d.closes_at, d.winners, d.drawn_at,
        (select count(*) from coupon_entry e where e.template_id = d.template_id and e.round = d.round) as entries,
        (select count(*) from coupon_entry e
            join coupon c on c.member_id = e.member_id
                and c.grant_key = 'draw:' || e.template_id || ':' || e.round
            where e.template_id = d.template_id and e.round = d.round and e.is_winner) as given
    from coupon_draw d where d.template_id = $1
"""
_DRAW = _DRAWS + " and d.round = $2"
_NEWEST_FIRST = _DRAWS + " order by d.round desc limit 100"
# While a template is paused its winners could not be given anything: such draws wait until it goes on.
_DUE = """
    select template_id, round from coupon_draw join coupon_template using (template_id)
    where drawn_at is null and closes_at <= $1 and state <> 'paused' order by closes_at
"""
# Drawn ones in the order of the draw, before that by number: the list hides who came first.
_ENTRIES = """
    select number, place, is_winner from coupon_entry
    where template_id = $1 and round = $2
        and (coalesce(place, 0), number) > ($3::int, $4::text)
    order by coalesce(place, 0), number limit $5
"""


@dataclass(frozen=True, kw_only=True)
class Draw:
    """A draw. `seed` and `entries_hash`: told when it was drawn. `given`: winners who have their coupon."""

    template_id: int
    round: int
    seed_hash: str
    seed: str | None
    entries_hash: str | None
    opens_at: datetime
    closes_at: datetime
    winners: int
    drawn_at: datetime | None
    entries: int
    given: int

    @property
    def state(self) -> DrawState:
        """Where it stands now."""
        now = clock.now()
        if self.drawn_at is not None:
            return "drawn"
        if now >= self.closes_at:
            return "closed"
        return "open" if now >= self.opens_at else "announced"


@dataclass(frozen=True)
class Entry:
    """One who has entered, by public number. `place` and `is_winner`: None until it is drawn."""

    number: str
    place: int | None
    is_winner: bool | None


async def find_draws(session: Session, template_id: int) -> list[Draw]:
    """The last hundred draws of a template, the newest first."""
    rows = await (await raw(session)).fetch(_NEWEST_FIRST, template_id)
    return [Draw(**row) for row in rows]


async def get_draw(session: Session, template: TemplateRecord, round_no: int) -> Draw:
    """One draw. Raises DrawNotFound."""
    row = await (await raw(session)).fetchrow(_DRAW, template.template_id, round_no)
    if row is None:
        raise DrawNotFound(template=template.name, round=round_no)
    return Draw(**row)


async def find_due(session: Session) -> list[tuple[int, int]]:
    """The draws (template id, round) that are to be drawn now: entries have closed, and nobody paused it."""
    rows = await (await raw(session)).fetch(_DUE, clock.now())
    return [(row["template_id"], row["round"]) for row in rows]


async def page_of_entries(session: Session, draw: Draw, *, limit: int, cursor: str | None) -> pages.Page[Entry]:
    """Who has entered, by public number and nothing else. Raises BadCursor."""
    place, number = _position(cursor)
    rows: Sequence[Any] = await (await raw(session)).fetch(
        _ENTRIES, draw.template_id, draw.round, place, number, limit + 1
    )
    found = [Entry(row["number"], row["place"], row["is_winner"]) for row in rows]
    shown = found[:limit]
    following = pages.encode_cursor(_SORT, [shown[-1].place or 0, shown[-1].number]) if len(found) > limit else None
    return pages.Page(shown, following)


def _position(cursor: str | None) -> tuple[int, str]:
    if cursor is None:
        return -1, ""
    place, number = pages.decode_cursor(cursor, _SORT, 2)
    if not isinstance(place, int) or not isinstance(number, str) or not 0 <= place < 2**31:
        raise pages.BadCursor
    return place, number
