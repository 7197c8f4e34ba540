"""Carts that are set aside know the coupons that they keep."""

from shuke.platform import migrate

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    migrate.run_sql("""
        alter table checkout_hold
            add column coupon_minor bigint not null default 0,
            add column coupons text[] not null default '{}'
    """)
