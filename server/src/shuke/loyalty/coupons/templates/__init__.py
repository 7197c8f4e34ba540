"""Templates: what coupons promise, how they are given out, and how they combine."""
