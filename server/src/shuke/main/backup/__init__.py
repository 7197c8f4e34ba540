"""Backups, restoring them, and the drill that proves that they can be restored. See decision 0006.

`folder` knows the files, `copying` makes a backup, `loading` puts one into an empty database, `restoring` chooses
the database and swaps, `physical` keeps the log of the embedded server, `drill` tries it all in a throw-away server.
"""
