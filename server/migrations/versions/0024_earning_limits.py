"""How much of the caps and budgets of earning rules is used."""

from shuke.platform import migrate

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    migrate.run_sql(_TABLES)


_TABLES = """
    create table earning_cap_use (
        member_id bigint not null,
        rule_id bigint not null,
        counted text not null,
        period text not null,
        period_start date not null,
        amount bigint not null default 0,
        times bigint not null default 0,
        constraint earning_cap_use_pkey primary key (member_id, rule_id, counted, period, period_start),
        constraint earning_cap_use_used_check check (amount >= 0 and times >= 0)
    );

    create table earning_budget_use (
        rule_id bigint not null,
        counted text not null,
        period text not null,
        period_start date not null,
        amount bigint not null default 0,
        times bigint not null default 0,
        constraint earning_budget_use_pkey primary key (rule_id, counted, period, period_start),
        constraint earning_budget_use_used_check check (amount >= 0 and times >= 0)
    );
    -- A few rows that every order writes: room on the page, so that a new version of a row finds its place beside it.
    alter table earning_budget_use set (fillfactor = 20);
    alter table earning_cap_use set (fillfactor = 80);
"""
