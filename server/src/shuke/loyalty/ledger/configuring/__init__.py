"""Configuring currencies: what kinds of value there are, and by which policies they live."""
