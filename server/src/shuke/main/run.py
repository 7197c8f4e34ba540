"""The long-running commands: web and worker, together or apart."""

import asyncio
from collections.abc import Awaitable

import asyncpg
from rich.console import Console

from shuke.foundation import organization, staff
from shuke.main import demo
from shuke.main.api import create_app
from shuke.main.demo import aside, switching
from shuke.main.installation import CannotStart, locate, open_installation, prepare_first_start
from shuke.main.progress import import_bar
from shuke.main.serve import listen, serve, until_signal
from shuke.main.worker import background_work, company
from shuke.platform.db import Database
from shuke.platform.errors import AppError
from shuke.platform.settings import Settings

# Set by `shuke run` before anything is printed; machines read the log, people read this.
console = Console(highlight=False)


async def run(settings: Settings, *, demonstration: demo.Demonstration | None) -> bool:
    """Database, web and worker in one process, until asked to stop. True: start again, with another shop.

    Raises CannotStart.
    """
    exchange = switching.Switching()
    # The database goes on while the programs on it stop, so that another one can take its place.
    async with locate(settings):
        await _run(settings, demonstration, exchange)
        if exchange.is_ready:
            await _put_in_place(settings)
    return exchange.is_ready


async def _run(settings: Settings, demonstration: demo.Demonstration | None, exchange: switching.Switching) -> None:
    listener = listen(settings.host, settings.port)
    try:
        console.print("Opening the database …")
        async with open_installation(settings) as installation:
            if demonstration is not None:
                await _prepare_demo(installation.worker_database, settings, demonstration)
            first = await prepare_first_start(installation.database, settings)
            app = create_app(installation.database)
            switching.use(exchange)
            async with background_work(installation.worker_database) as work:
                _greet(settings, first)
                await _tell_what_stays(installation.database, settings)
                await _until_either(serve(app, listener), work)
            console.print("Stopping the database …")
        console.print("Stopped.")
    finally:
        switching.use(None)
        await exchange.stop()
        listener.close()


async def _put_in_place(settings: Settings) -> None:
    try:
        await aside.put_in_place(settings, ends_others=True)
    except (AppError, asyncpg.PostgresError, OSError) as error:
        console.print(f"The other shop could not be put in place, and nothing was changed: {error}", markup=False)


async def _tell_what_stays(database: Database, settings: Settings) -> None:
    """Say so where a currency or time zone was asked for, and the shop that exists has another."""
    async with database.transaction() as session:
        shop = await organization.get_shop(session)
    if shop.is_demo:
        return
    try:
        organization.require_same(shop, currency=settings.shop_currency, time_zone=settings.shop_time_zone)
    except AppError as refusal:
        console.print(f"  {refusal.say(settings.language)}", markup=False)
        console.print()


async def run_web(settings: Settings) -> None:
    """The web server alone. Raises CannotStart."""
    listener = listen(settings.host, settings.port)
    async with open_installation(settings) as installation:
        first = await prepare_first_start(installation.database, settings)
        async with company(installation.database, "web"):
            _greet(settings, first)
            await serve(create_app(installation.database), listener)


async def run_worker(settings: Settings) -> None:
    """Background work alone. Raises CannotStart."""
    async with (
        open_installation(settings) as installation,
        background_work(installation.worker_database) as work,
    ):
        console.print("The worker runs.")
        await _until_either(until_signal(), work)


async def _until_either(foreground: Awaitable[None], work: asyncio.Task[None]) -> None:
    """Until the foreground ends; background work that breaks down ends the program too, loudly."""
    task = asyncio.ensure_future(foreground)
    await asyncio.wait([task, work], return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        await task
        return
    task.cancel()
    await asyncio.wait([task])
    await work
    raise CannotStart("The background work ended by itself; see the log.")


async def _prepare_demo(database: Database, settings: Settings, which: demo.Demonstration) -> None:
    """The demo shop in an empty installation, with a bar that shows how far it is."""
    console.print("Looking after the demo shop …")
    with import_bar(console) as show:
        is_new = await demo.prepare(
            database, settings.demo_day, which=which, members=settings.demo_members, on_progress=show
        )
    if is_new:
        console.print("The demo shop is ready.")


def _greet(settings: Settings, first: staff.FirstUser | None) -> None:
    shown = "localhost" if settings.host in {"127.0.0.1", "0.0.0.0", "::1", "::"} else settings.host  # noqa: S104 — compared with, not bound to
    console.print()
    console.print(f"  [bold]Shuke 熟客[/bold]  http://{shown}:{settings.port}")
    if first is not None:
        console.print()
        console.print(f"  用户名 User name      [bold]{first.username}[/bold]")
        console.print(f"  密码 Password         [bold]{first.password}[/bold]")
        console.print("  只显示这一次，请登录后修改。 Shown this once; change it after signing in.")
    else:
        console.print("  忘记密码 Lost the password?  shuke staff reset-password admin")
    console.print("  停止 Stop: Ctrl+C")
    console.print()
