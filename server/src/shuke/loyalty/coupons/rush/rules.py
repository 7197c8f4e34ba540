"""The formula of draws: pure, and told to everybody, so that anyone can draw again."""

from collections.abc import Iterable, Sequence
from hashlib import sha256


def promise_of(seed: str) -> str:
    """What is published before anybody enters: the SHA-256 of the seed's text, in hexadecimal."""
    return sha256(seed.encode()).hexdigest()


def lot_of(seed: str, round_no: int, number: str) -> str:
    """The lot of a member: SHA-256 of `<seed>:<round>:<member's public number>`, in hexadecimal."""
    return sha256(f"{seed}:{round_no}:{number}".encode()).hexdigest()


def draw(seed: str, round_no: int, numbers: Iterable[str]) -> list[str]:
    """The public numbers in the order of their lots; the first ones win."""
    return sorted(numbers, key=lambda number: (lot_of(seed, round_no, number), number))


def list_hash(numbers: Iterable[str]) -> str:
    """What is told about the list of entries: SHA-256 of the numbers in ascending order, one to a line."""
    return sha256("".join(f"{number}\n" for number in sorted(numbers)).encode()).hexdigest()


def find_wrong(
    *, seed: str, seed_hash: str, entries_hash: str, round_no: int, winners: int, drawn: Sequence[str]
) -> list[str]:
    """What does not hold of a published result: numbers in the order in which they are said to have been drawn."""
    wrong = []
    if promise_of(seed) != seed_hash:
        wrong.append("the seed is not the one that was promised")
    if list_hash(drawn) != entries_hash:
        wrong.append("the entries are not those that were drawn")
    if len(set(drawn)) != len(drawn):
        wrong.append("somebody is among the entries twice")
    right = draw(seed, round_no, drawn)
    if right[:winners] != list(drawn[:winners]):
        wrong.append("others have won")
    elif right != list(drawn):
        wrong.append("the order is another one")
    return wrong
