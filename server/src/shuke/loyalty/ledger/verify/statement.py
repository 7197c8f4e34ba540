"""The fast look at a ledger: one statement for all accounts of a range of members, and so as of one moment.

It writes the canonical text of every entry anew, in the database's own words, hashes it, and compares everything that
follows from the entries. It says which account is wrong first; what exactly is wrong there, `exact` finds out.
Parameters: the shop's zone ($1), the kinds of entries that close lots ($2) and the states that they leave ($3), and the
members: from one to another ($4, $5), or a list of them ($4).
"""

from ..rules import CLOSED_BY

CLOSING_KINDS: list[str] = list(CLOSED_BY)
CLOSED_STATES: list[str] = list(CLOSED_BY.values())

# A bucket beyond this is wrong, and adding it up could overflow. Text is escaped by to_json as orjson escapes it.
_LOOK = """
with operation as (
    select * from ledger_operation where member_id <members>
), allocation as (
    select * from ledger_allocation where member_id <members>
), taken as (
    select member_id, currency_id, version, sum(amount) as amount, sum(held) as held,
        string_agg(concat('[', lot_no, ',', amount, ',', held, ']'), ',' order by lot_no) as text
    from allocation group by member_id, currency_id, version
), opened as (
    select member_id, currency_id, opened_version as version, sum(amount) as amount,
        string_agg(concat('[', lot_no, ',', amount, ',"', earned_on, '",',
            coalesce('"' || available_on || '"', 'null'), ',', coalesce(to_json(matures_on)::text, 'null'), ',',
            coalesce('"' || expires_on || '"', 'null'), ',', unit_cost_micro, ',',
            coalesce(to_json(funding)::text, 'null'), ',', coalesce(rule_version_id::text, 'null'), ',',
            coalesce(to_json(origin_kind)::text, 'null'), ',', coalesce(origin_id::text, 'null'), ']'
        ), ',' order by lot_no) as text
    from ledger_lot where member_id <members> group by member_id, currency_id, opened_version
), opened_hold as (
    select member_id, currency_id, opened_version as version,
        string_agg(concat('[', hold_no, ',', amount, ',',
            coalesce(trunc(extract(epoch from expires_at) * 1000000)::text, 'null'), ',',
            coalesce(to_json(origin_kind)::text, 'null'), ',', coalesce(origin_id::text, 'null'), ']'
        ), ',' order by hold_no) as text
    from ledger_hold where member_id <members> group by member_id, currency_id, opened_version
), bounded as (
    select *, case
        when least(available_after, pending_after, held_after, debt_after) >= 0
            and greatest(available_after, pending_after, held_after, debt_after) < 1000000000000000000
        then available_after + pending_after + held_after
    end as owned
    from ledger_entry where member_id <members>
), chained as (
    select *, lag(hash, 1, decode(repeat('00', 32), 'hex')) over of_account as hash_before,
        lag(owned, 1, 0::bigint) over of_account as owned_before,
        lag(held_after, 1, 0::bigint) over of_account as held_before,
        lag(debt_after, 1, 0::bigint) over of_account as debt_before
    from bounded window of_account as (partition by member_id, currency_id order by version)
), entry as materialized (
    select e.member_id, e.currency_id, e.version, e.kind, e.amount, e.moved, e.hold_no, e.operation_key, e.hash,
        e.available_after, e.pending_after, e.held_after, e.debt_after, e.active_after,
        operation.kind as operation_kind, operation.counterpart_member_id as counterpart,
        coalesce(
            e.previous_hash <> e.hash_before or e.owned is null
            or (e.debt_after > 0 and e.available_after > 0)
            or e.amount <> e.owned - e.debt_after - (e.owned_before - e.debt_before)
            or e.owned - e.owned_before <> coalesce(opened.amount, 0) + coalesce(taken.amount, 0)
            or e.held_after - e.held_before <> coalesce(taken.held, 0)
            or e.occurred_at <> operation.occurred_at or e.business_day <> operation.business_day
            or e.recorded_at <> operation.recorded_at or e.origin_kind is distinct from operation.origin_kind
            or e.origin_id is distinct from operation.origin_id
            or e.hash <> sha256(e.previous_hash || convert_to(concat(
                '[1,', e.member_id, ',', to_json(currency.code), ',', e.version, ',', to_json(operation.key), ',',
                to_json(operation.kind), ',"', encode(operation.request_hash, 'hex'), '",', to_json(operation.actor),
                ',', coalesce(to_json(operation.reason)::text, 'null'),
                ',', coalesce(to_json(operation.approved_by)::text, 'null'),
                ',', coalesce(to_json(operation.reverses_key)::text, 'null'),
                ',', coalesce(operation.counterpart_member_id::text, 'null'),
                ',', coalesce(to_json(operation.origin_kind)::text, 'null'),
                ',', coalesce(operation.origin_id::text, 'null'),
                ',', trunc(extract(epoch from operation.occurred_at) * 1000000), ',"', operation.business_day,
                '",', trunc(extract(epoch from operation.recorded_at) * 1000000),
                ',', to_json(e.kind), ',', to_json(e.contra), ',', e.amount, ',', e.moved,
                ',', e.available_after, ',', e.pending_after, ',', e.held_after, ',', e.debt_after,
                ',', coalesce('"' || e.active_after || '"', 'null'), ',', coalesce(e.rule_version_id::text, 'null'),
                ',', coalesce(e.hold_no::text, 'null'), ',', coalesce(e.reverses_version::text, 'null'),
                ',', e.explanation, ',[', taken.text, '],[', opened.text, '],', coalesce(opened_hold.text, 'null'), ']'
            ), 'UTF8')),
            true
        ) as is_wrong
    from chained e
    left join ledger_currency currency using (currency_id)
    left join operation on operation.member_id = e.member_id and operation.key = e.operation_key
    left join taken on (taken.member_id, taken.currency_id, taken.version) = (e.member_id, e.currency_id, e.version)
    left join opened on (opened.member_id, opened.currency_id, opened.version) = (e.member_id, e.currency_id, e.version)
    left join opened_hold on (opened_hold.member_id, opened_hold.currency_id, opened_hold.version)
        = (e.member_id, e.currency_id, e.version)
), astray as (
    select member_id, currency_id from taken
    where not exists (select from entry
        where (entry.member_id, entry.currency_id, entry.version) = (taken.member_id, taken.currency_id, taken.version))
), touched as (
    select member_id, currency_id, lot_no, sum(amount) as amount, sum(held) as held, max(version) as last_version
    from allocation group by member_id, currency_id, lot_no
), matured as (
    select distinct a.member_id, a.currency_id, a.lot_no
    from entry join allocation a using (member_id, currency_id, version) where entry.kind = 'mature'
), lot as materialized (
    select l.member_id, l.currency_id, l.lot_no, l.remaining, l.held, l.state, l.available_on, l.expires_on,
        coalesce(
            opener.version is null or l.held < 0 or l.held > l.remaining or l.held <> coalesce(t.held, 0)
            or l.remaining <> l.amount + coalesce(t.amount, 0)
            or l.state is distinct from case
                when l.remaining = 0 then ($3::text[])[array_position($2::text[], last.kind)]
                when (l.available_on is not null or l.matures_on is not null) and matured.lot_no is null
                then 'pending' else 'open'
            end,
            true
        ) as is_wrong
    from ledger_lot l
    left join entry opener on (opener.member_id, opener.currency_id, opener.version)
        = (l.member_id, l.currency_id, l.opened_version)
    left join touched t on (t.member_id, t.currency_id, t.lot_no) = (l.member_id, l.currency_id, l.lot_no)
    left join matured on (matured.member_id, matured.currency_id, matured.lot_no)
        = (l.member_id, l.currency_id, l.lot_no)
    left join entry last on (last.member_id, last.currency_id, last.version)
        = (t.member_id, t.currency_id, t.last_version)
    where l.member_id <members>
), part as (
    select member_id, currency_id, hold_no, jsonb_object_agg(lot_no::text, held) as parts
    from (
        select member_id, currency_id, entry.hold_no, a.lot_no, sum(a.held) as held
        from entry join allocation a using (member_id, currency_id, version)
        where entry.hold_no is not null group by member_id, currency_id, entry.hold_no, a.lot_no
    ) sums
    where held <> 0 group by member_id, currency_id, hold_no
), used as (
    select member_id, currency_id, hold_no, max(version) as last_version, sum(case kind
        when 'capture' then moved::numeric - amount when 'release' then moved else 0
    end) as amount
    from entry where hold_no is not null group by member_id, currency_id, hold_no
), hold as materialized (
    select h.member_id, h.currency_id, h.hold_no, h.state, h.expires_at,
        coalesce(
            opener.version is null or h.remaining < 0 or h.remaining <> h.amount - used.amount
            or h.parts <> coalesce(part.parts, '{}')
            or h.state is distinct from case
                when h.remaining > 0 then 'open' when last.kind = 'capture' then 'captured'
                when last.kind <> 'release' then null
                when last.operation_kind = 'time_out' then 'timed_out' else 'released'
            end,
            true
        ) as is_wrong
    from ledger_hold h
    left join entry opener on (opener.member_id, opener.currency_id, opener.version, opener.hold_no)
        = (h.member_id, h.currency_id, h.opened_version, h.hold_no)
    left join used on (used.member_id, used.currency_id, used.hold_no) = (h.member_id, h.currency_id, h.hold_no)
    left join part on (part.member_id, part.currency_id, part.hold_no) = (h.member_id, h.currency_id, h.hold_no)
    left join entry last on (last.member_id, last.currency_id, last.version)
        = (used.member_id, used.currency_id, used.last_version)
    where h.member_id <members>
), lots as (
    select member_id, currency_id, count(*) as count, max(lot_no) as last_no, sum(held) as held,
        coalesce(sum(remaining) filter (where state = 'pending'), 0) as pending,
        coalesce(sum(remaining - held) filter (where state = 'open'), 0) as available,
        min(least(available_on, date '9999-12-30'))
            filter (where state = 'pending' and available_on is not null) as matures_on,
        bool_or(state = 'open' and remaining > held) as is_ending,
        min(least(expires_on, date '9999-12-30'))
            filter (where state = 'open' and remaining > held and expires_on is not null) as expires_on
    from lot group by member_id, currency_id
), holds as (
    select member_id, currency_id, count(*) as count, max(hold_no) as last_no,
        min(expires_at) filter (where state = 'open') as expires_at
    from hold group by member_id, currency_id
), entries as (
    select member_id, currency_id, count(*) as count, min(version) as first, max(version) as last
    from entry group by member_id, currency_id
), inactive as (
    select a.member_id, a.currency_id, case coalesce(expiry ->> 'round_to', 'day')
        when 'day' then later
        when 'month' then date_trunc('month', later) + interval '1 month - 1 day'
        when 'quarter' then date_trunc('quarter', later) + interval '3 months - 1 day'
        when 'half_year' then date_trunc('year', later) + interval '-1 day'
            + case when extract(month from later) <= 6 then interval '6 months' else interval '12 months' end
        else date_trunc('year', later) + interval '1 year - 1 day'
    end::date as until
    from ledger_account a join ledger_currency currency using (currency_id) cross join lateral (
        select (least(active_on, date '9999-01-01') + make_interval(
            years => coalesce((expiry ->> 'years')::int, 0), months => coalesce((expiry ->> 'months')::int, 0)
        ))::date + coalesce((expiry ->> 'days')::int, 0) as later
    ) policy
    where a.member_id <members> and expiry ->> 'kind' = 'inactivity' and active_on is not null
), account as materialized (
    select a.member_id, a.currency_id,
        coalesce(
            currency.code is null or a.version <> coalesce(entries.count, 0)
            or coalesce(entries.first, 1) <> 1 or coalesce(entries.last, 0) <> coalesce(entries.count, 0)
            or a.head_hash <> coalesce(last.hash, decode(repeat('00', 32), 'hex'))
            or a.available <> coalesce(last.available_after, 0) or a.pending <> coalesce(last.pending_after, 0)
            or a.held <> coalesce(last.held_after, 0) or a.debt <> coalesce(last.debt_after, 0)
            or a.active_on is distinct from last.active_after
            or a.lot_count <> coalesce(lots.count, 0) or a.lot_count <> coalesce(lots.last_no, 0)
            or a.hold_count <> coalesce(holds.count, 0) or a.hold_count <> coalesce(holds.last_no, 0)
            or a.available <> coalesce(lots.available, 0) or a.pending <> coalesce(lots.pending, 0)
            or a.held <> coalesce(lots.held, 0),
            true
        ) or coalesce(coalesce(a.due_at, 'infinity') > least(
            lots.matures_on::timestamp at time zone $1::text, holds.expires_at,
            case when lots.is_ending then (
                case when currency.expiry ->> 'kind' = 'inactivity' then inactive.until else lots.expires_on end + 1
            )::timestamp at time zone $1::text end
        ), false) as is_wrong
    from ledger_account a
    left join ledger_currency currency using (currency_id)
    left join entries using (member_id, currency_id)
    left join lots using (member_id, currency_id)
    left join holds using (member_id, currency_id)
    left join inactive using (member_id, currency_id)
    left join entry last on (last.member_id, last.currency_id, last.version) = (a.member_id, a.currency_id, a.version)
    where a.member_id <members>
), pair as materialized (
    select member_id, currency_id, operation_key, amount, counterpart from entry where kind = 'transfer'
), other as (
    select x.member_id, x.currency_id, x.operation_key, count(*) as count, sum(x.amount) as amount
    from ledger_entry x
    where x.member_id = any(array(select counterpart from pair)) and x.kind = 'transfer'
    group by x.member_id, x.currency_id, x.operation_key
), other_operation as (
    select member_id, key, counterpart_member_id from ledger_operation
    where member_id = any(array(select counterpart from pair)) and key = any(array(select operation_key from pair))
), found as (
    select member_id, currency_id, 'entry' as place from entry where is_wrong
    union all select member_id, currency_id, 'lot' from lot where is_wrong
    union all select member_id, currency_id, 'allocation' from astray
    union all select member_id, currency_id, 'hold' from hold where is_wrong
    union all select member_id, currency_id, 'account' from account where is_wrong
    union all select member_id, currency_id, 'account'
        from (select member_id, currency_id, count from entries union all select member_id, currency_id, count from lots
              union all select member_id, currency_id, count from holds) existing
        where not exists (select from account
            where (account.member_id, account.currency_id) = (existing.member_id, existing.currency_id))
    union all select pair.member_id, pair.currency_id, 'transfer'
        from pair
        left join other on (other.member_id, other.currency_id, other.operation_key)
            = (pair.counterpart, pair.currency_id, pair.operation_key)
        left join other_operation o on (o.member_id, o.key, o.counterpart_member_id)
            = (pair.counterpart, pair.operation_key, pair.member_id)
        where o.key is null or other.count is distinct from 1 or other.amount is distinct from -pair.amount::numeric
)
select (select count(*) from account) as accounts, (select count(*) from entry) as entries,
    first.member_id, first.currency_id, first.place
from (select) always left join lateral (
    select * from found order by member_id, currency_id, place limit 1
) first on true
"""
OF_RANGE = _LOOK.replace("<members>", "between $4 and $5")
OF_MEMBERS = _LOOK.replace("<members>", "= any($4::bigint[])")
