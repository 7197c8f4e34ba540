"""Cursors of lists that go down by one number."""

from shuke.platform.pages import BadCursor, decode_cursor


def number_below(cursor: str | None, sort: str) -> int | None:
    """The number that a list goes on below; None: from the top. Raises BadCursor."""
    if cursor is None:
        return None
    (number,) = decode_cursor(cursor, sort, 1)
    if type(number) is not int or abs(number) >= 2**63:
        raise BadCursor
    return number
