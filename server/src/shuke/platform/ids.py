"""Public codes: random, unambiguous to read aloud, with a check digit."""

import secrets

# 30 characters: no 0/O, 1/I/L, U (easily misread).
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


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
