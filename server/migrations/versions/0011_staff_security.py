"""Second factors, passkeys, other identity providers, password policies, approvals of large acts."""

from shuke.platform import migrate

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    migrate.run_sql(_ACCOUNTS)
    migrate.run_sql(_FACTORS)
    migrate.run_sql(_PROVIDERS)
    migrate.run_sql(_APPROVALS)


_ACCOUNTS = """
    -- One row: what the shop has chosen. Every request reads it together with the session.
    create table staff_security (
        security_id smallint primary key default 1,
        policy text not null,
        idle_minutes integer not null,
        absolute_hours integer not null,
        requires_second_factor boolean not null,
        updated_at timestamptz not null,
        constraint staff_security_one_check check (security_id = 1),
        constraint staff_security_policy_check check (policy in ('asvs', 'dengbao')),
        constraint staff_security_idle_minutes_check check (idle_minutes between 15 and 30),
        constraint staff_security_absolute_hours_check check (absolute_hours between 1 and 24)
    );
    insert into staff_security (policy, idle_minutes, absolute_hours, requires_second_factor, updated_at)
    values ('asvs', 30, 12, false, now());

    alter table staff_user
        add column email text,
        add constraint staff_user_email_key unique (email);

    alter table staff_role
        add column admin_kind text,
        add constraint staff_role_admin_kind_check check (admin_kind in ('system', 'security', 'audit'));

    alter table staff_session
        add column proved_at timestamptz,
        add column method text not null default 'password',
        add constraint staff_session_method_check
            check (method in ('password', 'second_factor', 'passkey', 'provider'));

    alter table staff_sign_in_failure add column locks integer not null default 0;

    create table staff_password_history (
        user_id bigint not null references staff_user (user_id),
        changed_at timestamptz not null,
        password_hash text not null,
        primary key (user_id, changed_at)
    );
"""

_FACTORS = """
    -- Secrets that must be read again: seeds of one-time codes, secrets of providers. One key each, wrapped.
    create table staff_secret (
        name text primary key,
        wrapped_key bytea not null,
        kek_version integer not null,
        sealed bytea not null
    );

    create table staff_totp (
        user_id bigint primary key references staff_user (user_id),
        created_at timestamptz not null,
        confirmed_at timestamptz,
        -- The newest step whose code was used: codes up to it are refused.
        last_step bigint not null
    );

    create table staff_recovery_code (
        user_id bigint not null references staff_user (user_id),
        code_hash bytea not null,
        used_at timestamptz,
        primary key (user_id, code_hash)
    );

    create table staff_passkey (
        passkey_id bigint generated always as identity primary key,
        user_id bigint not null references staff_user (user_id),
        credential_id bytea not null,
        public_key bytea not null,
        sign_count bigint not null,
        name text not null,
        created_at timestamptz not null,
        used_at timestamptz,
        constraint staff_passkey_credential_id_key unique (credential_id)
    );
    create index staff_passkey_user_id_idx on staff_passkey (user_id);

    -- What stands half open: a password that waits for its second factor, a passkey's challenge, a way to a provider.
    create table staff_challenge (
        token_hash bytea primary key,
        kind text not null,
        user_id bigint references staff_user (user_id),
        address text not null,
        created_at timestamptz not null,
        tries integer not null,
        details jsonb not null,
        constraint staff_challenge_kind_check
            check (kind in ('second_factor', 'passkey_sign_in', 'passkey_registration', 'passkey_proof', 'provider'))
    );
    create index staff_challenge_created_at_idx on staff_challenge (created_at);
"""

_PROVIDERS = """
    create table staff_provider (
        provider_id bigint generated always as identity primary key,
        name text not null,
        issuer text not null,
        client_id text not null,
        console_address text not null,
        matching text not null,
        default_role text references staff_role (code),
        is_active boolean not null,
        created_at timestamptz not null,
        constraint staff_provider_matching_check check (matching in ('email', 'username'))
    );

    -- Once matched, a person is known by the provider's own number, whatever becomes of name and address.
    create table staff_provider_subject (
        provider_id bigint not null references staff_provider (provider_id),
        subject text not null,
        user_id bigint not null references staff_user (user_id),
        matched_at timestamptz not null,
        primary key (provider_id, subject)
    );
    create index staff_provider_subject_user_id_idx on staff_provider_subject (user_id);
"""

_APPROVALS = """
    create table approval (
        approval_id bigint generated always as identity primary key,
        kind text not null,
        summary_zh text not null,
        summary_en text not null,
        payload jsonb not null,
        payload_hash bytea not null,
        state text not null,
        requested_by bigint not null references staff_user (user_id),
        requested_at timestamptz not null,
        decided_by bigint references staff_user (user_id),
        decided_at timestamptz,
        note text,
        constraint approval_state_check check (state in ('waiting', 'approved', 'rejected', 'withdrawn', 'expired')),
        constraint approval_decided_check check ((state = 'waiting') = (decided_at is null))
    );
    create index approval_state_approval_id_idx on approval (state, approval_id);
"""
