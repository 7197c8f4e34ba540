"""Draws whose seed is promised and cannot be exchanged, and entries with the public numbers that they are drawn by."""

from shuke.platform import migrate

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    migrate.run_sql(_DRAWS)
    role = migrate.app_role()
    # What a draw was announced with stays; only its result comes, and its seed's wrapping follows the key files.
    migrate.run_sql(f"""
        revoke update, delete, truncate on coupon_draw from "{role}";
        grant update (sealed_seed, kek_version, seed, entries_hash, drawn_at, version) on coupon_draw to "{role}";
        revoke update, truncate on coupon_entry from "{role}";
        grant update (place, is_winner) on coupon_entry to "{role}";
    """)


_DRAWS = """
    alter table coupon_draw
        add column kek_version smallint not null,
        add column entries_hash text,
        add column announced_by text not null,
        -- The seed that is told in the end is the one that was promised in the beginning.
        add constraint coupon_draw_seed_check
            check (seed is null or encode(sha256(convert_to(seed, 'UTF8')), 'hex') = seed_hash),
        add constraint coupon_draw_winners_check check (winners > 0),
        add constraint coupon_draw_opens_at_check check (opens_at < closes_at);
    create index coupon_draw_closes_at_idx on coupon_draw (closes_at) where drawn_at is null;

    alter table coupon_entry add column number text not null;
    create index coupon_entry_place_idx on coupon_entry (template_id, round, place);
"""
