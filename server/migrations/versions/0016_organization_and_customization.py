"""Regions as a tree, stores and employees in full, attribution, custom fields, relations, rankings."""

from shuke.platform import migrate

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    migrate.run_sql(_ORGANIZATION)
    migrate.run_sql(_CUSTOM_FIELDS)
    migrate.run_sql(_ATTRIBUTION)
    migrate.run_sql(_RELATIONS)
    migrate.run_sql(_RANKINGS)
    # What was attributed to whom is history: added to, and never changed.
    migrate.run_sql(f'revoke update, delete, truncate on member_attribution_change from "{migrate.app_role()}"')


_ORGANIZATION = """
    alter table region
        add column parent_id bigint references region (region_id),
        add constraint region_parent_check check (parent_id <> region_id);

    alter table store
        add column address text,
        add column opening_hours text,
        add column closed_on date;

    alter table employee
        add column title text,
        add column state text not null default 'active',
        add column joined_on date,
        add column left_on date,
        add constraint employee_state_check check (state in ('active', 'left'));
"""

_CUSTOM_FIELDS = """
    create table custom_field (
        field_id bigint generated always as identity primary key,
        key text not null,
        kind text not null,
        label_zh text not null,
        label_en text not null,
        help_zh text not null,
        help_en text not null,
        group_zh text not null,
        group_en text not null,
        position integer not null,
        is_required boolean not null,
        is_personal boolean not null,
        is_archived boolean not null,
        limits jsonb not null,
        choices jsonb not null,
        default_value jsonb,
        index_state text not null,
        index_progress smallint not null,
        index_problem text,
        version integer not null,
        added_at timestamptz not null,
        constraint custom_field_key_key unique (key),
        constraint custom_field_kind_check check (kind in ('text', 'long_text', 'number', 'money', 'date', 'boolean',
            'choice', 'choices', 'url')),
        constraint custom_field_index_state_check
            check (index_state in ('none', 'building', 'ready', 'failed', 'dropping'))
    );

    -- A constant default is kept in the catalogue: no row is rewritten.
    alter table member_summary add column custom jsonb not null default '{}';
"""

_ATTRIBUTION = """
    alter table member add column manager_id bigint references employee (employee_id);
    create index member_manager_id_idx on member (manager_id) where manager_id is not null;
    create index member_inviter_id_idx on member (inviter_id) where inviter_id is not null;

    create table member_transfer (
        transfer_id bigint generated always as identity primary key,
        employee_id bigint not null references employee (employee_id),
        plan jsonb not null,
        reason text not null,
        actor text not null,
        begun_at timestamptz not null,
        state text not null,
        members bigint not null,
        moved bigint not null,
        finished_at timestamptz,
        undone_by text,
        undone_at timestamptz,
        constraint member_transfer_state_check check (state in ('running', 'done', 'undoing', 'undone'))
    );
    create index member_transfer_employee_id_idx on member_transfer (employee_id, transfer_id);

    create table member_attribution_change (
        member_id bigint not null references member (member_id),
        change_id bigint generated always as identity,
        changed_at timestamptz not null,
        actor text not null,
        reason text not null,
        transfer_id bigint references member_transfer (transfer_id),
        store_before bigint,
        store_after bigint,
        employee_before bigint,
        employee_after bigint,
        manager_before bigint,
        manager_after bigint,
        primary key (member_id, change_id)
    );
    create index member_attribution_change_transfer_id_idx on member_attribution_change (transfer_id, member_id)
        where transfer_id is not null;
"""

_RELATIONS = """
    create table member_family (
        member_id bigint not null references member (member_id),
        other_id bigint not null references member (member_id),
        role text not null,
        noted_at timestamptz not null,
        actor text not null,
        primary key (member_id, other_id),
        constraint member_family_role_check check (role in ('spouse', 'parent', 'child', 'sibling', 'other')),
        constraint member_family_order_check check (member_id < other_id)
    );
    create index member_family_other_id_idx on member_family (other_id, member_id);
"""

_RANKINGS = """
    alter table sales_order add column employee_id bigint references employee (employee_id);
    create index sales_order_employee_id_placed_at_idx on sales_order (employee_id, placed_at)
        where employee_id is not null;

    create table analytics_rank_day (
        day date not null,
        store_id bigint not null,
        employee_id bigint not null,
        currency text not null,
        orders bigint not null,
        refunds bigint not null,
        paid_minor bigint not null,
        refunded_minor bigint not null,
        member_orders bigint not null,
        first_orders bigint not null,
        primary key (day, store_id, employee_id, currency)
    );
    create table analytics_rank_joined (
        day date not null,
        store_id bigint not null,
        employee_id bigint not null,
        joined bigint not null,
        primary key (day, store_id, employee_id)
    );
    create table analytics_rank_first (
        member_id bigint not null,
        first_at timestamptz not null,
        order_id bigint not null,
        day date not null,
        store_id bigint not null,
        employee_id bigint not null,
        currency text not null,
        primary key (member_id)
    );
"""
