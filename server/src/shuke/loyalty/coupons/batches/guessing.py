"""Who tries codes one after the other is slowed down: by member, by caller, and by the address of staff."""

from collections.abc import Iterable

from shuke.platform.actor import Actor
from shuke.platform.limits import Limits

from .errors import TooManyWrongCodes

# Wrong codes a minute. A member types; a program speaks for many members.
_OF_MEMBER = 10
_OF_STAFF = 30
_OF_KEY = 120
_OF_ADDRESS = 60


def require_few(limits: Limits, actor: Actor, address: str, member_id: int) -> None:
    """Refuse whoever has tried too many wrong codes lately. Raises TooManyWrongCodes."""
    waits = [limits.find_wait(caller, most) for caller, most in _callers(actor, address, member_id)]
    longest = max((wait for wait in waits if wait is not None), default=None)
    if longest is not None:
        raise TooManyWrongCodes(retry_after=longest)


def note_wrong(limits: Limits, actor: Actor, address: str, member_id: int) -> None:
    """Count a wrong code."""
    for caller, most in _callers(actor, address, member_id):
        limits.take(caller, most)


def _callers(actor: Actor, address: str, member_id: int) -> Iterable[tuple[str, int]]:
    yield f"wrong-codes:member:{member_id}", _OF_MEMBER
    if actor.kind == "api_key":
        yield f"wrong-codes:{actor.name}", _OF_KEY
    else:
        yield f"wrong-codes:{actor.name}", _OF_STAFF
        yield f"wrong-codes:address:{address}", _OF_ADDRESS
