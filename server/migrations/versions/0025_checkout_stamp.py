"""The stamp of what every order asks for: shop, money, rules, tiers, policies, currencies. Another stamp: other answers.

Whatever changes one of these draws a new stamp in its own transaction, before it changes anything, so that all who do
queue up in one place. A stamp is never drawn twice, in this database or any other.
"""

from shuke.platform import migrate

revision = "0025"
down_revision = "0024"

_WATCHED = (
    "shop",
    "ledger_currency",
    "earning_stamp",
    "earning_rule",
    "earning_rule_version",
    "tier_scheme",
    "tier_level",
    "checkout_policy",
)


def upgrade() -> None:
    migrate.run_sql(_STAMP)
    for table in _WATCHED:
        migrate.run_sql(
            f"create trigger {table}_checkout_stamp before insert or update or delete or truncate on {table} "
            "for each statement execute function draw_checkout_stamp()"
        )


_STAMP = """
    create table checkout_stamp (
        one boolean not null default true,
        stamp uuid not null default gen_random_uuid(),
        constraint checkout_stamp_pkey primary key (one),
        constraint checkout_stamp_one_check check (one)
    );
    insert into checkout_stamp default values;

    create function draw_checkout_stamp() returns trigger language plpgsql
    set search_path = pg_catalog, public as $$
    begin
        update checkout_stamp set stamp = gen_random_uuid();
        return null;
    end $$;
"""
