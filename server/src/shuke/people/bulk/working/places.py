"""The names of this module's jobs, and where people see what became of an act."""

RUN = "bulk.run"
PAGE = "/members/bulk"
