"""Logs: JSON for machines, text for people, and nothing personal in either.

Names of values that must not be logged are dropped; what looks like a phone number or an e-mail address in any
text is masked, exceptions included. Other libraries' messages take the same way.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from shuke.platform import trace

_NEVER = frozenset(
    {"name", "phone", "email", "address", "password", "token", "cookie", "authorization", "body", "value"}
)
# International numbers, mainland mobile numbers in groups, and any eleven to fifteen digits in a row.
_PHONE = re.compile(r"(?<![\w.-])(?:\+[0-9][0-9 -]{8,16}[0-9]|1[3-9][0-9](?:[ -]?[0-9]{4}){2}|[0-9]{11,15})(?![\w-])")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


def scrub_text(text: str) -> str:
    """A text without phone numbers and e-mail addresses."""
    return _PHONE.sub("<number>", _EMAIL.sub("<e-mail>", text))


def scrub(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take out of a log line what may be personal."""
    for key, value in event.items():
        if key in _NEVER:
            event[key] = "<left out>"
        elif isinstance(value, str) and key not in {"timestamp", "trace_id"}:
            event[key] = scrub_text(value)
    return event


def add_trace(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Name the request or job that a line belongs to."""
    if trace_id := trace.current():
        event["trace_id"] = trace_id
    return event


def configure(*, level: str, log_format: str) -> None:
    """Set up logging for this process; `auto` means text on a terminal and JSON elsewhere."""
    is_text = log_format == "text" or (log_format == "auto" and sys.stderr.isatty())
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        add_trace,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    last = structlog.dev.ConsoleRenderer(colors=is_text) if is_text else structlog.processors.JSONRenderer()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                scrub,
                last,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for noisy in ("uvicorn.access", "pgqueuer", "asyncio", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
