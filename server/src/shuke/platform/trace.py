"""The trace id of the work at hand: given or made at the edge, carried to logs, errors and the audit trail."""

import re
import secrets
from contextvars import ContextVar

_WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{8,64}")
_current: ContextVar[str] = ContextVar("trace_id", default="")


def begin(given: str | None = None) -> str:
    """Start a trace: with the caller's id where it is well formed, else with a fresh one."""
    trace_id = given if given and _WELL_FORMED.fullmatch(given) else secrets.token_hex(12)
    _current.set(trace_id)
    return trace_id


def current() -> str:
    """The trace id of this request or job; empty outside of one."""
    return _current.get()
