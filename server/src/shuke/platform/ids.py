"""Public codes: random, unambiguous to read aloud, with a check digit."""

import os
import secrets

# 30 characters: no 0/O, 1/I/L, U (easily misread).
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
# Of 256 random bytes the first 240 give every character eight times; the others are thrown away.
_EVEN = 256 - 256 % len(ALPHABET)
_CHARACTERS = bytes(ord(ALPHABET[value % len(ALPHABET)]) for value in range(256))
_TOO_HIGH = bytes(range(_EVEN, 256))


def check_character(body: str) -> str:
    """The Luhn mod N character of a body: finds every single wrong character and nearly every swap of neighbours."""
    base = len(ALPHABET)
    total = 0
    for place, character in enumerate(reversed(body)):
        value = ALPHABET.index(character) * (2 if place % 2 == 0 else 1)
        total += value // base + value % base
    return ALPHABET[-total % base]


def new_code(prefix: str, length: int) -> str:
    """A random public code: prefix, `length` random characters, one check character."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return f"{prefix}{body}{check_character(body)}"


def new_codes(prefix: str, length: int, count: int) -> list[str]:
    """Many random public codes, as `new_code` makes one, in bulk; among very many two may be the same."""
    needed = count * length
    characters = bytearray()
    while len(characters) < needed:
        # A little more than are missing: one byte in sixteen is thrown away.
        characters += os.urandom((needed - len(characters)) * 17 // 15 + 64).translate(_CHARACTERS, _TOO_HIGH)
    text = characters[:needed].decode("ascii")
    bodies = [text[start : start + length] for start in range(0, needed, length)]
    return [f"{prefix}{body}{check}" for body, check in zip(bodies, _check_characters(bodies), strict=True)]


def _check_characters(bodies: list[str]) -> list[str]:
    """The check characters of many bodies of one length: the sums of `check_character`, by tables."""
    doubled, single = _WORTH
    base = len(ALPHABET)
    return [
        ALPHABET[-(sum(body[::-2].translate(doubled)) + sum(body[-2::-2].translate(single))) % base]
        for body in (body.encode("ascii") for body in bodies)
    ]


def _worth(times: int) -> bytes:
    """What each character adds to a sum, as a table for `bytes.translate`."""
    table = bytearray(256)
    for value, character in enumerate(ALPHABET):
        table[ord(character)] = value * times // len(ALPHABET) + value * times % len(ALPHABET)
    return bytes(table)


_WORTH = (_worth(2), _worth(1))


def is_code(text: str, prefix: str, length: int) -> bool:
    """Whether a text is a well-formed code of that prefix and length, check character included."""
    body = text[len(prefix) : -1]
    return (
        text.startswith(prefix)
        and len(body) == length
        and all(character in ALPHABET for character in text[len(prefix) :])
        and check_character(body) == text[-1]
    )


def new_token() -> str:
    """A secret for one bearer: 256 random bits, safe in a cookie or an address."""
    return secrets.token_urlsafe(32)


def new_password() -> str:
    """A first password to read aloud and type once: 95 random bits in groups."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(20))
    return "-".join(body[start : start + 5] for start in range(0, 20, 5))
