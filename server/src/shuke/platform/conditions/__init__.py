"""Conditions over declared facts: one language for sets of members (SQL) and for one case now (a predicate)."""

from .model import Condition, FactKey, fact_key

__all__ = ["Condition", "FactKey", "fact_key"]
