"""The ledger, with its final columns."""

from alembic import op

from shuke.platform import migrate

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.execute("""
        CREATE TABLE ledger_currency (
            currency_id SMALLINT NOT NULL,
            code TEXT NOT NULL,
            kind TEXT NOT NULL,
            name_zh TEXT NOT NULL,
            name_en TEXT NOT NULL,
            expiry JSONB NOT NULL,
            pending JSONB NOT NULL,
            negative JSONB NOT NULL,
            rounding TEXT NOT NULL,
            balance_cap BIGINT,
            unit_cost_micro BIGINT NOT NULL,
            CONSTRAINT ledger_currency_pkey PRIMARY KEY (currency_id),
            CONSTRAINT ledger_currency_code_key UNIQUE (code)
        )
    """)
    op.execute("""
        CREATE TABLE ledger_operation (
            member_id BIGINT NOT NULL,
            key TEXT NOT NULL,
            kind TEXT NOT NULL,
            request_hash BYTEA NOT NULL,
            actor TEXT NOT NULL,
            reason TEXT,
            approved_by TEXT,
            reverses_key TEXT,
            counterpart_member_id BIGINT,
            origin_kind TEXT,
            origin_id BIGINT,
            occurred_at TIMESTAMP WITH TIME ZONE NOT NULL,
            business_day DATE NOT NULL,
            recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
            answer JSONB,
            CONSTRAINT ledger_operation_pkey PRIMARY KEY (member_id, key)
        )
    """)
    op.execute("""
        CREATE TABLE ledger_account (
            member_id BIGINT NOT NULL,
            currency_id SMALLINT NOT NULL,
            version BIGINT NOT NULL,
            available BIGINT NOT NULL,
            pending BIGINT NOT NULL,
            held BIGINT NOT NULL,
            debt BIGINT NOT NULL,
            lot_count INTEGER NOT NULL,
            hold_count INTEGER NOT NULL,
            due_at TIMESTAMP WITH TIME ZONE,
            head_hash BYTEA NOT NULL,
            CONSTRAINT ledger_account_pkey PRIMARY KEY (member_id, currency_id),
            CONSTRAINT ledger_account_member_id_fkey FOREIGN KEY(member_id) REFERENCES member (member_id),
            CONSTRAINT ledger_account_currency_id_fkey FOREIGN KEY(currency_id) REFERENCES ledger_currency (currency_id)
        )
    """)
    op.execute("CREATE INDEX ledger_account_due_at_idx ON ledger_account (due_at) WHERE due_at is not null")
    op.execute("""
        CREATE TABLE ledger_allocation (
            member_id BIGINT NOT NULL,
            currency_id SMALLINT NOT NULL,
            version BIGINT NOT NULL,
            lot_no INTEGER NOT NULL,
            amount BIGINT NOT NULL,
            held BIGINT NOT NULL,
            CONSTRAINT ledger_allocation_pkey PRIMARY KEY (member_id, currency_id, version, lot_no),
            CONSTRAINT ledger_allocation_member_id_currency_id_fkey FOREIGN KEY(member_id, currency_id) REFERENCES ledger_account (member_id, currency_id)
        )
    """)
    op.execute("""
        CREATE TABLE ledger_entry (
            member_id BIGINT NOT NULL,
            currency_id SMALLINT NOT NULL,
            version BIGINT NOT NULL,
            operation_key TEXT NOT NULL,
            kind TEXT NOT NULL,
            contra TEXT NOT NULL,
            amount BIGINT NOT NULL,
            moved BIGINT NOT NULL,
            available_after BIGINT NOT NULL,
            pending_after BIGINT NOT NULL,
            held_after BIGINT NOT NULL,
            debt_after BIGINT NOT NULL,
            occurred_at TIMESTAMP WITH TIME ZONE NOT NULL,
            business_day DATE NOT NULL,
            recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
            rule_version_id BIGINT,
            origin_kind TEXT,
            origin_id BIGINT,
            explanation JSONB NOT NULL,
            previous_hash BYTEA NOT NULL,
            hash BYTEA NOT NULL,
            CONSTRAINT ledger_entry_pkey PRIMARY KEY (member_id, currency_id, version),
            CONSTRAINT ledger_entry_member_id_currency_id_fkey FOREIGN KEY(member_id, currency_id) REFERENCES ledger_account (member_id, currency_id),
            CONSTRAINT ledger_entry_member_id_operation_key_fkey FOREIGN KEY(member_id, operation_key) REFERENCES ledger_operation (member_id, key)
        )
    """)
    op.execute("""
        CREATE TABLE ledger_hold (
            member_id BIGINT NOT NULL,
            currency_id SMALLINT NOT NULL,
            hold_no INTEGER NOT NULL,
            opened_version BIGINT NOT NULL,
            amount BIGINT NOT NULL,
            remaining BIGINT NOT NULL,
            state TEXT NOT NULL,
            expires_at TIMESTAMP WITH TIME ZONE,
            origin_kind TEXT,
            origin_id BIGINT,
            CONSTRAINT ledger_hold_pkey PRIMARY KEY (member_id, currency_id, hold_no),
            CONSTRAINT ledger_hold_member_id_currency_id_fkey FOREIGN KEY(member_id, currency_id) REFERENCES ledger_account (member_id, currency_id)
        )
    """)
    op.execute("""
        CREATE TABLE ledger_lot (
            member_id BIGINT NOT NULL,
            currency_id SMALLINT NOT NULL,
            lot_no INTEGER NOT NULL,
            opened_version BIGINT NOT NULL,
            amount BIGINT NOT NULL,
            remaining BIGINT NOT NULL,
            held BIGINT NOT NULL,
            state TEXT NOT NULL,
            earned_on DATE NOT NULL,
            available_from TIMESTAMP WITH TIME ZONE,
            matures_on TEXT,
            expires_at TIMESTAMP WITH TIME ZONE,
            unit_cost_micro BIGINT NOT NULL,
            funding TEXT,
            rule_version_id BIGINT,
            origin_kind TEXT,
            origin_id BIGINT,
            CONSTRAINT ledger_lot_pkey PRIMARY KEY (member_id, currency_id, lot_no),
            CONSTRAINT ledger_lot_member_id_currency_id_fkey FOREIGN KEY(member_id, currency_id) REFERENCES ledger_account (member_id, currency_id)
        )
    """)
    op.execute("CREATE INDEX ledger_lot_open_idx ON ledger_lot (member_id, currency_id, expires_at) WHERE state in ('open', 'pending')")
    # History cannot be edited: the application's role may only add, and a trigger stops even the owner.
    role = migrate.app_role()
    for table in ("ledger_operation", "ledger_entry", "ledger_allocation"):
        op.execute(f'revoke update, delete, truncate on {table} from "{role}"')
    op.execute("""
        create function ledger_history_is_fixed() returns trigger language plpgsql as $$
        begin
            raise exception 'ledger history cannot be changed; write a reversing entry instead';
        end $$
    """)
    for table in ("ledger_operation", "ledger_entry", "ledger_allocation"):
        op.execute(
            f"create trigger {table}_is_fixed before update or delete or truncate on {table} "
            "for each statement execute function ledger_history_is_fixed()"
        )
