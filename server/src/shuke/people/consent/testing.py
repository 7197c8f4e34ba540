"""Small builders of consents for tests."""

from dataclasses import replace

from shuke.platform import clock
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from . import actions
from .queries import NoticeVersion
from .rules import Kind

BY_HAND = actions.Evidence(how="screen", hand="member", source="h5", address="198.51.100.7")
BY_GUARDIAN = replace(BY_HAND, hand="guardian")


async def a_notice(
    session: Session, code: str = "marketing", text: str = "We write to you.", *, is_substantial: bool = True
) -> int:
    """A published notice; its version."""
    draft = NoticeVersion(
        code=code,
        version=0,
        text=LocalName(f"告知：{text}", text),
        change=LocalName("", ""),
        is_substantial=is_substantial,
        purposes=[],
        hash=None,
        written_at=clock.now(),
        written_by=SYSTEM.name,
        published_at=None,
        published_by=None,
    )
    version = await actions.save_draft(session, draft, SYSTEM)
    await actions.publish(session, code, version, confirm=f"{code} {version}", actor=SYSTEM)
    return version


async def answered(
    session: Session,
    member_id: int,
    kind: Kind,
    *,
    purpose: str = "marketing",
    channel: str = "sms",
    evidence: actions.Evidence = BY_HAND,
) -> None:
    """A member says something."""
    await actions.record(
        session, member_id, [actions.Answer(purpose=purpose, channel=channel, kind=kind)], evidence, SYSTEM
    )
