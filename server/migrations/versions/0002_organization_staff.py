"""The shop and its stores; the people who sign in."""

from shuke.platform.migrate import run_sql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql(
        """
        create table shop (
            shop_id smallint primary key,
            name_zh text not null,
            name_en text not null,
            programme_zh text not null,
            programme_en text not null,
            time_zone text not null,
            currency text not null,
            is_demo boolean not null,
            demo_source text,
            set_up_at timestamptz not null,
            constraint shop_one_row_check check (shop_id = 1)
        );

        create table region (
            region_id bigint generated always as identity primary key,
            code text not null,
            name text not null,
            constraint region_code_key unique (code)
        );

        create table store (
            store_id bigint generated always as identity primary key,
            code text not null,
            name text not null,
            country text,
            region_id bigint constraint store_region_id_fkey references region (region_id),
            status text not null,
            constraint store_code_key unique (code),
            constraint store_status_check check (status in ('open', 'closed'))
        );

        create table employee (
            employee_id bigint generated always as identity primary key,
            code text not null,
            name text not null,
            store_id bigint constraint employee_store_id_fkey references store (store_id),
            constraint employee_code_key unique (code)
        );

        create table staff_user (
            user_id bigint generated always as identity primary key,
            username text not null,
            display_name text not null,
            password_hash text not null,
            is_password_temporary boolean not null,
            is_active boolean not null,
            language text,
            created_at timestamptz not null,
            password_changed_at timestamptz not null,
            constraint staff_user_username_key unique (username)
        );

        create table staff_role (
            code text primary key,
            name_zh text not null,
            name_en text not null,
            permissions text[] not null,
            is_built_in boolean not null
        );

        create table staff_user_role (
            user_id bigint not null constraint staff_user_role_user_id_fkey references staff_user (user_id),
            role_code text not null constraint staff_user_role_role_code_fkey references staff_role (code),
            primary key (user_id, role_code)
        );

        create table staff_session (
            session_id bigint generated always as identity primary key,
            token_hash bytea not null,
            user_id bigint not null constraint staff_session_user_id_fkey references staff_user (user_id),
            created_at timestamptz not null,
            seen_at timestamptz not null,
            address text not null,
            user_agent text not null,
            constraint staff_session_token_hash_key unique (token_hash)
        );
        create index staff_session_user_id_idx on staff_session (user_id);
        create index staff_session_seen_at_idx on staff_session (seen_at);

        create table staff_sign_in_failure (
            username_hash bytea not null,
            address text not null,
            failures integer not null,
            last_at timestamptz not null,
            locked_until timestamptz,
            primary key (username_hash, address)
        );
        create index staff_sign_in_failure_last_at_idx on staff_sign_in_failure (last_at);
        """
    )
