"""What roles allow and show, taken together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal

from shuke.platform.actor import FieldView, Sight

Scope = Literal["all", "regions", "stores", "own"]
# The personal fields that a role may show more or less of.
FieldName = Literal["name", "phone", "email", "birthday", "address", "identities"]
FIELDS: tuple[FieldName, ...] = ("name", "phone", "email", "birthday", "address", "identities")

AdminKind = Literal["system", "security", "audit"]
VIEWS: tuple[FieldView, ...] = ("hidden", "masked", "readable")


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
        shown[name] = max(views, key=VIEWS.index)
    scopes = {holding.scope for holding in holdings}
    if "all" in scopes:
        return Sight(fields=shown)
    units = {
        *(stores if "stores" in scopes else ()),
        *(stores_of_regions if "regions" in scopes else ()),
    }
    return Sight(units=frozenset(units), person=employee_id if "own" in scopes else None, fields=shown)


def _matches(code: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(code, pattern) for pattern in patterns)


# Business is what shops do; these are the duties of administrators, which nobody passes on without holding them.
_DUTIES = ("staff.*", "settings.*", "system.*", "audit.*", "api_keys.*", "api-keys.*", "keys.*", "backups.*")
# Who may do one of these signs in with a second factor, where the shop asks for it.
_SENSITIVE = (
    *_DUTIES, "*.unmask", "*.export", "exports.*", "*.approve", "*.adjust", "*.merge", "*.erase", "*.decide", "*.run",
)  # fmt: skip
DELEGATE = "staff.delegate"


def not_grantable(wanted: Iterable[str], *, held: frozenset[str]) -> frozenset[str]:
    """Which permissions somebody may not pass on: those not held, but that who delegates passes business on."""
    missing = frozenset(wanted) - held
    if DELEGATE not in held:
        return missing
    return frozenset(code for code in missing if _matches(code, _DUTIES))


def is_sensitive(permissions: Iterable[str]) -> bool:
    """Whether somebody with these permissions could do much harm under another's name."""
    return any(_matches(code, _SENSITIVE) and not code.endswith(".read") for code in permissions)


def is_wider(new: Mapping[str, FieldView], than: Mapping[str, FieldView]) -> bool:
    """Whether some field is shown more clearly than before."""
    return any(VIEWS.index(new.get(name, "masked")) > VIEWS.index(than.get(name, "masked")) for name in FIELDS)


def clashing_duties(kinds: Iterable[AdminKind | None]) -> frozenset[AdminKind]:
    """The administrators' duties that one person would hold together; empty when it is one or none."""
    found = frozenset(kind for kind in kinds if kind is not None)
    return found if len(found) > 1 else frozenset()
