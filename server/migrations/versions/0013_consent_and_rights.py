"""Notices, consents, requests of members, retention, the journal of erasures."""

from alembic import op

from shuke.platform import migrate

revision = "0013"
down_revision = "0012"

_APPEND_ONLY = ("consent_change", "rights_step", "rights_erasure")


def upgrade() -> None:
    migrate.run_sql(_CONSENT)
    migrate.run_sql(_PURPOSES)
    migrate.run_sql(_RIGHTS)
    role = migrate.app_role()
    for table in _APPEND_ONLY:
        op.execute(f'revoke update, delete, truncate on {table} from "{role}"')


_CONSENT = """
    create table consent_policy (
        policy_id smallint primary key,
        cooldown_days integer not null,
        minor_age integer not null,
        constraint consent_policy_one_row_check check (policy_id = 1),
        constraint consent_policy_cooldown_check check (cooldown_days between 0 and 3650),
        constraint consent_policy_minor_check check (minor_age between 14 and 18)
    );
    insert into consent_policy values (1, 90, 14);

    create table consent_purpose (
        code text primary key,
        name_zh text not null,
        name_en text not null,
        basis text not null,
        kinds text[] not null,
        retention_days integer,
        recipients_zh text not null,
        recipients_en text not null,
        channels text[] not null,
        notice_code text not null,
        is_separate boolean not null,
        is_marketing boolean not null,
        is_personalised boolean not null,
        is_automated boolean not null,
        is_active boolean not null,
        version integer not null,
        changed_at timestamptz not null,
        constraint consent_purpose_basis_check
            check (basis in ('consent', 'contract', 'legal_duty', 'emergency', 'public_interest', 'published')),
        constraint consent_purpose_marketing_check check (not is_marketing or basis = 'consent'),
        constraint consent_purpose_retention_check check (retention_days between 1 and 36500)
    );

    create table consent_notice (
        code text not null,
        version integer not null,
        text_zh text not null,
        text_en text not null,
        change_zh text not null,
        change_en text not null,
        is_substantial boolean not null,
        -- The purposes as they were when it was published, which the list form shows.
        purposes jsonb not null,
        hash bytea,
        written_at timestamptz not null,
        written_by text not null,
        published_at timestamptz,
        published_by text,
        primary key (code, version),
        constraint consent_notice_published_check
            check ((published_at is null) = (hash is null) and (published_at is null) = (published_by is null))
    );
    create unique index consent_notice_draft_idx on consent_notice (code) where published_at is null;

    create function consent_notice_stays() returns trigger language plpgsql as $$
    begin
        raise exception 'a published notice cannot be changed';
    end $$;
    create trigger consent_notice_stays before update or delete on consent_notice
        for each row when (old.published_at is not null) execute function consent_notice_stays();

    -- One row per member with anything in the log: it numbers the changes, and orders those who write at once.
    create table consent_member (
        member_id bigint primary key references member (member_id),
        change_count integer not null,
        -- Until when the member is a minor, where the birth year says so.
        minor_until date
    );

    create table consent_change (
        member_id bigint not null references member (member_id),
        change_no integer not null,
        topic text not null,
        channel text not null,
        kind text not null,
        at timestamptz not null,
        recorded_at timestamptz not null,
        notice_code text,
        notice_version integer,
        notice_hash bytea,
        how text not null,
        hand text not null,
        source text not null,
        screen text not null,
        actor text not null,
        store_id bigint references store (store_id),
        evidence_no integer,
        primary key (member_id, change_no),
        constraint consent_change_kind_check check (kind in ('given', 'refused', 'withdrawn')),
        constraint consent_change_hand_check check (hand in ('member', 'guardian', 'operator', 'system'))
    );

    -- What may name or place somebody, sealed under the member's key; it goes when its time is over.
    create table consent_evidence (
        member_id bigint not null references member (member_id),
        evidence_no integer not null,
        sealed bytea not null,
        primary key (member_id, evidence_no)
    );

    create table consent_state (
        member_id bigint not null references member (member_id),
        topic text not null,
        channel text not null,
        kind text not null,
        change_no integer not null,
        at timestamptz not null,
        notice_version integer,
        is_by_guardian boolean not null,
        primary key (member_id, topic, channel),
        constraint consent_state_kind_check check (kind in ('given', 'refused', 'withdrawn'))
    );
    create index consent_state_topic_idx on consent_state (topic, channel, kind);

    -- Members who were merged: what the survivor decides after `change_count` counts alone.
    create table consent_merge (
        absorbed_id bigint primary key references member (member_id),
        survivor_id bigint not null references member (member_id),
        change_count integer not null
    );
    create index consent_merge_survivor_id_idx on consent_merge (survivor_id);
"""

_PURPOSES = """
    insert into consent_purpose (
        code, name_zh, name_en, basis, kinds, retention_days, recipients_zh, recipients_en, channels, notice_code,
        is_separate, is_marketing, is_personalised, is_automated, is_active, version, changed_at
    ) values
        ('membership', '会员服务', 'Membership', 'contract', '{name,phone,birthday,orders,points}', 1095,
         '仅本店铺', 'This shop only', '{sms,email,wechat,wecom,push,phone,mail,in_store}', 'privacy',
         false, false, false, false, true, 1, now()),
        ('member_requests', '处理会员的权利请求', 'Answering members'' requests', 'legal_duty', '{name,phone}', 1095,
         '仅本店铺', 'This shop only', '{sms,email,wechat,phone,mail,in_store}', 'privacy',
         false, false, false, false, true, 1, now()),
        ('marketing', '营销信息', 'Marketing messages', 'consent', '{name,phone,email,wechat}', 1095,
         '仅本店铺', 'This shop only', '{sms,email,wechat,wecom,push,phone,mail,in_store}', 'marketing',
         false, true, false, false, true, 1, now()),
        ('personal_offers', '个性化优惠', 'Personal offers', 'consent', '{orders,points,profile}', 1095,
         '仅本店铺', 'This shop only', '{sms,email,wechat,wecom,push,in_store}', 'marketing',
         false, true, true, true, true, 1, now()),
        ('sharing', '向第三方提供', 'Sharing with others', 'consent', '{name,phone}', 1095,
         '', '', '{in_store,wechat,email}', 'sharing',
         true, false, false, false, false, 1, now());
"""

_RIGHTS = """
    create table rights_policy (
        policy_id smallint primary key,
        working_days integer not null,
        hard_days integer not null,
        cooling_days integer not null,
        constraint rights_policy_one_row_check check (policy_id = 1),
        constraint rights_policy_working_check check (working_days between 1 and 15),
        constraint rights_policy_hard_check check (hard_days between 1 and 30),
        constraint rights_policy_cooling_check check (cooling_days between 0 and 15)
    );
    insert into rights_policy values (1, 15, 30, 0);

    -- Days that are not what their weekday says: public holidays, and weekends on which people work.
    create table rights_day (
        day date primary key,
        is_working boolean not null,
        name text not null
    );

    create table rights_request (
        request_id bigint generated always as identity primary key,
        member_id bigint not null references member (member_id),
        kind text not null,
        channel text not null,
        state text not null,
        received_at timestamptz not null,
        due_on date not null,
        hard_due_on date not null,
        is_extended boolean not null,
        verified_how text not null,
        verified_by text not null,
        verified_at timestamptz not null,
        assigned_to text,
        erase_on date,
        ended_at timestamptz,
        announced_late_at timestamptz,
        step_count integer not null,
        constraint rights_request_kind_check check (kind in
            ('access', 'copy', 'correction', 'restriction', 'deletion', 'objection', 'explanation')),
        constraint rights_request_state_check check (state in ('open', 'cooling', 'done', 'refused', 'withdrawn'))
    );
    create index rights_request_open_idx on rights_request (due_on, request_id) where ended_at is null;
    create index rights_request_member_id_idx on rights_request (member_id, request_id);
    create index rights_request_state_idx on rights_request (state, due_on, request_id);

    create table rights_step (
        request_id bigint not null references rights_request (request_id),
        step_no integer not null,
        at timestamptz not null,
        actor text not null,
        action text not null,
        details jsonb not null,
        primary key (request_id, step_no)
    );

    -- What was said, sealed under the member's key: unreadable once the member is erased, gone when its time is over.
    create table rights_note (
        request_id bigint not null references rights_request (request_id),
        step_no integer not null,
        member_id bigint not null references member (member_id),
        sealed bytea not null,
        primary key (request_id, step_no)
    );

    create table rights_copy (
        copy_id bigint generated always as identity primary key,
        request_id bigint not null references rights_request (request_id),
        member_id bigint not null references member (member_id),
        state text not null,
        asked_by text not null,
        asked_at timestamptz not null,
        made_at timestamptz,
        ends_at timestamptz,
        rows bigint not null,
        bytes bigint not null,
        constraint rights_copy_state_check check (state in ('waiting', 'ready', 'failed', 'gone'))
    );
    create index rights_copy_request_id_idx on rights_copy (request_id, copy_id);

    create table rights_copy_part (
        copy_id bigint not null references rights_copy (copy_id),
        part_no integer not null,
        member_id bigint not null references member (member_id),
        sealed bytea not null,
        primary key (copy_id, part_no)
    );

    create table rights_hold (
        hold_id bigint generated always as identity primary key,
        member_id bigint not null references member (member_id),
        basis text not null,
        placed_at timestamptz not null,
        placed_by text not null,
        lifted_at timestamptz,
        lifted_by text,
        constraint rights_hold_basis_check check (basis in ('dispute', 'authority', 'fraud', 'accounting'))
    );
    create unique index rights_hold_member_id_idx on rights_hold (member_id) where lifted_at is null;

    create table rights_erasure (
        code text primary key,
        member_id bigint not null references member (member_id),
        member_ids bigint[] not null,
        numbers text[] not null,
        request_id bigint,
        because text not null,
        erased_at timestamptz not null,
        actor text not null,
        certificate jsonb not null,
        is_replayed boolean not null,
        constraint rights_erasure_because_check check (because in ('request', 'retention', 'restore'))
    );
    create index rights_erasure_member_id_idx on rights_erasure (member_id);

    create table rights_retention_run (
        run_id bigint generated always as identity primary key,
        at timestamptz not null,
        report jsonb not null
    );
"""
