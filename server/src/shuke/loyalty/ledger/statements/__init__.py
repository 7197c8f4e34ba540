"""Statements of one account for a period: for the counter, for a member who asks, for the shop's books."""
