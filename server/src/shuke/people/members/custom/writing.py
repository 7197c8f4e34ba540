"""Writing values of custom fields: plain ones into the summary, personal ones into the sealed profile."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shuke.foundation import customization
from shuke.platform.db import Session, dump_json, raw

from ..queries.vault import open_members
from ..rules.values import NewMember, Profile, ProfileChange
from .model import read_changes, split

_HOLD = "select member_id from member where member_id = $1 for no key update"
_READ = "select custom from member_summary where member_id = $1"
_WRITE = "update member_summary set custom = $2::jsonb where member_id = $1"


async def with_custom(session: Session, candidate: NewMember, sent: Mapping[str, Any]) -> NewMember:
    """A newcomer with values for custom fields, and defaults where nothing is said. Raises BadValue."""
    fields = await customization.list_fields(session)
    if not fields and not sent:
        return candidate
    plain, sealed = split(fields, read_changes(fields, {}, sent, is_new=True))
    profile = replace(candidate.profile or Profile(), custom=sealed or None)
    return replace(candidate, profile=profile, custom=plain)


async def change_custom(
    session: Session, member_id: int, change: ProfileChange, sent: Mapping[str, Any]
) -> tuple[ProfileChange, tuple[str, ...]]:
    """Write the plain values that a request names.

    Answers the change with the personal ones, and the names of the plain fields that are different now.
    Raises BadValue.
    """
    if not sent:
        return change, ()
    fields = await customization.list_fields(session)
    driver = await raw(session)
    await driver.fetchval(_HOLD, member_id)
    before = dict(await driver.fetchval(_READ, member_id) or {})
    opened = (await open_members(session, [member_id], kinds=())).get(member_id)
    sealed_before = dict(opened.profile.custom or {}) if opened is not None else {}
    plain, sealed = split(fields, read_changes(fields, {**before, **sealed_before}, sent, is_new=False))
    # What archived fields hold stays, on the side where it was.
    plain = {key: value for key, value in plain.items() if key not in sealed_before}
    sealed = {key: value for key, value in sealed_before.items() if key not in _keys(fields)} | sealed
    changed = tuple(sorted(key for key in before.keys() | plain.keys() if before.get(key) != plain.get(key)))
    if changed:
        await driver.execute(_WRITE, member_id, dump_json(plain))
    return replace(change, custom=sealed or None), tuple(f"custom.{key}" for key in changed)


def _keys(fields: list[customization.Field]) -> set[str]:
    return {field.key for field in fields}
