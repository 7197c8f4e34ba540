"""The kinds of effects, a file for each."""
