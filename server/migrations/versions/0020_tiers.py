"""Tiers: every way of keeping levels, grants by hand, versions of schemes, judging everybody again."""

from alembic import op

from shuke.platform import migrate

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    migrate.run_sql(_TABLES)
    role = migrate.app_role()
    op.execute(f'revoke update, delete, truncate on tier_scheme_version from "{role}"')


_TABLES = """
    alter table tier_scheme add column version integer not null default 1;

    alter table tier_level
        add column keep_threshold bigint,
        add column deduct bigint not null default 0,
        add column is_floor boolean not null default false;

    create table tier_scheme_version (
        scheme_id smallint not null references tier_scheme,
        version integer not null,
        parameters jsonb not null,
        levels jsonb not null,
        published_at timestamptz not null,
        actor text not null,
        primary key (scheme_id, version)
    );
    insert into tier_scheme_version (scheme_id, version, parameters, levels, published_at, actor)
        select s.scheme_id, 1, s.parameters,
            (select coalesce(jsonb_agg(to_jsonb(l) - 'scheme_id' order by l.rank), '[]') from tier_level l
             where l.scheme_id = s.scheme_id),
            now(), 'system:0'
        from tier_scheme s;

    alter table member_tier
        add column basis text,
        add column judged_on date,
        add column level_from date,
        add column level_from_before date,
        add column period_from date,
        add column period_from_before date,
        add column review_at timestamptz,
        add column beneath jsonb,
        add column due_at timestamptz generated always as (least(valid_until, review_at)) stored;
    -- Where members stand was decided by their last change, on its day in the shop's zone.
    update member_tier t set basis = last.reason, judged_on = last.day,
            level_from = case when t.rank > 1 then (t.since at time zone last.time_zone)::date + 1 end,
            period_from = case when t.rank > 1 then last.day + 1 end
        from (
            select distinct on (c.member_id, c.scheme_id) c.member_id, c.scheme_id, z.time_zone,
                case when c.reason in ('entered', 'promoted', 'kept', 'demoted') then c.reason else 'promoted' end
                    as reason,
                ((c.at - case when c.reason in ('kept', 'demoted') then interval '1 microsecond' else interval '0' end)
                    at time zone z.time_zone)::date as day
            from tier_change c cross join (select time_zone from shop limit 1) z
            order by c.member_id, c.scheme_id, c.change_no desc
        ) last
        where last.member_id = t.member_id and last.scheme_id = t.scheme_id;
    drop index member_tier_valid_until_idx;
    create index member_tier_due_at_idx on member_tier (due_at, member_id) where due_at is not null;

    alter table tier_change add column scheme_version integer not null default 1;

    create table tier_run (
        run_id bigint generated always as identity primary key,
        scheme_id smallint not null references tier_scheme,
        scheme_version integer not null,
        state text not null,
        behind bigint not null default 0,
        total bigint not null,
        done bigint not null default 0,
        promoted bigint not null default 0,
        demoted bigint not null default 0,
        started_by text not null,
        started_at timestamptz not null,
        finished_at timestamptz,
        constraint tier_run_state_check check (state in ('running', 'done'))
    );
    create unique index tier_run_running_idx on tier_run (scheme_id) where state = 'running';
"""
