"""Builders for tests."""

from shuke.platform.i18n import LocalName

from .actions import Notice
from .queries import Tone


def a_notice(
    key: str = "export:1",
    *,
    kind: str = "exports.done",
    title: str = "Your export is ready",
    tone: Tone = "good",
    users: tuple[int, ...] = (),
    holders: str | None = None,
) -> Notice:
    """A notice about an export."""
    return Notice(
        kind=kind,
        key=key,
        title=LocalName("导出完成", title),
        link="/settings/exports",
        tone=tone,
        users=users,
        holders=holders,
    )
