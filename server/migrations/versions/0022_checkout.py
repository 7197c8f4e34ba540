"""What an order was paid with and judged by, holds of points for carts, refunds that wait, policies."""

from shuke.platform import migrate

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    migrate.run_sql(_ORDERS)
    migrate.run_sql(_AWARDS)
    migrate.run_sql(_CHECKOUT)


_ORDERS = """
    alter table sales_order
        add column points_used bigint not null default 0,
        add column points_minor bigint not null default 0,
        add column points_returned bigint not null default 0,
        add column coupon_minor bigint not null default 0,
        add column counts_minor bigint not null default 0,
        add column payments jsonb,
        add column facts jsonb;
    update sales_order set counts_minor = goods_minor - goods_refunded_minor where kind = 'sale';
    alter table sales_order_line
        add column points_minor bigint not null default 0,
        add column coupon_minor bigint not null default 0,
        add column reduced_minor bigint not null default 0;
"""

_AWARDS = """
    alter table order_award add column currency text, add column entitled bigint;
    update order_award a
        set currency = v.definition -> 'branches' -> 0 -> 'effects' -> 0 ->> 'currency', entitled = a.awarded
        from earning_rule_version v where v.rule_version_id = a.rule_version_id;
    alter table order_award alter column currency set not null, alter column entitled set not null;
    alter table order_award drop constraint order_award_pkey;
    alter table order_award add constraint order_award_pkey
        primary key (member_id, order_id, rule_version_id, currency);
"""

_CHECKOUT = """
    -- Points set aside for a cart that is not paid yet, under the number that its order will have.
    create table checkout_hold (
        source_id smallint not null references order_source (source_id),
        number text not null,
        member_id bigint not null,
        hold_no integer,
        points bigint not null,
        points_minor bigint not null,
        content_hash bytea not null,
        state text not null,
        made_at timestamptz not null,
        expires_at timestamptz not null,
        ended_at timestamptz,
        primary key (source_id, number),
        constraint checkout_hold_state_check check (state in ('open', 'committed', 'cancelled'))
    );
    create index checkout_hold_member_id_idx on checkout_hold (member_id);

    -- A refund that came before its order waits for it.
    create table waiting_refund (
        source_id smallint not null references order_source (source_id),
        number text not null,
        refund_of text not null,
        content_hash bytea not null,
        content jsonb not null,
        actor text not null,
        received_at timestamptz not null,
        problem jsonb,
        primary key (source_id, number)
    );
    create index waiting_refund_refund_of_idx on waiting_refund (source_id, refund_of);

    create table checkout_policy (
        one boolean primary key default true,
        version integer not null,
        content jsonb not null,
        changed_at timestamptz not null,
        constraint checkout_policy_one_check check (one)
    );
"""
