"""Posting a stored entry again, by the very code that posts: what hash would it get?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import orjson

from ..loading import lot_of
from ..rules import Account, ExpiryPolicy, Hold, Lot, Operation
from ..rules.posting import post
from .loading import AccountRows, Row

# Under another policy the account's day of activity is not touched: the entry has its own.
_UNTOUCHED = ExpiryPolicy("none")
_NO_DAY = date.min


def hash_of(
    rows: AccountRows,
    entry: Row,
    operation: Row,
    drawn: Sequence[Row],
    opened: Sequence[Row],
    holds: Sequence[Row],
) -> bytes | None:
    """The hash that an entry gets when it is posted behind the one before it; None where that is not possible."""
    assert rows.currency is not None
    text = entry["explanation"]
    facts = _facts(text)
    if facts is None or len(holds) > 1:
        return None
    account = Account(
        rows.member_id,
        replace(rows.currency, expiry=_UNTOUCHED),
        rows.zone,
        version=entry["version"] - 1,
        available=entry["available_after"],
        pending=entry["pending_after"],
        held=entry["held_after"],
        debt=entry["debt_after"],
        head_hash=entry["previous_hash"],
        active_on=entry["active_after"],
    )
    posted = post(
        account,
        _operation(operation),
        entry["kind"],
        entry["contra"],
        entry["amount"],
        moved=entry["moved"],
        drawn=[(_numbered(part["lot_no"]), part["amount"], part["held"]) for part in drawn],
        opened=[lot_of(lot) for lot in opened],
        opened_hold=_hold(holds[0]) if holds else None,
        hold_no=entry["hold_no"],
        rule_version_id=entry["rule_version_id"],
        reverses_version=entry["reverses_version"],
        explanation=facts,
    )
    # The hash covers the very text, so the text must be what the facts become.
    return posted.hash if posted.explanation_text == text else None


def read_json(text: str) -> Any:
    """What a text of JSON means; None for what this program would never have written."""
    try:
        return orjson.loads(text)
    except ValueError:
        return None


def _facts(text: str) -> dict[str, Any] | None:
    found = read_json(text)
    return found if isinstance(found, dict) else None


def _operation(row: Row) -> Operation:
    return Operation(**{name: value for name, value in row.items() if name != "member_id"})


def _hold(row: Row) -> Hold:
    return Hold(**{name: value for name, value in row.items() if name != "parts"})


def _numbered(lot_no: int) -> Lot:
    """Of a lot that is drawn on, the chain holds the number alone."""
    return Lot(lot_no, 0, 0, 0, 0, "open", _NO_DAY, None, None, None, 0, None, None, None, None)
