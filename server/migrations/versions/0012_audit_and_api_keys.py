"""The chain of the audit trail, and keys for programs."""

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Filled by what follows."""
