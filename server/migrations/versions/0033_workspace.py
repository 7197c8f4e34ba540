"""Everybody arranges their own desk: views of lists that are kept, and settings of one person."""

from shuke.platform import migrate

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    migrate.run_sql("""
        create table saved_view (
            view_id bigint generated always as identity primary key,
            list text not null,
            name text not null,
            owner_id bigint not null,
            is_shared boolean not null default false,
            content jsonb not null,
            created_at timestamptz not null,
            changed_at timestamptz not null
        );
        create index saved_view_list_owner_id_idx on saved_view (list, owner_id);

        create table user_setting (
            user_id bigint not null,
            key text not null,
            value jsonb not null,
            changed_at timestamptz not null,
            primary key (user_id, key)
        )
    """)
