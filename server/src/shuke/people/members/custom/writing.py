"""Writing values of custom fields: plain ones into the summary, personal ones into the sealed profile."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from shuke.foundation import customization
from shuke.foundation.customization import Value
from shuke.platform import clock, events
from shuke.platform.db import Session, dump_json, raw

from ..events import MemberProfileChanged
from ..queries.vault import open_members
from ..rules.values import NewMember, Profile, ProfileChange
from .model import read_changes, split

_HOLD = "select member_id from member where member_id = $1 for no key update"
_READ = "select custom from member_summary where member_id = $1"
_WRITE = "update member_summary set custom = $2::jsonb where member_id = $1"

_VALUES = "select member_id, custom -> $2 as value from member_summary where member_id = any($1::bigint[])"
_VALUES_HELD = """
    select s.member_id, s.custom -> $2 as value from member m join member_summary s using (member_id)
    where m.member_id = any($1::bigint[]) and m.status <> 'erased' order by m.member_id for no key update of m, s
"""
_SET = """
    with wanted as (
        select member_id, value::jsonb as value from unnest($1::bigint[], $3::text[]) as w (member_id, value)
    ),
    summaries as (
        update member_summary s
        set custom = case when w.value is null then s.custom - $2
            else s.custom || jsonb_build_object($2, w.value) end
        from wanted w where s.member_id = w.member_id
    )
    update member m set version = version + 1 from wanted w where m.member_id = w.member_id
    returning m.member_id, m.version
"""


async def values_of(
    session: Session, member_ids: Sequence[int], key: str, *, hold: bool = False
) -> dict[int, Value | None]:
    """The value of a field that is not personal, for each of these members. `hold`: nobody changes it meanwhile."""
    driver = await raw(session)
    rows = await driver.fetch(_VALUES_HELD if hold else _VALUES, sorted(member_ids), key)
    return {row["member_id"]: row["value"] for row in rows}


async def set_values(session: Session, key: str, wanted: Mapping[int, Value | None]) -> dict[int, Value | None]:
    """Give members a value of a field that is not personal, None for nothing; of those to whom it was new, the old one.

    The values fit the field: whoever calls has asked `customization.read_all`.
    """
    before = await values_of(session, list(wanted), key, hold=True)
    changed = {one: value for one, value in before.items() if value != wanted[one]}
    if not changed:
        return {}
    ordered = sorted(changed)
    values = [None if wanted[one] is None else dump_json(wanted[one]) for one in ordered]
    driver = await raw(session)
    rows = await driver.fetch(_SET, ordered, key, values)
    now, fields = clock.now(), (f"custom.{key}",)
    await events.publish(
        session,
        [
            MemberProfileChanged(member_id=row["member_id"], occurred_at=now, version=row["version"], fields=fields)
            for row in rows
        ],
    )
    return changed


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
