"""Exports at work: page by page into a sealed file."""
