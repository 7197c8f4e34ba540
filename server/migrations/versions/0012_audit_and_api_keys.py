"""The audit trail: what changed, refusals, a chain over all of it, signed heads. Keys for programs."""

from alembic import op

from shuke.platform import migrate

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    migrate.run_sql(_AUDIT)
    migrate.run_sql(_KEYS)
    role = migrate.app_role()
    for table in ("audit", "audit_seal", "audit_head"):
        op.execute(f'revoke update, delete, truncate on {table} from "{role}"')
    op.execute("revoke execute on function audit_forget(bigint) from public")
    op.execute(f'grant execute on function audit_forget(bigint) to "{role}"')


_AUDIT = """
    -- Rows from before get the number of this transaction: the chain begins with them, in the order of their ids.
    alter table audit
        add column transaction_id bigint not null default ((pg_current_xact_id())::text)::bigint,
        add column on_behalf_of text,
        add column result text not null default 'ok',
        add column code text,
        add column member_id bigint,
        add column changes jsonb not null default '{}',
        add column sealed bytea,
        add column address text not null default '',
        add column session_id bigint,
        add constraint audit_result_check check (result in ('ok', 'refused'));
    create index audit_transaction_id_id_idx on audit (transaction_id, id);
    create index audit_member_id_id_idx on audit (member_id, id) where member_id is not null;
    create index audit_action_id_idx on audit (action, id);
    create index audit_wall_at_idx on audit (wall_at);

    -- The key of a sealed difference, wrapped under its member's data key: it goes when the member's key goes, and is
    -- wrapped anew when that key is changed. The row of the trail itself never changes.
    create table audit_key (
        audit_id bigint primary key,
        member_id bigint not null,
        wrapped bytea not null
    );
    create index audit_key_member_id_idx on audit_key (member_id);

    create table audit_seal (
        seq bigint primary key,
        audit_id bigint not null,
        hash bytea not null,
        constraint audit_seal_audit_id_key unique (audit_id)
    );

    create table audit_head (
        seq bigint primary key,
        hash bytea not null,
        made_at timestamptz not null,
        newest_at timestamptz not null,
        previous_hash bytea not null,
        key_id text not null,
        signature bytea not null
    );

    -- The only way in which rows leave: from the beginning, up to a signed head, and never younger than 184 days.
    create function audit_forget(up_to bigint) returns bigint
    language plpgsql security definer set search_path = pg_catalog, public as $$
    declare
        gone bigint;
    begin
        if not exists (select from public.audit_head where seq = up_to) then
            raise exception 'the trail is cut at signed heads only';
        end if;
        if exists (
            select from public.audit_seal s join public.audit a on a.id = s.audit_id
            where s.seq <= up_to and a.wall_at > now() - interval '184 days'
        ) then
            raise exception 'the trail is kept for 184 days at least';
        end if;
        if not exists (select from public.audit_seal where seq > up_to) then
            raise exception 'the newest row stays: the chain goes on from it';
        end if;
        delete from public.audit_key k using public.audit_seal s where s.audit_id = k.audit_id and s.seq <= up_to;
        delete from public.audit a using public.audit_seal s where s.audit_id = a.id and s.seq <= up_to;
        delete from public.audit_seal where seq <= up_to;
        get diagnostics gone = row_count;
        return gone;
    end $$;
"""

_KEYS = """
    create table api_key (
        key_id bigint generated always as identity primary key,
        name text not null,
        scopes text[] not null,
        -- Null: all stores.
        store_ids bigint[],
        -- Networks that may use it; empty: any.
        addresses text[] not null default '{}',
        must_sign boolean not null default false,
        requests_per_minute integer,
        created_by text not null,
        created_at timestamptz not null,
        expires_at timestamptz,
        disabled_at timestamptz,
        disabled_by text,
        last_used_at timestamptz,
        last_address text not null default '',
        constraint api_key_requests_per_minute_check check (requests_per_minute > 0)
    );
    create table api_key_secret (
        secret_id bigint generated always as identity primary key,
        key_id bigint not null references api_key (key_id),
        secret_hash bytea not null,
        -- What signed requests are checked with: sealed, because it must be known in clear to check.
        sealed_signing_key bytea not null,
        wrapped_key bytea not null,
        kek_version smallint not null,
        created_at timestamptz not null,
        ends_at timestamptz
    );
    create index api_key_secret_key_id_idx on api_key_secret (key_id);
    create table api_key_nonce (
        key_id bigint not null,
        nonce text not null,
        seen_at timestamptz not null,
        primary key (key_id, nonce)
    );
    create index api_key_nonce_seen_at_idx on api_key_nonce (seen_at);
    create table api_key_use (
        key_id bigint not null references api_key (key_id),
        day date not null,
        requests bigint not null,
        primary key (key_id, day)
    );
"""
