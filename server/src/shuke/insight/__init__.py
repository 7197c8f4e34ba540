"""Insight: figures about the shop, its members and their points, kept up by what other modules announce."""
