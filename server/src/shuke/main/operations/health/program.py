"""Whether the program itself is well: its version, and the shop's clock."""

from importlib.metadata import version

from shuke.platform import clock, shop_clock
from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from .model import Check


async def shop_time(session: Session) -> Check:
    """The shop's clock is the machine's, or is set."""
    title = LocalName("店铺时钟", "The shop's clock")
    if await shop_clock.load(session):
        at = f"{clock.now():%Y-%m-%d %H:%M} UTC"
        return Check(
            code="program.clock",
            group="program",
            state="note",
            title=title,
            said=LocalName(f"店铺时钟设为 {at}", f"The shop's clock is set to {at}"),
            mend=LocalName("恢复为当前时间：shuke demo time now", "Set it back with: shuke demo time now"),
        )
    said = LocalName("与服务器时间一致", "The same as the machine's")
    return Check(code="program.clock", group="program", state="ok", title=title, said=said)


def release() -> Check:
    """Which version runs."""
    name = version("shuke")
    title = LocalName("程序版本", "Version")
    return Check(code="program.version", group="program", state="ok", title=title, said=LocalName(name, name))
