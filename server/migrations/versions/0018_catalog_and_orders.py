"""Categories and brands of products."""

from shuke.platform import migrate

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    migrate.run_sql(_PRODUCTS)


_PRODUCTS = """
    alter table product add column category text, add column brand text;
"""
