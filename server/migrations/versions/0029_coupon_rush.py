"""Placeholder of the part that is being built."""

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    pass
