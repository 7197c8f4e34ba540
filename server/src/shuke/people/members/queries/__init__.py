"""Questions about members; nothing here writes."""

from .aliases import aliases, everybody, records_of, roots
from .facts import Counted, get_counts
from .identity_keys import identity_key, identity_kinds, last_field_changes, last_status_changes, numbers, statuses
from .listing import count_members, list_members, list_rows, matching_ids
from .page import get_overview, list_timeline
from .reading import get_member, get_members, names, owners, resolve, reveal
from .references import find_id, find_ids, get_id, get_ids, inactive_among, require_active
from .sealing import open_for, place_of, seal_all_for, seal_for
from .sight import only_visible, seen_among
from .vault import OpenMember, open_members

__all__ = [
    "Counted",
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
    "inactive_among",
    "last_field_changes",
    "last_status_changes",
    "list_members",
    "list_rows",
    "list_timeline",
    "matching_ids",
    "names",
    "numbers",
    "only_visible",
    "open_for",
    "open_members",
    "owners",
    "place_of",
    "records_of",
    "require_active",
    "resolve",
    "reveal",
    "roots",
    "seal_all_for",
    "seal_for",
    "seen_among",
    "statuses",
]
