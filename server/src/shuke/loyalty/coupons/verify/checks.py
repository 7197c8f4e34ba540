"""What must hold, each as one statement: so it sees one moment, whatever happens meanwhile.

A statement answers with the first wrong row: which coupon, unit, place or budget, and what is wrong with it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """`name`: what holds. `statement`: `wrong` and `why` of the first row for which it does not."""

    name: str
    statement: str


# What a coupon is after a move of a kind.
_STATE_AFTER = """
    case m.kind when 'issued' then 'issued' when 'released' then 'issued' when 'returned' then 'issued'
        when 'voided' then 'void' else m.kind end
"""

_GAPLESS = """
    with told as (
        select member_id, coupon_id, count(*) as moves, min(move_no) as first, max(move_no) as last
        from coupon_move group by member_id, coupon_id
    )
    select 'coupon ' || c.code as wrong, format(
        'version %s, moves %s to %s, %s of them', c.version, coalesce(first, 0), coalesce(last, 0), coalesce(moves, 0)
    ) as why
    from coupon c left join told using (member_id, coupon_id)
    -- Codes of a batch begin without a move: the batch tells of it.
    where not coalesce(last = c.version and moves = last - first + 1 and (first = 1 or (first = 2 and member_id = 0)),
        member_id = 0 and c.version = 1)
    order by c.coupon_id limit 1
"""
_STATE = """
    select 'coupon ' || c.code as wrong, format('is %s, its last move is %s', c.state, coalesce(m.kind, 'none')) as why
    from coupon c left join coupon_move m
        on m.member_id = c.member_id and m.coupon_id = c.coupon_id and m.move_no = c.version
    where c.state <> coalesce((state after), 'issued')
    order by c.coupon_id limit 1
""".replace("(state after)", _STATE_AFTER)
_ORDER = """
    with moved as (
        select m.member_id, m.coupon_id, m.move_no, m.kind, coalesce(
            lag((state after)) over (partition by m.member_id, m.coupon_id order by m.move_no),
            case when m.move_no > 1 then 'issued' end
        ) as before
        from coupon_move m
    )
    select format('coupon %s of record %s', coupon_id, member_id) as wrong,
        format('move %s: %s after %s', move_no, kind, coalesce(before, 'nothing')) as why
    from moved
    where not case
        when kind = 'issued' then before is null
        when kind in ('locked', 'redeemed', 'expired', 'voided') then coalesce(before in ('issued', 'locked'), false)
        when kind = 'released' then coalesce(before = 'locked', false)
        when kind = 'returned' then coalesce(before = 'redeemed', false)
        when kind = 'given' then coalesce(before = 'issued', false)
        else false end
    order by coupon_id, move_no limit 1
""".replace("(state after)", _STATE_AFTER)
_WHOSE = """
    select format('move %s of coupon %s', m.move_no, m.coupon_id) as wrong, 'there is no such coupon' as why
    from coupon_move m left join coupon c using (member_id, coupon_id)
    where c.coupon_id is null or c.template_id <> m.template_id
    order by m.coupon_id, m.move_no limit 1
"""
_COUNTS = """
    with told as (
        select member_id, coupon_id, count(*) filter (where kind = 'returned') as returned
        from coupon_move group by member_id, coupon_id
    )
    select 'coupon ' || c.code as wrong, format(
        'given back %s times, told %s times; redeemed at %s', c.returned, coalesce(told.returned, 0),
        coalesce(c.redeemed_at::text, 'no time')
    ) as why
    from coupon c left join told using (member_id, coupon_id)
    where c.returned <> coalesce(told.returned, 0) or (c.state = 'redeemed') <> (c.redeemed_at is not null)
        or (c.state = 'locked') <> (c.locked_until is not null)
    order by c.coupon_id limit 1
"""
_CODES = """
    select 'code ' || coalesce(c.code, k.code) as wrong, case when k.code is null then 'no coupon is found by it'
        else 'it finds no coupon that has it' end as why
    from coupon c full join coupon_code k
        on k.code = c.code and k.member_id = c.member_id and k.coupon_id = c.coupon_id
    where c.coupon_id is null or k.code is null
    order by coalesce(c.coupon_id, k.coupon_id) limit 1
"""
_USES = """
    select format('coupon %s on order %s', coalesce(u.coupon_id, m.coupon_id), coalesce(u.order_id, m.order_id))
        as wrong, format('took off %s by its use and %s by its move', coalesce(u.discount_minor::text, 'nothing'),
        coalesce(m.discount_minor::text, 'nothing')) as why
    from coupon_use u full join (select * from coupon_move where kind = 'redeemed' and order_id is not null) m
        on m.member_id = u.holder_id and m.coupon_id = u.coupon_id and m.order_id = u.order_id
    where u.discount_minor is distinct from m.discount_minor
    order by coalesce(u.coupon_id, m.coupon_id) limit 1
"""
_SHARES = """
    select format('coupon %s on order %s', coupon_id, order_id) as wrong,
        format('took off %s, its lines %s; refunds took back %s', discount_minor, lines.sum, returned_minor) as why
    from coupon_use cross join lateral (
        select coalesce(sum(value::bigint), 0) as sum from jsonb_each_text(shares)
    ) as lines
    where lines.sum <> discount_minor or returned_minor not between 0 and discount_minor
    order by coupon_id limit 1
"""
_UNITS = """
    with owned as (
        select template_id, unit_no, count(*) as owners from coupon
        where unit_no is not null and state <> 'void' group by template_id, unit_no
    )
    select format('unit %s of template %s', unit_no, template_id) as wrong,
        format('%s, and %s coupons have it', coalesce(u.state, 'missing'), coalesce(owned.owners, 0)) as why
    from coupon_unit u full join owned using (template_id, unit_no)
    where coalesce(owned.owners, 0) <> case when u.state = 'taken' then 1 else 0 end
    order by template_id, unit_no limit 1
"""
_CLAIMS = """
    select format('place %s of record %s in %s', k.nth, k.member_id, k.period) as wrong,
        case when c.coupon_id is null then 'its coupon does not exist' else 'its coupon is another''s' end as why
    from coupon_claim k left join coupon c on c.coupon_id = k.coupon_id
    where c.coupon_id is null or c.template_id <> k.template_id or c.member_id <> k.member_id
    order by k.template_id, k.member_id limit 1
"""
_GIVEN = """
    select 'coupon ' || c.code as wrong, format('is %s, and %s offers of it were accepted', c.state, count(t)) as why
    from coupon c left join coupon_transfer t
        on t.member_id = c.member_id and t.coupon_id = c.coupon_id and t.state = 'accepted'
    where c.member_id > 0 and (c.state = 'given' or t.transfer_id is not null)
    group by c.coupon_id, c.code, c.state
    having not (c.state = 'given' and count(t) = 1)
    order by c.coupon_id limit 1
"""
_FOLLOWERS = """
    select 'coupon ' || c.code as wrong, 'no accepted offer made it' as why
    from coupon c left join coupon_transfer t
        on t.to_member_id = c.member_id and t.new_coupon_id = c.coupon_id and t.state = 'accepted'
    where c.how = 'transfer' and t.transfer_id is null
    order by c.coupon_id limit 1
"""
# A redemption that nothing followed was counted; one of which a part came back may count for more.
_BUDGETS = """
    with room as (
        select template_id, counts, period, used,
            case when period = 'lifetime' then '-infinity' else split_part(period, ':', 2)::date end as first,
            case when period <> 'lifetime' then ('1 ' || split_part(period, ':', 1))::interval end as length
        from coupon_budget_room
    ), redeemed as (
        select m.template_id, m.day, m.discount_minor - coalesce(u.returned_minor, 0) as discount
        from coupon_move m
        join coupon c on c.member_id = m.member_id and c.coupon_id = m.coupon_id and c.version = m.move_no
        left join coupon_use u
            on u.holder_id = m.member_id and u.coupon_id = m.coupon_id and u.order_id = m.order_id
        where m.kind = 'redeemed'
    ), counted as (
        select room.template_id, room.counts, room.period, room.used,
            case room.counts when 'count' then count(redeemed.day) else coalesce(sum(redeemed.discount), 0) end as found
        from room left join redeemed on redeemed.template_id = room.template_id and redeemed.day >= room.first
            and (room.length is null or redeemed.day < room.first + room.length)
        group by room.template_id, room.counts, room.period, room.used
    )
    select format('budget of template %s: %s in %s', template_id, counts, period) as wrong,
        format('counts %s, and %s were redeemed', used, found) as why
    from counted where used < found
    order by template_id, counts, period limit 1
"""

CHECKS = (
    Check("every coupon has its moves without gaps", _GAPLESS),
    Check("moves lead to the state", _STATE),
    Check("moves follow one another as they may", _ORDER),
    Check("every move is of a coupon", _WHOSE),
    Check("coupons count what their moves tell", _COUNTS),
    Check("codes and coupons find one another", _CODES),
    Check("uses and redemptions agree", _USES),
    Check("discounts add up over lines", _SHARES),
    Check("every unit of stock belongs to one coupon", _UNITS),
    Check("places under limits belong to coupons", _CLAIMS),
    Check("what was given away was accepted once", _GIVEN),
    Check("followers follow an accepted offer", _FOLLOWERS),
    Check("budgets count what was redeemed", _BUDGETS),
)
