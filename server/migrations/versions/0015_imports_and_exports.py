"""Imports of members and exports of lists."""

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Filled by what follows."""
