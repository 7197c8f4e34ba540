"""The platform's tables: rights, event log, idempotency, audit, settings, job queue."""

from pathlib import Path

from shuke.platform.migrate import app_role, run_sql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql(
        f"""
        create schema queue;
        grant usage on schema public, queue to {app_role()};
        alter default privileges in schema public grant select, insert, update, delete on tables to {app_role()};
        alter default privileges in schema public grant usage, select on sequences to {app_role()};
        alter default privileges in schema queue grant select, insert, update, delete on tables to {app_role()};
        alter default privileges in schema queue grant usage, select on sequences to {app_role()};

        create table event (
            id bigint generated always as identity primary key,
            transaction_id bigint not null default ((pg_current_xact_id())::text)::bigint,
            name text not null,
            member_id bigint not null,
            occurred_at timestamptz not null,
            recorded_at timestamptz not null,
            body jsonb not null
        );
        create index event_transaction_id_id_idx on event (transaction_id, id);
        create index event_member_id_id_idx on event (member_id, id);

        create table event_cursor (
            consumer text primary key,
            transaction_id bigint not null,
            event_id bigint not null,
            moved_at timestamptz not null
        );

        create table idempotency (
            actor text not null,
            route text not null,
            key text not null,
            request_hash bytea not null,
            status integer not null,
            headers jsonb not null,
            wrapped_key bytea not null,
            sealed_answer bytea not null,
            kek_version smallint not null,
            created_at timestamptz not null,
            primary key (actor, route, key)
        );
        create index idempotency_created_at_idx on idempotency (created_at);

        create table audit (
            id bigint generated always as identity primary key,
            at timestamptz not null,
            wall_at timestamptz not null,
            actor text not null,
            action text not null,
            object_kind text not null,
            object_id text not null,
            trace_id text not null,
            details jsonb not null
        );
        create index audit_object_kind_object_id_id_idx on audit (object_kind, object_id, id);
        create index audit_actor_id_idx on audit (actor, id);

        create table platform_setting (
            key text primary key,
            value jsonb not null
        );

        create table heartbeat (
            process text primary key,
            kind text not null,
            beat_at timestamptz not null,
            started_at timestamptz not null
        );

        -- The program asks at its start whether the schema is the one it knows.
        grant select on alembic_version to {app_role()};

        -- History is added to and never changed, by the application's role.
        revoke update, delete on event, audit from {app_role()};
        """
    )
    run_sql((Path(__file__).parents[1] / "sql" / "pgqueuer_1_6.sql").read_text())
