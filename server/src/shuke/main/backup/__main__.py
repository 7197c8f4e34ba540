"""`python -m shuke.main.backup drill`: the program's own commands, for background work that wants its own process."""

from shuke.main.cli import app

app()
