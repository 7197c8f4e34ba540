"""Sums of analytics, kept up by events."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.execute("""
        CREATE TABLE analytics_store_day (
            day DATE NOT NULL,
            store_id BIGINT NOT NULL,
            currency TEXT NOT NULL,
            orders BIGINT NOT NULL,
            refunds BIGINT NOT NULL,
            adjustments BIGINT NOT NULL,
            paid_minor BIGINT NOT NULL,
            refunded_minor BIGINT NOT NULL,
            adjusted_minor BIGINT NOT NULL,
            member_orders BIGINT NOT NULL,
            member_paid_minor BIGINT NOT NULL,
            member_refunded_minor BIGINT NOT NULL,
            CONSTRAINT analytics_store_day_pkey PRIMARY KEY (day, store_id, currency)
        )
    """)
    op.execute("""
        CREATE TABLE analytics_balance_day (
            day DATE NOT NULL,
            currency TEXT NOT NULL,
            issued BIGINT NOT NULL,
            taken_back BIGINT NOT NULL,
            expired BIGINT NOT NULL,
            used BIGINT NOT NULL,
            other BIGINT NOT NULL,
            CONSTRAINT analytics_balance_day_pkey PRIMARY KEY (day, currency)
        )
    """)
    op.execute("""
        CREATE TABLE analytics_joined_day (
            day DATE NOT NULL,
            joined BIGINT NOT NULL,
            "left" BIGINT NOT NULL,
            CONSTRAINT analytics_joined_day_pkey PRIMARY KEY (day)
        )
    """)
    op.execute("""
        CREATE TABLE analytics_level (
            scheme TEXT NOT NULL,
            level TEXT NOT NULL,
            members BIGINT NOT NULL,
            CONSTRAINT analytics_level_pkey PRIMARY KEY (scheme, level)
        )
    """)
    op.execute("""
        CREATE TABLE analytics_member (
            member_id BIGINT NOT NULL,
            order_count INTEGER NOT NULL,
            paid_minor BIGINT NOT NULL,
            refunded_minor BIGINT NOT NULL,
            first_at TIMESTAMP WITH TIME ZONE,
            last_at TIMESTAMP WITH TIME ZONE,
            CONSTRAINT analytics_member_pkey PRIMARY KEY (member_id)
        )
    """)
    op.execute("CREATE INDEX analytics_member_order_count_member_id_idx ON analytics_member (order_count, member_id)")
    op.execute("""
        CREATE TABLE analytics_purchase_day (
            member_id BIGINT NOT NULL,
            day DATE NOT NULL,
            orders INTEGER NOT NULL,
            CONSTRAINT analytics_purchase_day_pkey PRIMARY KEY (member_id, day)
        )
    """)
    op.execute("""
        CREATE TABLE analytics_purchase_gap (
            distance SMALLINT NOT NULL,
            day DATE NOT NULL,
            earlier_day DATE NOT NULL,
            orders BIGINT NOT NULL,
            CONSTRAINT analytics_purchase_gap_pkey PRIMARY KEY (distance, day, earlier_day)
        )
    """)
    op.execute("""
        CREATE TABLE analytics_rfm_run (
            as_of DATE NOT NULL,
            event_id BIGINT NOT NULL,
            computed_at TIMESTAMP WITH TIME ZONE NOT NULL,
            members BIGINT NOT NULL,
            map JSONB NOT NULL,
            CONSTRAINT analytics_rfm_run_pkey PRIMARY KEY (as_of)
        )
    """)
    op.execute("""
        CREATE TABLE analytics_state (
            consumer TEXT NOT NULL,
            event_id BIGINT NOT NULL,
            CONSTRAINT analytics_state_pkey PRIMARY KEY (consumer)
        )
    """)
