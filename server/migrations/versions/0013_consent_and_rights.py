"""Notices, consents, requests of members, retention, the journal of erasures."""

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Filled by what follows."""
