"""Members: identities, sealed profiles, search tokens, the summary that lists read; fingerprints of the key files."""

from shuke.platform.migrate import app_role, run_sql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql(
        f"""
        create table key_fingerprint (
            name text primary key,
            fingerprint text not null,
            first_used_at timestamptz not null
        );
        revoke update, delete on key_fingerprint from {app_role()};

        create table member (
            member_id bigint generated always as identity primary key,
            number text collate "C" not null,
            status text not null,
            joined_at timestamptz not null,
            is_generated boolean not null,
            profile bytea,
            source_channel text,
            store_id bigint constraint member_store_id_fkey references store (store_id),
            employee_id bigint constraint member_employee_id_fkey references employee (employee_id),
            campaign text,
            inviter_id bigint,
            version integer not null,
            merged_into bigint,
            constraint member_number_key unique (number),
            constraint member_status_check check (status in ('active', 'frozen', 'cancelled', 'erased'))
        );

        create schema vault;
        grant usage on schema vault to {app_role()};
        create table vault.member_key (
            member_id bigint primary key,
            wrapped bytea not null,
            kek_version smallint not null
        );
        grant select, insert, update, delete on vault.member_key to {app_role()};

        create table member_identity (
            member_id bigint not null constraint member_identity_member_id_fkey references member (member_id),
            kind text not null,
            source text not null default '',
            blind bytea not null,
            value bytea not null,
            is_verified boolean not null,
            added_at timestamptz not null,
            primary key (member_id, kind, source, blind),
            constraint member_identity_kind_check check (kind in ('phone', 'email', 'card', 'external', 'wechat'))
        );

        create table member_identity_owner (
            kind text not null,
            source text not null,
            blind bytea not null,
            member_id bigint not null,
            primary key (kind, source, blind)
        );

        create table member_search (
            member_id bigint primary key constraint member_search_member_id_fkey references member (member_id),
            tokens bigint[] not null
        );
        create index member_search_tokens_idx on member_search using gin (tokens);

        create table member_status_change (
            member_id bigint not null constraint member_status_change_member_id_fkey references member (member_id),
            version integer not null,
            changed_at timestamptz not null,
            before text not null,
            after text not null,
            primary key (member_id, version)
        );
        revoke update, delete on member_status_change from {app_role()};

        create table member_summary (
            member_id bigint primary key constraint member_summary_member_id_fkey references member (member_id),
            number text collate "C" not null,
            status text not null,
            joined_at timestamptz not null,
            store_id bigint,
            order_count integer not null default 0,
            refund_count integer not null default 0,
            gross_spend_minor bigint not null default 0,
            net_spend_minor bigint not null default 0,
            first_order_at timestamptz,
            last_order_at timestamptz,
            points_available bigint not null default 0,
            points_debt bigint not null default 0,
            growth bigint not null default 0,
            points_expiring_on date,
            tier_code text,
            tier_rank smallint,
            tier_valid_until date
        );
        create index member_summary_number_idx on member_summary (number, member_id);
        create index member_summary_joined_at_idx on member_summary (joined_at, member_id);
        create index member_summary_last_order_at_idx
            on member_summary (coalesce(last_order_at, '-infinity'::timestamptz), member_id);
        create index member_summary_order_count_idx on member_summary (order_count, member_id);
        create index member_summary_net_spend_minor_idx on member_summary (net_spend_minor, member_id);
        create index member_summary_points_available_idx on member_summary (points_available, member_id);
        create index member_summary_growth_idx on member_summary (growth, member_id);
        create index member_summary_tier_rank_idx on member_summary (coalesce(tier_rank, '-1'::smallint), member_id);
        create index member_summary_tier_code_idx
            on member_summary (tier_code, coalesce(last_order_at, '-infinity'::timestamptz), member_id);
        create index member_summary_store_id_idx
            on member_summary (store_id, coalesce(last_order_at, '-infinity'::timestamptz), member_id);
        create index member_summary_status_idx
            on member_summary (status, coalesce(last_order_at, '-infinity'::timestamptz), member_id);
        """
    )
