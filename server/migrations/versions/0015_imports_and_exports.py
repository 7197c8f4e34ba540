"""Imports of members and exports of lists."""

from shuke.platform import migrate

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    migrate.run_sql(_IMPORTS)
    migrate.run_sql(_EXPORTS)


_IMPORTS = """
    create table member_import (
        import_id bigint generated always as identity primary key,
        state text not null,
        file_name text not null,
        file_bytes bigint not null,
        file_hash bytea not null,
        upload_path text,
        -- The file's own headings, and what recognises the same ones in another file.
        header jsonb not null,
        signature text not null,
        settings jsonb not null,
        -- The key of the rows handed back, wrapped: they hold people's data as it stood in the file.
        wrapped_key bytea not null,
        kek_version smallint not null,
        lines_done bigint not null,
        lines_total bigint,
        -- The last row applied; an import that was cut off goes on behind it.
        applied_to bigint not null default 0,
        counts jsonb not null,
        dry_run jsonb,
        error jsonb,
        asked_by text not null,
        created_at timestamptz not null,
        started_at timestamptz,
        finished_at timestamptz,
        undo jsonb,
        undo_asked_by text,
        undone_at timestamptz,
        constraint member_import_state_check check (
            state in ('draft', 'checking', 'checked', 'waiting', 'running', 'done', 'failed', 'undoing', 'undone'))
    );
    create index member_import_signature_idx on member_import (signature, import_id);

    -- The identities of each row while a file is worked on, as keyed hashes: they find rows that are the same person.
    create unlogged table member_import_key (
        import_id bigint not null,
        row_no bigint not null,
        kind text not null,
        source text not null,
        blind bytea not null
    );
    create index member_import_key_import_id_blind_idx on member_import_key (import_id, blind, row_no);
    create index member_import_key_import_id_row_no_idx on member_import_key (import_id, row_no);

    create table member_import_reject (
        import_id bigint not null references member_import (import_id),
        row_no bigint not null,
        kind text not null,
        code text not null,
        "values" jsonb not null,
        sealed bytea not null,
        primary key (import_id, row_no),
        constraint member_import_reject_kind_check check (kind in ('rejected', 'duplicate', 'conflict'))
    );

    -- What an import did to a member. Not tied to the member's row: a member that is taken back leaves this behind.
    create table member_import_change (
        member_id bigint not null,
        import_id bigint not null references member_import (import_id),
        row_no bigint not null,
        kind text not null,
        -- How many identities a new member came with.
        identities integer not null,
        -- The profile before and after, sealed under the member's own key as it stood in the member's row.
        profile_before bytea,
        profile_after bytea,
        outcome text,
        primary key (member_id, import_id),
        constraint member_import_change_kind_check check (kind in ('created', 'updated')),
        constraint member_import_change_outcome_check check (outcome in ('removed', 'restored', 'partly', 'kept'))
    );
    create index member_import_change_import_id_member_id_idx on member_import_change (import_id, member_id);

    -- The identities that members who existed gained by an import.
    create table member_import_identity (
        member_id bigint not null,
        import_id bigint not null references member_import (import_id),
        kind text not null,
        source text not null,
        blind bytea not null,
        primary key (member_id, import_id, kind, source, blind)
    );
"""

_EXPORTS = """
    create table export (
        export_id bigint generated always as identity primary key,
        list text not null,
        filters jsonb not null,
        columns jsonb not null,
        format text not null,
        language text not null,
        is_unmasked boolean not null,
        reason text not null,
        state text not null,
        asked_by bigint not null,
        asked_at timestamptz not null,
        approved_by bigint,
        rows_done bigint not null,
        started_at timestamptz,
        finished_at timestamptz,
        expires_at timestamptz,
        file_path text,
        file_bytes bigint,
        -- The key of the file, wrapped; it goes when the file goes.
        wrapped_key bytea,
        kek_version smallint,
        -- What the marks of the file say.
        mark text not null,
        problem jsonb,
        constraint export_state_check check (
            state in ('approval', 'waiting', 'running', 'done', 'failed', 'refused', 'expired')),
        constraint export_format_check check (format in ('csv', 'xlsx'))
    );
    create index export_asked_by_idx on export (asked_by, export_id);
    create index export_expires_at_idx on export (expires_at) where expires_at is not null;
"""
