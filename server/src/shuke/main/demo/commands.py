"""`shuke demo`: the demonstration's clock, and changing one shop for another while it is not a real one."""

from datetime import date, datetime
from typing import Annotated

import typer
from rich.console import Console

from shuke.foundation import organization
from shuke.main.commands import do
from shuke.main.installation import CannotStart, open_installation, prepare_first_start
from shuke.main.progress import import_bar
from shuke.platform import clock
from shuke.platform.settings import settings

from . import aside, shops, switching
from .chain.loading import Progress as Lines
from .choosing import Beginning, Wanted, move_clock
from .errors import NotEmbedded, ShopIsReal

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


@app.command()
def switch(
    to: Annotated[Wanted, typer.Argument(help="chain, online-retail or empty.")],
    currency: Annotated[str | None, typer.Option(help="What an empty shop keeps its books in, such as EUR.")] = None,
    time_zone: Annotated[str | None, typer.Option(help="Where an empty shop is, such as Europe/Berlin.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Exchange the demonstration, or a shop with nothing in it, for another. Stop the program first."""
    name = do(_require_possible())
    if not yes:
        typer.confirm(f"Everything in {name} will be deleted. Go on?", abort=True)
    do(_switch(to, Beginning(currency, time_zone)), interrupted="Interrupted. The shop is as it was.")
    console.print("Done. Start the program again.")


async def _require_possible() -> str:
    """The name of the shop that goes. Raises what forbids it."""
    if settings().database_url is not None:
        raise NotEmbedded
    async with open_installation(settings()) as installation:
        await prepare_first_start(installation.database)
        async with installation.database.transaction() as session:
            if await shops.present_of(session) == "own":
                raise ShopIsReal
            name = (await organization.get_shop(session)).name
    await aside.require_nobody(settings())
    return name.pick("zh" if settings().language == "zh" else "en")


async def _switch(to: Wanted, beginning: Beginning) -> None:
    with import_bar(console) as show:
        async for one in switching.prepare_aside(to, beginning):
            show(Lines("preparing", one.done, one.total))
    await aside.put_in_place(settings(), ends_others=False)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CannotStart(f"{text} is no day. Write it as 2011-12-09.") from None
