"""The place of every sealed value: a value that is moved to another row or field does not open."""


def key(member_id: int) -> str:
    """The place of a member's data key."""
    return f"member:{member_id}"


def profile(member_id: int) -> str:
    """The place of a member's profile."""
    return f"member:{member_id}:profile"


def identity(member_id: int, kind: str, source: str) -> str:
    """The place of an identity's value."""
    return f"member:{member_id}:identity:{kind}:{source}"


def blind_domain(kind: str, source: str) -> str:
    """The domain in which an identity's blind index is made."""
    return f"identity:{kind}:{source}"


def merge(member_id: int, merge_id: int, side: str) -> str:
    """The place of a survivor's profile as it was before a merge, or as the merge left it."""
    return f"member:{member_id}:merge:{merge_id}:{side}"
