"""Members who are probably one person: found in the background, judged by people, merged. See README.md."""

from .queries import Pair, count_pairs, list_pairs

__all__ = ["Pair", "count_pairs", "list_pairs"]
