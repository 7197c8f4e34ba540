"""Rotation of keys while the program runs."""

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Filled by what follows."""
