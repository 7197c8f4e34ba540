"""Exchanging members' keys: their data keys one by one, and the keys of blind indexes and search for all of them."""

from .data_keys import count_old_data_keys, renew_data_key, renew_old_data_keys
from .indexes import SETTLE_S, count_indexed_by, count_indexed_otherwise, drop_older_index, reindex

__all__ = [
    "SETTLE_S",
    "count_indexed_by",
    "count_indexed_otherwise",
    "count_old_data_keys",
    "drop_older_index",
    "reindex",
    "renew_data_key",
    "renew_old_data_keys",
]
