"""Rankings of stores and employees, read from sums of their own."""
