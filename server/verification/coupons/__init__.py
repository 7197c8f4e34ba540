"""Very many who want few coupons, against the running program: who got one, and whether it is exactly as many."""
