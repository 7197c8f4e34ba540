"""Second factors, passkeys, other identity providers, password policies, approvals of large acts."""

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Filled by what follows."""
