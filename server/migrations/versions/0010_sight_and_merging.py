"""What staff may see: scopes and field views of roles, stores and regions of users. Merging of members."""

from shuke.platform import migrate

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    migrate.run_sql(_STAFF)
    migrate.run_sql(_MEMBERS)
    migrate.run_sql(_ANALYTICS)


_STAFF = """
    alter table staff_role
        add column scope text not null default 'all',
        add column fields jsonb not null default '{}',
        add constraint staff_role_scope_check check (scope in ('all', 'regions', 'stores', 'own'));

    alter table staff_user add column employee_id bigint references employee (employee_id);

    create table staff_user_store (
        user_id bigint not null references staff_user (user_id),
        store_id bigint not null references store (store_id),
        primary key (user_id, store_id)
    );
    create table staff_user_region (
        user_id bigint not null references staff_user (user_id),
        region_id bigint not null references region (region_id),
        primary key (user_id, region_id)
    );
"""

_MEMBERS = """
    -- New and empty in every row but the few that an order feed named an employee for.
    alter table member_summary add column employee_id bigint;
    update member_summary set employee_id = member.employee_id
    from member where member.member_id = member_summary.member_id and member.employee_id is not null;
    create index member_summary_employee_id_idx
        on member_summary (employee_id, (coalesce(last_order_at, '-infinity'::timestamptz)), member_id)
        where employee_id is not null;

    alter table member_identity
        drop constraint member_identity_kind_check,
        add constraint member_identity_kind_check
            check (kind in ('phone', 'email', 'card', 'external', 'wechat', 'wecom', 'alipay')),
        add column verified_at timestamptz,
        add column verified_by text;

    alter table member_status_change add column reason text, add column actor text;

    create table member_merge (
        merge_id bigint generated always as identity primary key,
        absorbed_id bigint not null references member (member_id),
        survivor_id bigint not null references member (member_id),
        merged_at timestamptz not null,
        actor text not null,
        policy text not null,
        reason text not null,
        -- Members who had been merged into the absorbed one before, and follow it.
        followers bigint[] not null,
        -- The survivor's profile and facts as they were, the former sealed under the survivor's key.
        profile_before bytea,
        profile_after bytea,
        facts_before jsonb not null,
        undone_at timestamptz,
        undone_by text,
        undone_because text,
        constraint member_merge_policy_check check (policy in ('hand', 'policy', 'import')),
        constraint member_merge_other_check check (absorbed_id <> survivor_id)
    );
    create unique index member_merge_absorbed_id_idx on member_merge (absorbed_id) where undone_at is null;
    create index member_merge_survivor_id_idx on member_merge (survivor_id, merge_id);
    create index member_merged_into_idx on member (merged_into) where merged_into is not null;
"""

_ANALYTICS = """
    create table analytics_alias (
        member_id bigint primary key,
        root_id bigint not null,
        -- What was the member's own when it was counted as the root's, and when the root began and ended then.
        order_count integer not null,
        paid_minor bigint not null,
        refunded_minor bigint not null,
        first_at timestamptz,
        last_at timestamptz,
        days date[] not null,
        orders integer[] not null,
        root_first_at timestamptz,
        root_last_at timestamptz,
        followers bigint[] not null
    );
    create index analytics_alias_root_id_idx on analytics_alias (root_id);
"""
