"""Benefits: what levels and dates grant, whom they may concern, and what was granted, used and ended."""

from shuke.platform import migrate

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    migrate.run_sql(_BENEFITS)
    # What was handed over is history: added to, and never changed.
    migrate.run_sql(f'revoke update, delete, truncate on benefit_use from "{migrate.app_role()}"')


_BENEFITS = """
    create table benefit (
        benefit_id bigint generated always as identity primary key,
        code text not null,
        kind text not null,
        name_zh text not null,
        name_en text not null,
        description_zh text not null,
        description_en text not null,
        -- Codes of the levels that have it; none: every member.
        levels text[] not null,
        -- What it gives and when, as its kind reads it.
        parameters jsonb not null,
        active_from date,
        active_until date,
        state text not null,
        version integer not null,
        added_at timestamptz not null,
        constraint benefit_code_key unique (code),
        constraint benefit_state_check check (state in ('active', 'paused'))
    );

    -- What benefits need to know of every member, so that a night's work asks one table: the level as tiers announced
    -- it, the day of joining, and keyed hashes of the birthday's month and day in both calendars.
    create table benefit_member (
        member_id bigint primary key references member (member_id),
        level text,
        joined_on date,
        solar bigint,
        lunar bigint,
        index_version smallint not null
    );
    create index benefit_member_level_idx on benefit_member (level, member_id);
    create index benefit_member_solar_idx on benefit_member (solar) where solar is not null;
    create index benefit_member_lunar_idx on benefit_member (lunar) where lunar is not null;
    create index benefit_member_joined_on_idx on benefit_member (joined_on) where joined_on is not null;
    create index benefit_member_index_version_idx on benefit_member (index_version);

    -- Occasions that a member has had as somebody else, the holder, before a merge: they are not granted anew.
    create table benefit_occasion (
        member_id bigint not null references member (member_id),
        benefit_id bigint not null references benefit (benefit_id),
        occasion text not null,
        holder_id bigint not null references member (member_id),
        merge_id bigint not null,
        primary key (member_id, benefit_id, occasion, holder_id)
    );
    create index benefit_occasion_merge_id_idx on benefit_occasion (merge_id);

    create table benefit_entitlement (
        member_id bigint not null references member (member_id),
        entitlement_id bigint generated always as identity,
        benefit_id bigint not null references benefit (benefit_id),
        occasion text not null,
        -- What was promised then; the benefit may promise something else by now.
        gift jsonb not null,
        units integer not null,
        used integer not null,
        state text not null,
        granted_at timestamptz not null,
        granted_by text not null,
        reason text,
        -- First instant at which it can no longer be used; null: it stays.
        expires_at timestamptz,
        ended_at timestamptz,
        ended_by text,
        ended_because text,
        -- The merge that ended it, as the same person had the occasion twice.
        merge_id bigint,
        primary key (member_id, entitlement_id),
        constraint benefit_entitlement_entitlement_id_key unique (entitlement_id),
        constraint benefit_entitlement_occasion_key unique (member_id, benefit_id, occasion),
        constraint benefit_entitlement_state_check check (state in ('open', 'used', 'expired', 'revoked')),
        constraint benefit_entitlement_used_check check (units > 0 and used between 0 and units)
    );
    create index benefit_entitlement_expires_at_idx on benefit_entitlement (expires_at, entitlement_id)
        where state = 'open' and expires_at is not null;
    create index benefit_entitlement_benefit_id_idx on benefit_entitlement (benefit_id, entitlement_id);

    create table benefit_use (
        member_id bigint not null references member (member_id),
        use_id bigint generated always as identity,
        entitlement_id bigint not null references benefit_entitlement (entitlement_id),
        unit_no integer not null,
        used_at timestamptz not null,
        actor text not null,
        store_id bigint references store (store_id),
        employee_id bigint references employee (employee_id),
        order_number text,
        primary key (member_id, use_id),
        constraint benefit_use_entitlement_id_unit_no_key unique (entitlement_id, unit_no)
    );
"""
