"""Texts that spreadsheets might run, for the tests of every list that can be exported."""

import re

_STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
    " =",
    "\u3000=",
    "\u200b=",
    "\ufeff=",
    '"=',
    "'=",
)
_BODIES = (
    "1+1",
    "cmd|'/C calc'!A0",
    "HYPERLINK(\"http://example.com\",\"x\")",
    "SUM(1,2)",
    "IMPORTXML(\"http://example.com\",\"//a\")",
    "WEBSERVICE(\"http://example.com\")",
    "DDE(\"cmd\";\"/C calc\")",
    "A1;=2+2",
    "x,\"=3+3\"",
    "<script>alert(1)</script>",
    "&amp;]]>",
    "x\n=4+4",
)  # fmt: skip

INJECTIONS: tuple[str, ...] = tuple(start + body for start in _STARTS for body in _BODIES)

# What a spreadsheet may take for the beginning of a formula or a command, in either width.
_ACTS = re.compile("[ \\u00a0\\u3000\\u200b\\u200c\\u200d\\u2060\\ufeff]*[=+\\-@\\t\\r\\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def is_dangerous(cell: str) -> bool:
    """Whether a cell of a CSV might be run."""
    return bool(_ACTS.match(cell)) and not _NUMBER.fullmatch(cell)
