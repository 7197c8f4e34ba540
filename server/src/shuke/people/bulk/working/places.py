"""The names of this module's jobs."""

RUN = "bulk.run"
