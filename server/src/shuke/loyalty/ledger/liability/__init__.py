"""What the shop owes its members: units that can still be used, and what they would cost."""
