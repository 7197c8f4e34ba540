"""Shapes of staff over HTTP."""
