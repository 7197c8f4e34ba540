"""Many profiles at once: changed in one statement, and put back as they were."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from shuke.platform import clock, crypto, events
from shuke.platform.db import Session, raw

from ..events import MemberProfileChanged
from ..queries.vault import OpenMember, any_of, open_members
from ..rules import contexts, profiles
from ..rules.values import Profile
from ..tables import member
from .enrol import replace_words, words_of

_WRITE = """
    update member set profile = written.profile, version = version + 1
    from unnest($1::bigint[], $2::bytea[]) as written (member_id, profile)
    where member.member_id = written.member_id
"""


@dataclass(frozen=True, kw_only=True)
class ProfileUpdate:
    """What is said of a member: fields that are None say nothing. `is_filling`: only fields that are empty change."""

    member_id: int
    profile: Profile
    is_filling: bool


@dataclass(frozen=True, kw_only=True)
class ProfileUpdated:
    """A profile that changed: its new version, and what it was and became, sealed as in the member's own row."""

    member_id: int
    version: int
    fields: tuple[str, ...]
    before: bytes | None
    after: bytes


@dataclass(frozen=True, kw_only=True)
class ProfileRestore:
    """What a profile was before a change and after it, both sealed as `ProfileUpdated` says."""

    member_id: int
    before: bytes | None
    after: bytes


async def update_profiles(
    session: Session, changes: Sequence[ProfileUpdate], *, is_trial: bool = False
) -> list[ProfileUpdated]:
    """Change profiles, one change a member; those that say something new are answered, by member id.

    Members without a key (erased ones) and unknown ids are passed over. `is_trial`: nothing is locked or written.
    Raises BadProfile before anything is written.
    """
    wanted = {change.member_id: change for change in changes}
    opened = await _opened(session, sorted(wanted), hold=not is_trial)
    after = {member_id: profiles.checked(_merged(one.profile, wanted[member_id])) for member_id, one in opened.items()}
    return await _write(session, opened, after, is_trial=is_trial)


async def restore_profiles(session: Session, wanted: Sequence[ProfileRestore]) -> dict[int, tuple[str, ...]]:
    """Take changes of profiles back; by member the fields that stay, because somebody has changed them since.

    Members whose key is gone are left out of the answer.
    """
    changes = {change.member_id: change for change in wanted}
    opened = await _opened(session, sorted(changes), hold=True)
    after: dict[int, Profile] = {}
    kept: dict[int, tuple[str, ...]] = {}
    for member_id, one in opened.items():
        was, became = _unsealed(one, changes[member_id])
        touched = profiles.changed_fields(was, became)
        kept[member_id] = tuple(name for name in touched if getattr(one.profile, name) != getattr(became, name))
        back = {name: getattr(was, name) for name in touched if name not in kept[member_id]}
        after[member_id] = replace(one.profile, **back)
    await _write(session, opened, after, is_trial=False)
    return kept


async def _opened(session: Session, member_ids: Sequence[int], *, hold: bool) -> dict[int, OpenMember]:
    if hold:
        await session.execute(
            select(member.c.member_id)
            .where(member.c.member_id == any_of(member_ids))
            .order_by(member.c.member_id)
            .with_for_update(key_share=True)
        )
    opened = await open_members(session, member_ids, kinds=())
    return {member_id: one for member_id, one in sorted(opened.items()) if one.data_key is not None}


async def _write(
    session: Session, opened: Mapping[int, OpenMember], after: Mapping[int, Profile], *, is_trial: bool
) -> list[ProfileUpdated]:
    updated = []
    for member_id, one in opened.items():
        fields = profiles.changed_fields(one.profile, after[member_id])
        if not fields:
            continue
        sealed = b"" if is_trial else _sealed(one, after[member_id])
        updated.append(
            ProfileUpdated(
                member_id=member_id,
                version=one.row.version + 1,
                fields=fields,
                before=one.row.profile,
                after=sealed,
            )
        )
    if updated and not is_trial:
        driver = await raw(session)
        await driver.execute(_WRITE, [one.member_id for one in updated], [one.after for one in updated])
        await _rename(session, [one.member_id for one in updated if "name" in one.fields], after)
        await events.publish(session, [_announced(one) for one in updated])
    return updated


async def _rename(session: Session, member_ids: Sequence[int], after: Mapping[int, Profile]) -> None:
    """Members who are called something else are found by it at once."""
    if not member_ids:
        return
    opened = await open_members(session, member_ids)
    await replace_words(
        session, [(member_id, words_of(one, after[member_id].name)) for member_id, one in opened.items()]
    )


def _merged(present: Profile, change: ProfileUpdate) -> Profile:
    said = {name: value for name, value in vars(change.profile).items() if value is not None}
    if change.is_filling:
        said = {name: value for name, value in said.items() if getattr(present, name) is None}
    return replace(present, **said)


def _sealed(one: OpenMember, profile: Profile) -> bytes:
    return crypto.seal(one.sealing_key, profiles.write(profile), contexts.profile(one.row.member_id))


def _unsealed(one: OpenMember, change: ProfileRestore) -> tuple[Profile, Profile]:
    place = contexts.profile(change.member_id)
    was, became = (
        Profile() if sealed is None else profiles.read(crypto.open_(one.sealing_key, sealed, place))
        for sealed in (change.before, change.after)
    )
    return was, became


def _announced(one: ProfileUpdated) -> MemberProfileChanged:
    return MemberProfileChanged(
        member_id=one.member_id, occurred_at=clock.now(), version=one.version, fields=one.fields
    )
