"""Logs hold nothing personal."""

import io
import json
import logging
import sys

import pytest
import structlog

from shuke.platform import log


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("call +8613800138000 now", "call <number> now"),
        ("call 138 0013 8000 now", "call <number> now"),
        ("call 8613800138000.", "call <number>."),
        ("mail wang.ming@example.com", "mail <e-mail>"),
        ("order 20261122-0031-7", "order 20261122-0031-7"),
        ("took 12.5 ms for 1000 rows", "took 12.5 ms for 1000 rows"),
    ],
)
def test_phones_and_addresses_are_masked_in_any_text(said: str, kept: str) -> None:
    assert log.scrub_text(said) == kept


def test_a_line_and_its_traceback_are_scrubbed(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    log.configure(level="info", log_format="json")

    try:
        raise ValueError("Key (phone)=(13800138000) exists")
    except ValueError:
        structlog.get_logger("shuke.test").exception("failed", password="secret", member_id=7)
    logging.getLogger("a.library").warning("sent to wang.ming@example.com")

    first, second = (json.loads(line) for line in written.getvalue().splitlines())
    assert (first["event"], first["password"], first["member_id"]) == ("failed", "<left out>", 7)
    assert "13800138000" not in written.getvalue()
    assert "ValueError" in first["exception"]
    assert second["event"] == "sent to <e-mail>"
    log.configure(level="warning", log_format="json")
