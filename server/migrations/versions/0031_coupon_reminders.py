"""Coupons: whose end was announced."""

from shuke.platform import migrate

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    migrate.run_sql(_REMINDERS)
    migrate.run_sql(f'revoke update, truncate on coupon_reminder from "{migrate.app_role()}"')


_REMINDERS = """
    create table coupon_reminder (
        member_id bigint not null,
        coupon_id bigint not null,
        reminded_at timestamptz not null,
        constraint coupon_reminder_pkey primary key (member_id, coupon_id)
    );
"""
