"""Making tickets; announcing draws, entering them, and drawing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from shuke.foundation import organization
from shuke.people import members
from shuke.platform import clock, conditions, crypto, jobs, keys
from shuke.platform.db import Session, raw
from shuke.platform.keys import WrappedKey

from .. import issuing
from ..promises import find_templates_by_id
from ..templates.queries import TemplateRecord
from . import rules
from .errors import DrawNotOpen, DrawUnfit
from .tickets import new_ticket

WINNERS_JOB = "coupons.draw_winners"
_AT_ONCE = 500

WhyNot = Literal["member_not_found", "member_not_active", "not_for_you"]


@dataclass(frozen=True, kw_only=True)
class MadeTicket:
    """A ticket of a member, or why there is none. `member`: as it was asked for."""

    member: str
    ticket: str | None = None
    why: WhyNot | None = None


@dataclass(frozen=True, kw_only=True)
class WantedDraw:
    """A draw that somebody arranges."""

    opens_at: datetime
    closes_at: datetime
    winners: int


_LOCK_TEMPLATE = "select state from coupon_template where template_id = $1 for no key update"
_NEXT_ROUND = "select coalesce(max(round), 0) + 1 from coupon_draw where template_id = $1"
_PROMISED = """
    select coalesce(sum(winners), 0) from coupon_draw where template_id = $1 and drawn_at is null
"""
_ANNOUNCE = """
    insert into coupon_draw (template_id, round, seed_hash, sealed_seed, kek_version, opens_at, closes_at, winners,
        announced_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
# Held, so that it is not drawn before whoever enters is among the entries.
_HOLD_OPEN = """
    select round from coupon_draw
    where template_id = $1 and ($2::int is null or round = $2) and drawn_at is null
        and opens_at <= $3 and closes_at > $3
    order by closes_at limit 1 for key share
"""
_ENTER = """
    insert into coupon_entry (template_id, round, member_id, entered_at, number)
    select $1, $2, member_id, $3, number from unnest($4::bigint[], $5::text[]) as one (member_id, number)
    order by member_id
    on conflict do nothing returning member_id
"""
_LOCK_DRAW = """
    select round, sealed_seed, kek_version, winners from coupon_draw
    where template_id = $1 and round = $2 and drawn_at is null and closes_at <= $3 for update
"""
_ENTERED = "select member_id, number from coupon_entry where template_id = $1 and round = $2"
_LEAVE = "delete from coupon_entry where template_id = $1 and round = $2 and member_id = any($3::bigint[])"
_PLACE = """
    update coupon_entry set place = drawn.place, is_winner = drawn.place <= $5
    from unnest($3::text[], $4::int[]) as drawn (number, place)
    where template_id = $1 and round = $2 and coupon_entry.number = drawn.number
"""
_TELL = """
    update coupon_draw set seed = $3, entries_hash = $4, drawn_at = $5, version = version + 1
    where template_id = $1 and round = $2
"""
_WINNERS = """
    select member_id, place from coupon_entry
    where template_id = $1 and round = $2 and is_winner and place > $3 order by place limit $4
"""


def seed_context(template_id: int, round_no: int) -> str:
    """The place that a draw's wrapped seed is bound to."""
    return f"coupon_draw:{template_id}:{round_no}"


def draw_key(template_id: int, round_no: int) -> str:
    """What a winner's coupon is given for."""
    return f"draw:{template_id}:{round_no}"


async def make_tickets(
    session: Session,
    template: TemplateRecord,
    found: Mapping[str, int],
    asked: Sequence[str],
    *,
    opens_at: datetime,
    closes_at: datetime,
) -> list[MadeTicket]:
    """A ticket for each member asked for, in that order; who may take part is decided here. Members are held."""
    member_ids = sorted(set(found.values()))
    inactive = await members.inactive_among(session, member_ids)
    meant = await _meant(session, template, member_ids)
    made = []
    for reference in asked:
        member_id = found.get(reference)
        if member_id is None:
            made.append(MadeTicket(member=reference, why="member_not_found"))
        elif member_id in inactive:
            made.append(MadeTicket(member=reference, why="member_not_active"))
        elif member_id not in meant:
            made.append(MadeTicket(member=reference, why="not_for_you"))
        else:
            text = new_ticket(template.template_id, member_id, opens_at=opens_at, closes_at=closes_at)
            made.append(MadeTicket(member=reference, ticket=text))
    return made


async def _meant(session: Session, template: TemplateRecord, member_ids: Sequence[int]) -> set[int]:
    """Those of these members whom claiming is for."""
    tree = template.issuing.claiming.members
    if tree is None:
        return set(member_ids)
    condition = conditions.read_stored(tree, conditions.declared(), scope="members")
    zone = (await organization.get_shop(session)).zone
    values = await conditions.load(session, condition.needs, list(member_ids), conditions.Moment(clock.now(), zone))
    return {member_id for member_id in member_ids if condition.holds(values[member_id])}


async def announce_draw(session: Session, template: TemplateRecord, wanted: WantedDraw, *, actor: str) -> int:
    """Arrange a draw and promise its seed; the round. Raises DrawUnfit."""
    driver = await raw(session)
    state = await driver.fetchval(_LOCK_TEMPLATE, template.template_id)
    free = None
    if template.issuing.stock is not None:
        units = await issuing.stock.count_units(session, template.template_id)
        free = units["free"] - await driver.fetchval(_PROMISED, template.template_id)
    is_in_time = clock.now() < wanted.closes_at and wanted.opens_at < wanted.closes_at
    if state != "published" or not is_in_time or (free is not None and wanted.winners > free):
        raise DrawUnfit(free="∞" if free is None else max(free, 0))
    round_no: int = await driver.fetchval(_NEXT_ROUND, template.template_id)
    # The seed is 256 random bits, as a data key is, and is kept as data keys are.
    (seed,) = crypto.new_data_keys(1)
    (wrapped,) = await keys.ring().wrap([seed], [seed_context(template.template_id, round_no)])
    await driver.execute(
        _ANNOUNCE,
        template.template_id,
        round_no,
        rules.promise_of(seed.hex()),
        wrapped.wrapped,
        wrapped.version,
        wanted.opens_at,
        wanted.closes_at,
        wanted.winners,
        actor,
    )
    return round_no


async def enter(session: Session, template_id: int, member_ids: Sequence[int], *, round_no: int | None = None) -> int:
    """Enter members, whom the caller holds, into the draw that is open; once each. The round. Raises DrawNotOpen."""
    driver = await raw(session)
    now = clock.now()
    found: int | None = await driver.fetchval(_HOLD_OPEN, template_id, round_no, now)
    if found is None:
        template = (await find_templates_by_id(session, [template_id]))[template_id]
        raise DrawNotOpen(template=template.name)
    numbers = await members.own_numbers(session, sorted(set(member_ids)))
    await driver.fetch(_ENTER, template_id, found, now, list(numbers), list(numbers.values()))
    return found


async def draw(session: Session, template_id: int, round_no: int) -> bool:
    """Draw, and tell the seed; the winners are given their coupons afterwards. False when there is nothing to draw."""
    driver = await raw(session)
    now = clock.now()
    row = await driver.fetchrow(_LOCK_DRAW, template_id, round_no, now)
    if row is None:
        return False
    await _join_merged(session, template_id, round_no, now)
    place = seed_context(template_id, round_no)
    (secret,) = await keys.ring().unwrap([(WrappedKey(row["sealed_seed"], row["kek_version"]), place)])
    seed = secret.hex()
    entered = await driver.fetch(_ENTERED, template_id, round_no)
    drawn = rules.draw(seed, round_no, [one["number"] for one in entered])
    places = list(range(1, len(drawn) + 1))
    await driver.execute(_PLACE, template_id, round_no, drawn, places, row["winners"])
    await driver.execute(_TELL, template_id, round_no, seed, rules.list_hash(drawn), now)
    await jobs.enqueue(session, WINNERS_JOB, {"template_id": template_id, "round": round_no})
    return True


async def _join_merged(session: Session, template_id: int, round_no: int, now: datetime) -> None:
    """Who was merged since enters as who they are by now, and once."""
    driver = await raw(session)
    entered = [row["member_id"] for row in await driver.fetch(_ENTERED, template_id, round_no)]
    by_now = await members.roots(session, entered, hold=True)
    moved = {member_id: root for member_id, root in by_now.items() if member_id != root}
    gone = [member_id for member_id in entered if member_id not in by_now]
    numbers = await members.own_numbers(session, sorted(set(moved.values())))
    await driver.execute(_LEAVE, template_id, round_no, [*moved, *gone])
    await driver.fetch(_ENTER, template_id, round_no, now, list(numbers), list(numbers.values()))


async def give_to_winners(session: Session, template_id: int, round_no: int, after: int) -> int | None:
    """Give some of the winners their coupons, those behind a place; the last place reached, None when all have been."""
    driver = await raw(session)
    rows = await driver.fetch(_WINNERS, template_id, round_no, after, _AT_ONCE)
    if not rows:
        return None
    template = (await find_templates_by_id(session, [template_id]))[template_id]
    now = clock.now()
    await issuing.give(
        session,
        [
            issuing.Wanted(
                member_id=row["member_id"],
                template=template.code,
                key=draw_key(template_id, round_no),
                how="lottery",
                actor="system:0",
                at=now,
            )
            for row in rows
        ],
    )
    last: int = rows[-1]["place"]
    return last
