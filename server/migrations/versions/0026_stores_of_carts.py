"""Carts that were set aside know their store: only who works there may give them up."""

from shuke.platform import migrate

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    migrate.run_sql("alter table checkout_hold add column store text")
