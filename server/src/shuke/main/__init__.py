"""The only place that knows everybody: puts modules together and runs them."""
