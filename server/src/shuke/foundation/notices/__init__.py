"""What people of the staff are told: in the bell, until they have read it. See README.md."""

__all__: list[str] = []
