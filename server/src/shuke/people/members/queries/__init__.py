"""Questions about members; nothing here writes."""

from .aliases import aliases, everybody, roots
from .facts import get_counts
from .identity_keys import identity_key, identity_kinds
from .listing import count_members, list_members, list_rows
from .page import get_overview, list_timeline
from .reading import get_member, get_members, names, owners, resolve, reveal
from .references import find_id, find_ids, get_id, get_ids, require_active
from .sight import only_visible, seen_among
from .vault import OpenMember, open_members

__all__ = [
    "OpenMember",
    "aliases",
    "count_members",
    "everybody",
    "find_id",
    "find_ids",
    "get_counts",
    "get_id",
    "get_ids",
    "get_member",
    "get_members",
    "get_overview",
    "identity_key",
    "identity_kinds",
    "list_members",
    "list_rows",
    "list_timeline",
    "names",
    "only_visible",
    "open_members",
    "owners",
    "require_active",
    "resolve",
    "reveal",
    "roots",
    "seen_among",
]
