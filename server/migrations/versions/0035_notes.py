"""Notes about members, sealed under the member's key, and what somebody promised to do for them."""

from shuke.platform import migrate

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    migrate.run_sql("""
        create table member_note (
            member_id bigint not null,
            note_id bigint generated always as identity,
            sealed bytea not null,
            is_pinned boolean not null,
            author text not null,
            written_at timestamptz not null,
            edited_by text,
            edited_at timestamptz,
            version integer not null,
            primary key (member_id, note_id),
            constraint member_note_member_id_fkey foreign key (member_id) references member (member_id)
        );

        create table member_follow_up (
            member_id bigint not null,
            follow_up_id bigint generated always as identity,
            sealed bytea not null,
            due_at timestamptz not null,
            assignee_id bigint not null,
            state text not null,
            author text not null,
            written_at timestamptz not null,
            ended_by text,
            ended_at timestamptz,
            reminded_at timestamptz,
            version integer not null,
            primary key (member_id, follow_up_id),
            constraint member_follow_up_member_id_fkey foreign key (member_id) references member (member_id),
            constraint member_follow_up_assignee_id_fkey foreign key (assignee_id) references staff_user (user_id),
            constraint member_follow_up_state_check check (state in ('open', 'done', 'cancelled')),
            constraint member_follow_up_ended_check check ((state = 'open') = (ended_at is null))
        );
        create index member_follow_up_state_idx on member_follow_up (state, due_at, follow_up_id);
        create index member_follow_up_assignee_id_idx
            on member_follow_up (assignee_id, state, due_at, follow_up_id);
        create index member_follow_up_reminded_at_idx on member_follow_up (due_at)
            where state = 'open' and reminded_at is null;

        create index ledger_adjustment_member_id_idx on ledger_adjustment (member_id, adjustment_id)
    """)
