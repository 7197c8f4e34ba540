"""The verbs of the Makefile. Standard library only: they run before anything is installed."""
