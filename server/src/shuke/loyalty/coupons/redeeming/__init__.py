"""Coupons redeemed at a till by their code alone: looked up, redeemed, and taken back on the same day."""
