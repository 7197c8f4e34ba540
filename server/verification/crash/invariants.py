"""What must be true of the ledger and of checkout at every committed moment, asked of the tables themselves."""

import asyncpg

_PROMISES = {
    "versions run from 1 without a gap, to the account's own": """
        select member_id, currency_id from ledger_account a
        where version <> (select count(*) from ledger_entry e
                          where (e.member_id, e.currency_id) = (a.member_id, a.currency_id)
                              and e.version between 1 and a.version)
           or version <> coalesce((select max(version) from ledger_entry e
                                   where (e.member_id, e.currency_id) = (a.member_id, a.currency_id)), 0)
    """,
    "every entry's balance is the one before it and the change": """
        select * from (
            select member_id, currency_id, version, amount,
                   available_after + pending_after + held_after - debt_after as after,
                   lag(available_after + pending_after + held_after - debt_after, 1, 0::bigint)
                       over (partition by member_id, currency_id order by version) as before
            from ledger_entry) e
        where after <> before + amount
    """,
    "nothing is below zero": """
        select member_id, currency_id from ledger_account where least(available, pending, held, debt, version) < 0
        union all
        select member_id, currency_id from ledger_lot where least(remaining, held, remaining - held) < 0
            or remaining > amount
        union all
        select member_id, currency_id from ledger_hold where remaining < 0 or remaining > amount
    """,
    "an account says what its last entry says": """
        select a.member_id, a.currency_id
        from ledger_account a join ledger_entry e using (member_id, currency_id, version)
        where (a.available, a.pending, a.held, a.debt)
            <> (e.available_after, e.pending_after, e.held_after, e.debt_after)
    """,
    "an account is the sum of its lots": """
        select a.member_id, a.currency_id from ledger_account a
        left join (
            select member_id, currency_id,
                   sum(remaining - held) filter (where state = 'open') as available,
                   sum(remaining) filter (where state = 'pending') as pending,
                   sum(held) as held
            from ledger_lot group by 1, 2) l using (member_id, currency_id)
        where (a.available, a.pending, a.held)
            <> (coalesce(l.available, 0), coalesce(l.pending, 0), coalesce(l.held, 0))
    """,
    "a lot is its amount and what entries drew on it": """
        select l.member_id, l.currency_id, l.lot_no from ledger_lot l
        left join (
            select member_id, currency_id, lot_no, sum(amount) as amount, sum(held) as held
            from ledger_allocation group by 1, 2, 3) d using (member_id, currency_id, lot_no)
        where l.remaining <> l.amount + coalesce(d.amount, 0) or l.held <> coalesce(d.held, 0)
    """,
    "an account's holds are what is held": """
        select a.member_id, a.currency_id from ledger_account a
        where held <> coalesce((select sum(remaining) from ledger_hold h
                                where (h.member_id, h.currency_id) = (a.member_id, a.currency_id)
                                    and h.state = 'open'), 0)
    """,
    "the chain of hashes is whole": """
        select member_id, currency_id, version from (
            select member_id, currency_id, version, previous_hash,
                   lag(hash) over (partition by member_id, currency_id order by version) as before
            from ledger_entry) e
        where version > 1 and previous_hash is distinct from before
        union all
        select a.member_id, a.currency_id, a.version
        from ledger_account a join ledger_entry e using (member_id, currency_id, version)
        where a.head_hash <> e.hash
    """,
    "every entry that is told has exactly one event": """
        select member_id, version, told from (
            select e.member_id, e.version, e.kind,
                   (select count(*) from event v where v.member_id = e.member_id and v.body ->> 'currency' = c.code
                        and (v.body ->> 'version')::bigint = e.version) as told
            from ledger_entry e join ledger_currency c using (currency_id)) e
        where told > 1 or (told = 0 and kind in ('earn', 'take_back', 'expire'))
    """,
    "every event of a balance has its entry": """
        select v.id from event v
        join ledger_currency c on c.code = v.body ->> 'currency'
        where v.body ? 'version' and v.body ? 'available_after' and not exists (
            select 1 from ledger_entry e where e.member_id = v.member_id and e.currency_id = c.currency_id
                and e.version = (v.body ->> 'version')::bigint)
    """,
    "no more is taken back than was awarded": """
        select member_id, order_id from order_award where taken_back not between 0 and awarded
        union all
        select member_id, activity_id from activity_award where taken_back not between 0 and awarded
    """,
    "no more points are given back than paid": """
        select member_id, order_id from sales_order where points_returned not between 0 and points_used
    """,
    "a cart holds points exactly as long as it is open": """
        select number, c.state, h.state as held from checkout_hold c
        left join ledger_hold h on h.member_id = c.member_id and h.hold_no = c.hold_no
            and h.currency_id = (select currency_id from ledger_currency where code = 'points')
        where c.points > 0 and (c.state = 'open') <> (h.state is not distinct from 'open')
    """,
    "a refund that waits has not been done": """
        select number from waiting_refund join order_number using (source_id, number)
    """,
    "what is used of a budget is what its rule gave": """
        select rule_id, counted, amount from earning_budget_use used
        where amount <> (select coalesce(sum(awarded - taken_back), 0) from order_award
                         join earning_rule_version v using (rule_version_id)
                         where v.rule_id = used.rule_id and currency = used.counted)
    """,
    "every idempotent answer has its line in the audit": """
        select route from (select actor, route, count(*) as answers from idempotency group by 1, 2) i
        where answers > (select count(*) from audit a where a.actor = i.actor and a.action = i.route)
    """,
}


async def broken_promises(connection: asyncpg.Connection) -> list[str]:
    """The promises that do not hold, each with the first rows that break it."""
    found = []
    for promise, statement in _PROMISES.items():
        rows = await connection.fetch(statement)
        if rows:
            found.append(f"not true: {promise}: {[dict(row) for row in rows[:3]]}")
    return found
