"""Pure decisions about passwords, locks and permissions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import Literal

from shuke.platform.actor import FieldView, Sight

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 128
FAILURES_BEFORE_LOCK = 5
LOCKED_FOR = timedelta(minutes=15)
# How long a proof of who one is opens sensitive acts.
FRESH_FOR = timedelta(minutes=5)
# How often a session's last use is written down; the idle limit is exact to this.
SEEN_EVERY = timedelta(minutes=1)


Scope = Literal["all", "regions", "stores", "own"]
# The personal fields that a role may show more or less of.
FIELDS = ("name", "phone", "email", "birthday", "address", "identities")

_VIEWS: tuple[FieldView, ...] = ("hidden", "masked", "readable")


@dataclass(frozen=True)
class BuiltInRole:
    """A role that every installation has. Patterns: `*` everything, a leading `-` takes away."""

    code: str
    zh: str
    en: str
    patterns: tuple[str, ...]


BUILT_IN_ROLES = (
    BuiltInRole("administrator", "管理员", "Administrator", ("*",)),
    # Who may adjust balances must not also set the limit above which a second person has to agree.
    BuiltInRole("manager", "经理", "Manager", ("*", "-staff.*", "-settings.*", "-system.*", "-currencies.write")),
    BuiltInRole("viewer", "查看者", "Viewer", ("*.read", "-staff.*", "-settings.*", "-system.*")),
)


def expand(patterns: Iterable[str], known: Iterable[str]) -> frozenset[str]:
    """The permissions that a role's patterns mean, among those that exist."""
    wanted = tuple(patterns)
    given = [pattern for pattern in wanted if not pattern.startswith("-")]
    taken = [pattern[1:] for pattern in wanted if pattern.startswith("-")]
    return frozenset(code for code in known if _matches(code, given) and not _matches(code, taken))


@dataclass(frozen=True, kw_only=True)
class Holding:
    """What one role of a user says about seeing; stores and regions are the user's own."""

    scope: Scope
    fields: Mapping[str, FieldView]


def sight_of(
    holdings: Sequence[Holding], *, stores: Iterable[int], stores_of_regions: Iterable[int], employee_id: int | None
) -> Sight:
    """What a user with these roles sees: of all roles the widest scope and the clearest view of each field.

    "own" without an employee, and "stores" without a store, see nobody.
    """
    shown: dict[str, FieldView] = {}
    for name in FIELDS:
        views: list[FieldView] = [holding.fields.get(name, "masked") for holding in holdings] or ["masked"]
        shown[name] = max(views, key=_VIEWS.index)
    scopes = {holding.scope for holding in holdings}
    if "all" in scopes:
        return Sight(fields=shown)
    units = {
        *(stores if "stores" in scopes else ()),
        *(stores_of_regions if "regions" in scopes else ()),
    }
    return Sight(units=frozenset(units), person=employee_id if "own" in scopes else None, fields=shown)


def plain_username(typed: str) -> str:
    """A user name as it is kept and compared."""
    return typed.strip().casefold()


def is_weak(new: str, *, username: str, present: str | None) -> bool:
    """Whether a password is too easy to guess, or no change at all. No rules of composition: length is what counts."""
    return (
        not SHORTEST_PASSWORD <= len(new) <= LONGEST_PASSWORD
        or plain_username(username) in new.casefold()
        or len(set(new)) < 4
        or new == present
    )


def locked_until(failures: int, at: datetime) -> datetime | None:
    """Until when an account is closed for an address that has failed so often in a row."""
    return at + LOCKED_FOR if failures >= FAILURES_BEFORE_LOCK else None


def is_live(
    *, created_at: datetime, seen_at: datetime, at: datetime, idle: timedelta = IDLE, longest: timedelta = LONGEST
) -> bool:
    """Whether a session still holds."""
    return at - seen_at < idle and at - created_at < longest


def is_fresh(proved_at: datetime | None, at: datetime) -> bool:
    """Whether who holds a session has shown lately enough who it is to do sensitive things."""
    return proved_at is not None and at - proved_at < FRESH_FOR


def _matches(code: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(code, pattern) for pattern in patterns)
