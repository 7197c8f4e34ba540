"""Coupons: reports find the moves of the whole shop by their day."""

from shuke.platform import migrate

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    migrate.run_sql("create index coupon_move_day_idx on coupon_move (day)")
