"""What people of the staff are told, what each wants to be told, and how background work last ended."""

from shuke.platform import migrate

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    migrate.run_sql("""
        create table staff_notice (
            notice_id bigint generated always as identity primary key,
            kind text not null,
            key text not null,
            tone text not null,
            title_zh text not null,
            title_en text not null,
            detail_zh text not null,
            detail_en text not null,
            link text,
            told_at timestamptz not null,
            constraint staff_notice_kind_key_key unique (kind, key),
            constraint staff_notice_tone_check check (tone in ('good', 'plain', 'warn', 'bad'))
        );
        create index staff_notice_told_at_idx on staff_notice (told_at);

        create table staff_notice_recipient (
            user_id bigint not null references staff_user (user_id),
            notice_id bigint not null references staff_notice (notice_id) on delete cascade,
            read_at timestamptz,
            primary key (user_id, notice_id)
        );
        create index staff_notice_recipient_notice_id_idx on staff_notice_recipient (notice_id);
        create index staff_notice_recipient_unread_idx on staff_notice_recipient (user_id, notice_id)
            where read_at is null;

        create table staff_notice_choice (
            user_id bigint not null references staff_user (user_id),
            kind text not null,
            is_on boolean not null,
            primary key (user_id, kind)
        );

        create table work_outcome (
            kind text not null,
            name text not null,
            started_at timestamptz not null,
            seconds double precision not null,
            outcome text not null,
            failures integer not null,
            error text,
            trace_id text,
            done_at timestamptz,
            failed_at timestamptz,
            primary key (kind, name),
            constraint work_outcome_kind_check check (kind in ('job', 'schedule', 'consumer')),
            constraint work_outcome_outcome_check check (outcome in ('done', 'failed'))
        );

        -- The log of events is read by day; what is added in order needs no more than this.
        create index event_recorded_at_idx on event using brin (recorded_at);
    """)
