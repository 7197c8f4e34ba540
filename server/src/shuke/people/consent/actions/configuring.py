"""What the shop asks for: purposes, notices, and how long a no is respected."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from shuke.platform import clock, events
from shuke.platform.actor import Actor
from shuke.platform.db import Session

from .. import queries, rules
from ..errors import BadPurpose, NoticeNotConfirmed, NoticeNotFound, NoticeUnchanged
from ..events import NoticePublished
from ..queries import NoticeVersion, Policy
from ..rules import Purpose
from ..tables import consent_notice, consent_policy, consent_purpose


async def set_policy(session: Session, policy: Policy) -> None:
    """Say how long a no is respected, and who is a minor."""
    await session.execute(update(consent_policy).values(**asdict(policy)))


async def save_purpose(session: Session, purpose: Purpose) -> None:
    """Make a purpose, or change it. Raises BadPurpose."""
    if not purpose.channels or (purpose.is_marketing and purpose.basis != "consent"):
        raise BadPurpose
    values: dict[str, Any] = {
        **{name: value for name, value in vars(purpose).items() if name not in {"name", "recipients", "version"}},
        "name_zh": purpose.name.zh,
        "name_en": purpose.name.en,
        "recipients_zh": purpose.recipients.zh,
        "recipients_en": purpose.recipients.en,
        "kinds": list(purpose.kinds),
        "channels": list(purpose.channels),
        "changed_at": clock.now(),
    }
    new = insert(consent_purpose).values(**values, version=1)
    await session.execute(
        new.on_conflict_do_update(index_elements=["code"], set_={**values, "version": consent_purpose.c.version + 1})
    )


async def save_draft(session: Session, draft: NoticeVersion, actor: Actor) -> int:
    """Keep the draft of a notice's next version; the number it has."""
    known = await queries.list_notices(session, draft.code)
    version = max((one.version for one in known if one.published_at is not None), default=0) + 1
    values = {
        "text_zh": draft.text.zh,
        "text_en": draft.text.en,
        "change_zh": draft.change.zh,
        "change_en": draft.change.en,
        # Nobody has agreed to anything before the first version.
        "is_substantial": draft.is_substantial or version == 1,
        "purposes": [],
        "written_at": clock.now(),
        "written_by": actor.name,
    }
    new = insert(consent_notice).values(code=draft.code, version=version, **values)
    await session.execute(new.on_conflict_do_update(index_elements=["code", "version"], set_=values))
    return version


async def publish(session: Session, code: str, version: int, *, confirm: str, actor: Actor) -> NoticeVersion:
    """Publish a draft for ever, with the purposes as they are now.

    Raises NoticeNotFound, NoticeNotConfirmed, NoticeUnchanged.
    """
    known = await queries.list_notices(session, code)
    draft = next((one for one in known if one.version == version and one.published_at is None), None)
    if draft is None:
        raise NoticeNotFound
    expected = f"{code} {version}"
    if confirm.strip() != expected:
        raise NoticeNotConfirmed(expected=expected)
    purposes = [
        _as_listed(one) for one in await queries.list_purposes(session) if one.notice_code == code and one.is_active
    ]
    before = next((one for one in known if one.published_at is not None), None)
    if before is not None and (before.text, list(before.purposes)) == (draft.text, purposes):
        raise NoticeUnchanged(version=before.version)
    digest = rules.notice_hash(
        code=code, version=version, text_zh=draft.text.zh, text_en=draft.text.en, purposes=purposes
    )
    now = clock.now()
    await session.execute(
        update(consent_notice)
        .where(consent_notice.c.code == code, consent_notice.c.version == version)
        .values(purposes=purposes, hash=digest, published_at=now, published_by=actor.name)
    )
    event = NoticePublished(
        member_id=0, occurred_at=now, code=code, version=version, is_substantial=draft.is_substantial
    )
    await events.publish(session, [event])
    return await queries.get_notice(session, code, version)


def _as_listed(purpose: Purpose) -> dict[str, Any]:
    return {
        **{name: value for name, value in vars(purpose).items() if name not in {"name", "recipients", "version"}},
        "name": asdict(purpose.name),
        "recipients": asdict(purpose.recipients),
        "kinds": list(purpose.kinds),
        "channels": list(purpose.channels),
    }
