"""Pairs of members who are probably one person."""

from shuke.platform import migrate

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    migrate.run_sql(_DUPLICATES)


_DUPLICATES = """
    -- Whom the finder knows; `print` is the keyed hash of all that is compared, null until it has been read.
    create table duplicate_member (
        member_id bigint primary key references member (member_id),
        print bigint,
        is_stale boolean not null
    );
    create index duplicate_member_stale_idx on duplicate_member (member_id) where is_stale;

    -- Keyed hashes of what two records of one person have in common.
    create table duplicate_block (
        member_id bigint not null references member (member_id),
        kind text not null,
        block bigint not null,
        primary key (member_id, kind, block)
    );
    create index duplicate_block_block_idx on duplicate_block (block, member_id);

    create table duplicate_pair (
        member_a bigint not null references member (member_id),
        member_b bigint not null references member (member_id),
        pair_id bigint generated always as identity,
        score smallint not null,
        reasons text[] not null,
        has_common_proof boolean not null,
        has_other_phones boolean not null,
        print bigint not null,
        state text not null,
        found_at timestamptz not null,
        decided_at timestamptz,
        decided_by text,
        decided_because text,
        primary key (member_a, member_b),
        constraint duplicate_pair_pair_id_key unique (pair_id),
        constraint duplicate_pair_order_check check (member_a < member_b),
        constraint duplicate_pair_state_check check (state in ('waiting', 'merged', 'dismissed'))
    );
    create index duplicate_pair_member_b_idx on duplicate_pair (member_b);
    create index duplicate_pair_state_idx on duplicate_pair (state, score, pair_id);

    -- Somebody came with identities of both.
    create table duplicate_crossing (
        member_a bigint not null references member (member_id),
        member_b bigint not null references member (member_id),
        crossed_at timestamptz not null,
        primary key (member_a, member_b),
        constraint duplicate_crossing_order_check check (member_a < member_b)
    );
    create index duplicate_crossing_member_b_idx on duplicate_crossing (member_b);

    create table duplicate_search (
        search_id bigint generated always as identity primary key,
        state text not null,
        step text not null,
        place bigint not null default 0,
        started_by text not null,
        started_at timestamptz not null,
        moved_at timestamptz not null,
        finished_at timestamptz,
        members integer not null default 0,
        members_read integer not null default 0,
        members_compared integer not null default 0,
        pairs_compared integer not null default 0,
        pairs_merged integer not null default 0,
        blocks_skipped integer not null default 0,
        members_skipped integer not null default 0,
        constraint duplicate_search_state_check check (state in ('running', 'done', 'broken')),
        constraint duplicate_search_step_check check (step in ('reading', 'comparing', 'merging', 'done'))
    );

    create table duplicate_setting (
        one boolean primary key default true,
        merges_automatically boolean not null,
        least_score smallint not null,
        constraint duplicate_setting_one_check check (one)
    );
"""
