"""What people are to each other. Pure."""

from typing import Literal

Role = Literal["spouse", "parent", "child", "sibling", "other"]
MOST_RELATIVES = 20

_INVERSE: dict[Role, Role] = {"parent": "child", "child": "parent"}


def inverse(role: Role) -> Role:
    """What somebody is to the other, when the other is this to them."""
    return _INVERSE.get(role, role)
