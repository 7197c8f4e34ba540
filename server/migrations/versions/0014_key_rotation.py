"""Rotation of keys while the program runs; who a stored answer is about.

Blind indexes and search tokens say which index key made them. While one takes the place of another, an identity stands
twice in `member_identity_owner`, by both, so that whoever knows only the older one still finds it and meets it.
"""

from shuke.platform import migrate

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    migrate.run_sql(_TABLES)


_TABLES = """
    -- All that is there was made with the first key; from now on whoever writes says with which.
    alter table member_identity add column index_version smallint not null default 1;
    alter table member_identity alter column index_version drop default;
    alter table member_identity_owner add column index_version smallint not null default 1;
    alter table member_identity_owner alter column index_version drop default;
    create index member_identity_owner_member_id_idx on member_identity_owner (member_id);
    alter table member_search add column index_version smallint not null default 1;
    alter table member_search alter column index_version drop default;

    alter table vault.member_key add column made_at timestamptz not null default now();

    -- Answers that name somebody are made unreadable when that person is erased.
    alter table idempotency add column subject_ids bigint[] not null default '{}';
    create index idempotency_subject_ids_idx on idempotency using gin (subject_ids) where subject_ids <> '{}';

    -- How far the rotation of a kind of key is; one row for each place that is carried over.
    create table key_rotation (
        kind text not null,
        place text not null,
        version smallint not null,
        done bigint not null default 0,
        total bigint not null,
        last_key jsonb,
        started_at timestamptz not null,
        updated_at timestamptz not null,
        finished_at timestamptz,
        primary key (kind, place),
        constraint key_rotation_kind_check check (kind in ('kek', 'index', 'data'))
    );
"""
