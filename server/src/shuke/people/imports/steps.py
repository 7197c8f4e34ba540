"""The names of the background work of imports of members."""

CHECK = "member_imports.check"
RUN = "member_imports.run"
UNDO = "member_imports.undo"
