"""What is done to many members at once: the act, and what became of each member."""

from shuke.platform import migrate

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    migrate.run_sql("""
        create table bulk_act (
            bulk_id bigint generated always as identity,
            action text not null,
            parameters jsonb not null,
            filters jsonb,
            reason text not null,
            state text not null,
            asked_by bigint not null,
            asked_at timestamptz not null,
            approved_by text,
            members integer not null,
            done integer default 0 not null,
            skipped jsonb default '{}' not null,
            undone integer default 0 not null,
            after_id bigint default 0 not null,
            started_at timestamptz,
            ended_at timestamptz,
            problem jsonb,
            constraint bulk_act_pkey primary key (bulk_id),
            constraint bulk_act_state_check check (
                state in ('approval', 'waiting', 'running', 'done', 'stopped', 'failed', 'undoing', 'undone')
            )
        );
        create index bulk_act_asked_by_bulk_id_idx on bulk_act (asked_by, bulk_id);

        create table bulk_member (
            member_id bigint not null,
            bulk_id bigint not null,
            state text not null,
            why text,
            before jsonb,
            constraint bulk_member_pkey primary key (member_id, bulk_id),
            constraint bulk_member_member_id_fkey foreign key(member_id) references member (member_id),
            constraint bulk_member_bulk_id_fkey foreign key(bulk_id) references bulk_act (bulk_id),
            constraint bulk_member_state_check check (state in ('waiting', 'done', 'skipped', 'undone', 'kept'))
        );
        create index bulk_member_bulk_id_member_id_idx on bulk_member (bulk_id, member_id)
    """)
