"""Whose members are whose: by hand, in bulk, and when an employee leaves."""
