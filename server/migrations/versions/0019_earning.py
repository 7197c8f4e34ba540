"""Earning rules as records: definitions that never change once published, drafts, retirement, the programme's stamp.

What was published before had one effect and no more; it is read as a definition with that one branch.
"""

from alembic import op

from shuke.platform import migrate

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    migrate.run_sql(_TABLES)
    role = migrate.app_role()
    # A published version is what awards and refunds are judged by for ever; only its end can be written.
    op.execute(f'revoke update, delete, truncate on earning_rule_version from "{role}"')
    op.execute(f'grant update (effective_until, retired_at, retired_by) on earning_rule_version to "{role}"')


_TABLES = """
    alter table earning_rule_version rename column parameters to definition;
    update earning_rule_version set definition = jsonb_build_object(
        'activity', 'order_paid',
        'branches', jsonb_build_array(jsonb_build_object('when', null, 'effects', jsonb_build_array(definition)))
    );
    alter table earning_rule_version
        add column published_by text not null default 'system:0',
        add column note text not null default '',
        add column effective_until timestamp with time zone,
        add column retired_at timestamp with time zone,
        add column retired_by text;
    alter table earning_rule_version add constraint earning_rule_version_retired_check
        check ((retired_at is null) = (effective_until is null));

    create table earning_rule_draft (
        rule_id bigint not null,
        definition jsonb not null,
        note text not null default '',
        revision integer not null default 1,
        saved_at timestamp with time zone not null,
        saved_by text not null,
        constraint earning_rule_draft_pkey primary key (rule_id),
        constraint earning_rule_draft_rule_id_fkey foreign key (rule_id) references earning_rule (rule_id)
    );

    -- Another stamp: other rules. Processes keep the compiled rules of the stamp that they have read them under.
    create table earning_stamp (
        stamp_id smallint not null,
        stamp uuid not null default gen_random_uuid(),
        constraint earning_stamp_pkey primary key (stamp_id),
        constraint earning_stamp_single_check check (stamp_id = 1)
    );
    insert into earning_stamp (stamp_id) values (1);
"""
