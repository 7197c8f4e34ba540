"""Placeholder of the part that is being built."""

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    pass
