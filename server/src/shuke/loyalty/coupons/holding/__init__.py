"""What members do with their coupons, and what time does to them."""
