"""`shuke demo`: the demonstration's clock, and changing one shop for another while it is not a real one."""

from datetime import date, datetime
from typing import Annotated

import typer
from rich.console import Console

from shuke.foundation import organization
from shuke.main.commands import do
from shuke.main.installation import CannotStart, open_installation
from shuke.main.progress import import_bar
from shuke.platform import clock
from shuke.platform.settings import settings

from .choosing import move_clock

app = typer.Typer(no_args_is_help=True, help="The demo shop.")
console = Console(highlight=False)


@app.command("time")
def demo_time(
    day: Annotated[str | None, typer.Argument(help="A day such as 2026-12-01, not before the shop's present.")] = None,
) -> None:
    """Show or set the demo shop's clock; expiry and tiers follow it."""
    console.print(f"The shop's clock is at {do(_set_clock(day)):%Y-%m-%d %H:%M} UTC.")


async def _set_clock(day: str | None) -> datetime:
    async with open_installation(settings()) as installation:
        if day is None:
            return clock.now()
        async with installation.database.transaction() as session:
            shop = await organization.get_shop(session)
        if not shop.is_demo:
            raise CannotStart("Only a demo shop's clock can be set; this shop does real business.")
        try:
            with import_bar(console) as show:
                done = await move_clock(installation.worker_database, _day(day), on_progress=show)
        except ValueError as error:
            raise CannotStart(f"{error}. What has happened cannot be undone; start a new demo to go back.") from None
        console.print(f"{done:,} members had points or levels come due.")
        return clock.now()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CannotStart(f"{text} is no day. Write it as 2011-12-09.") from None
