"""What attribution announces."""

from dataclasses import dataclass
from typing import ClassVar

from shuke.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class MemberAttributed(Event):
    """A member belongs to another store, or is looked after by somebody else."""

    name: ClassVar[str] = "member.attributed"
    store_before: int | None
    store_after: int | None
    employee_before: int | None
    employee_after: int | None
    manager_before: int | None
    manager_after: int | None
