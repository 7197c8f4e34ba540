"""Figures of coupons: what was issued, used and lost, what it cost, and what was sold with it."""
