"""Marks of a file: one to read, and one that is not seen, which stays when the one to read is cut away."""

_ZERO, _ONE, _EDGE = "\u200b", "\u200c", "\u200d"


def hidden(number: int) -> str:
    """A number in characters without width: an edge, its bits, an edge."""
    return _EDGE + "".join(_ONE if bit == "1" else _ZERO for bit in f"{number:b}") + _EDGE


def find(text: str) -> int | None:
    """The number that is hidden in a text, if there is one."""
    parts = text.split(_EDGE)
    bits = next((part for part in parts if part and set(part) <= {_ZERO, _ONE}), None)
    return None if bits is None else int(bits.replace(_ZERO, "0").replace(_ONE, "1"), 2)


def marked(heading: str, number: int) -> str:
    """A heading with the number hidden behind its first character; it looks as before."""
    return heading[:1] + hidden(number) + heading[1:]
