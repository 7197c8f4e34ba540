"""Not written yet."""

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    pass
