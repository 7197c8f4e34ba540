"""The complete ledger: days of lots in the programme's zone, holds, reversals, approvals, signed roots.

The chain hash covers more than before, so entries made before cannot stay as they are: the ledger must be empty.
Nothing has been released that wrote any.
"""

from alembic import op

from shuke.platform import migrate

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.execute("""
        do $$ begin
            if exists (select from ledger_entry) then
                raise exception 'this ledger was written before the first release and cannot be verified; '
                    'start with an empty database and import the orders again';
            end if;
        end $$
    """)
    migrate.run_sql(_TABLES)
    role = migrate.app_role()
    for table in ("ledger_root", "ledger_root_head"):
        op.execute(f'revoke update, delete, truncate on {table} from "{role}"')
        op.execute(
            f"create trigger {table}_is_fixed before update or delete or truncate on {table} "
            "for each statement execute function ledger_history_is_fixed()"
        )


_TABLES = """
    alter table ledger_currency
        add column restore jsonb not null default '{"kind": "original"}',
        add column cap_mode text not null default 'truncate',
        add column approval_above bigint,
        add column version integer not null default 1;

    alter table ledger_account add column active_on date;
    drop index ledger_account_due_at_idx;
    create index ledger_account_due_idx on ledger_account (due_at, member_id, currency_id) where due_at is not null;

    alter table ledger_operation drop column answer;
    -- A caller's key names one operation of one member; a transfer is known by the side with the smaller number.
    create unique index ledger_operation_key_idx on ledger_operation (key)
        where origin_kind is null and actor <> 'system:0'
            and (counterpart_member_id is null or member_id < counterpart_member_id);

    alter table ledger_entry drop column explanation;
    alter table ledger_entry
        add column explanation json not null,
        add column active_after date,
        add column hold_no integer,
        add column reverses_version bigint;
    create index ledger_entry_reverses_idx on ledger_entry (member_id, currency_id, reverses_version)
        where reverses_version is not null;
    create index ledger_entry_day_idx on ledger_entry (member_id, currency_id, business_day, version)
        include (kind, amount);

    drop index ledger_lot_open_idx;
    alter table ledger_lot drop column available_from, drop column expires_at;
    alter table ledger_lot add column available_on date, add column expires_on date;
    create index ledger_lot_open_idx on ledger_lot (member_id, currency_id, expires_on)
        where state in ('open', 'pending');

    alter table ledger_hold add column parts jsonb not null;
    create index ledger_hold_open_idx on ledger_hold (member_id, currency_id) where state = 'open';

    -- One statement writes entries, lots, allocations and holds, and only when it has moved their account: looking the
    -- account up again for each row costs more than it finds. Verification finds rows without an account.
    alter table ledger_entry drop constraint ledger_entry_member_id_currency_id_fkey;
    alter table ledger_lot drop constraint ledger_lot_member_id_currency_id_fkey;
    alter table ledger_allocation drop constraint ledger_allocation_member_id_currency_id_fkey;
    alter table ledger_hold drop constraint ledger_hold_member_id_currency_id_fkey;

    create table ledger_adjustment (
        adjustment_id bigint generated always as identity,
        member_id bigint not null,
        currency_id smallint not null,
        amount bigint not null,
        reason text not null,
        state text not null,
        requested_by text not null,
        requested_at timestamp with time zone not null,
        decided_by text,
        decided_at timestamp with time zone,
        note text,
        operation_key text not null,
        request_hash bytea not null,
        constraint ledger_adjustment_pkey primary key (adjustment_id),
        constraint ledger_adjustment_operation_key_key unique (operation_key),
        constraint ledger_adjustment_member_id_fkey foreign key (member_id) references member (member_id),
        constraint ledger_adjustment_currency_id_fkey
            foreign key (currency_id) references ledger_currency (currency_id)
    );
    create index ledger_adjustment_waiting_idx on ledger_adjustment (adjustment_id) where state = 'waiting';

    create table ledger_root (
        root_id bigint not null,
        made_at timestamp with time zone not null,
        accounts bigint not null,
        entries bigint not null,
        bucket_bits smallint not null,
        buckets bytea not null,
        hash bytea not null,
        previous_hash bytea not null,
        key_id text not null,
        signature bytea not null,
        constraint ledger_root_pkey primary key (root_id)
    );

    create table ledger_root_head (
        member_id bigint not null,
        currency_id smallint not null,
        root_id bigint not null,
        version bigint not null,
        hash bytea not null,
        constraint ledger_root_head_pkey primary key (member_id, currency_id, root_id),
        constraint ledger_root_head_root_id_fkey foreign key (root_id) references ledger_root (root_id)
    );

    create table ledger_verification (
        verification_id bigint generated always as identity,
        scope text not null,
        member_id bigint,
        root_id bigint,
        state text not null,
        started_by text not null,
        started_at timestamp with time zone not null,
        finished_at timestamp with time zone,
        accounts bigint not null default 0,
        entries bigint not null default 0,
        wrong jsonb,
        constraint ledger_verification_pkey primary key (verification_id)
    );
"""
