"""Questions about members; nothing here writes."""

from .facts import get_counts
from .listing import count_members, list_members, list_rows
from .page import get_overview, list_timeline
from .reading import find_id, find_ids, get_id, get_member, get_members, names, owners, resolve, reveal
from .vault import OpenMember, open_members

__all__ = [
    "OpenMember",
    "count_members",
    "find_id",
    "find_ids",
    "get_counts",
    "get_id",
    "get_member",
    "get_members",
    "get_overview",
    "list_members",
    "list_rows",
    "list_timeline",
    "names",
    "open_members",
    "owners",
    "resolve",
    "reveal",
]
