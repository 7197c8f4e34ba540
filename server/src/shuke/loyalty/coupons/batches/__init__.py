"""Codes in batches: made here or brought from elsewhere, printed, exchanged for a member's coupon, taken back."""
