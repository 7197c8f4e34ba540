"""`shuke backup`, `backups`, `restore` and `drill`: what they do and what they print."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from shuke.main.installation import CannotStart, locate
from shuke.platform.i18n import Language, LocalName
from shuke.platform.settings import Settings

from . import copying, drill, folder, physical, restoring, runs
from .errors import OnlyEmbedded, OwnerNeeded
from .journal import Outcome, Run

EMBEDDED = "embedded"
EXITS: dict[Outcome, int] = {"passed": 0, "failed": 1, "incomplete": 2}
_OUTCOMES: dict[Outcome, LocalName] = {
    "passed": LocalName("演练通过", "The drill passed"),
    "incomplete": LocalName("演练没有做完，不能算通过", "The drill is incomplete, which is no pass"),
    "failed": LocalName("演练没有通过", "The drill failed"),
}
_STATES = {
    "ok": LocalName("正常", "ok"),
    "failed": LocalName("失败", "failed"),
    "not_checked": LocalName("未检查", "not checked"),
}


async def back_up(settings: Settings, console: Console, to: Path | None) -> int:
    """Make a backup and say where it lies. Returns the exit code."""
    directory = to or settings.backups
    async with locate(settings) as urls:

        async def work() -> str:
            return (await copying.make_backup(urls.app, settings, directory)).data.name

        run = await runs.journalled(directory, "backup", work)
    return _report(settings, console, run, lambda name: folder.place_data(directory, name))


async def back_up_physically(settings: Settings, console: Console) -> int:
    """Make a base backup of the embedded server. Returns the exit code."""
    if settings.database_url is not None:
        raise OnlyEmbedded
    server = physical.embedded_server(settings)
    async with locate(settings):

        async def work() -> str:
            return (await physical.make_base(server, settings.backups)).name

        run = await runs.journalled(settings.backups, "base", work)
    return _report(settings, console, run, lambda name: settings.backups / "physical" / f"{name}.base")


def _report(settings: Settings, console: Console, run: Run, place: Callable[[str], Path]) -> int:
    if run.backup is None:
        assert run.detail is not None
        console.print(run.detail.pick(_language(settings)), soft_wrap=True)
    else:
        console.print(f"{place(run.backup)}  ({run.seconds} s)", soft_wrap=True)
    return EXITS[run.outcome]


def list_backups(settings: Settings, console: Console) -> None:
    """Print what there is."""
    keys = {found.name: found for found in folder.list_keys(settings.backups)}
    table = Table(box=None)
    for heading in ("name", "made (UTC)", "MB", "members", "keys until"):
        table.add_column(heading, justify="right" if heading in {"MB", "members"} else "left")
    for found in folder.list_data(settings.backups):
        end = keys[found.name].ends_at if found.name in keys else None
        table.add_row(
            found.name,
            f"{found.manifest.made_at:%Y-%m-%d %H:%M}",
            f"{found.size / 1_000_000:,.1f}",
            f"{found.manifest.rows.get('public.member', 0):,}",
            f"{end:%Y-%m-%d}" if end else "—",
        )
    for base in physical.list_bases(settings.backups):
        table.add_row(f"{base.name}.base", f"{base.begun_at:%Y-%m-%d %H:%M}", "", "", "")
    console.print(table)


async def restore(
    settings: Settings,
    console: Console,
    wanted: str,
    *,
    keys: Path | None,
    into: str | None,
    is_replacing: bool,
    is_without_keys: bool,
) -> None:
    """Restore a data backup. Raises what restoring refuses; then nothing has changed."""
    if into == EMBEDDED:
        settings, into = settings.model_copy(update={"database_url": None}), None
    backup = await asyncio.to_thread(folder.find_data, settings.backups, wanted)
    chosen = restoring.choose_keys(backup, keys, is_without=is_without_keys)
    async with restoring.open_source(backup, chosen) as source:
        if into is None and settings.database_url is None:
            server = physical.embedded_server(settings)
            async with locate(settings):
                await restoring.restore_installation(source, settings, server, is_replacing=is_replacing)
        else:
            url = into or settings.database_owner_url
            if url is None:
                raise OwnerNeeded
            await restoring.restore_elsewhere(source, settings, url, is_replacing=is_replacing)
    rows = sum(backup.manifest.rows.values())
    console.print(f"Restored {backup.name}: {rows:,} rows.", soft_wrap=True)
    console.print(f"Keys: {chosen.name}" if chosen else "Without keys: personal data cannot be read.", soft_wrap=True)


async def restore_until(
    settings: Settings, console: Console, wanted: str, until: str | None, *, is_replacing: bool
) -> None:
    """Bring the embedded database to a moment. Raises what restoring refuses; then nothing has changed."""
    if settings.database_url is not None:
        raise OnlyEmbedded
    moment = _moment(until) if until else None
    base = physical.find_base(settings.backups, wanted, moment)
    await physical.restore_until(base, moment, settings, is_replacing=is_replacing)
    console.print(f"The database is as it was {f'at {until}' if until else 'at the end of the log'}.", soft_wrap=True)
    console.print("Make a new base backup now: shuke backup --physical", soft_wrap=True)


async def hold_drill(settings: Settings, console: Console, keys: Path | None, *, is_json: bool) -> int:
    """Hold a drill and print what it found. Returns the exit code: 0 only when every check passed."""
    run = await drill.hold_drill(settings, keys)
    language = _language(settings)
    if is_json:
        console.print_json(run.model_dump_json())
        return EXITS[run.outcome]
    for check in run.checks:
        line = f"{_STATES[check.state].pick(language)}  {check.label.pick(language)}: {check.detail.pick(language)}"
        console.print(line, markup=False, soft_wrap=True)
    console.print(f"{_OUTCOMES[run.outcome].pick(language)}  ({run.seconds} s)", soft_wrap=True)
    return EXITS[run.outcome]


def _moment(written: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise CannotStart(f"{written} is no moment with a time zone. Write it as 2026-11-22T10:00:00+08:00.")
    return moment


def _language(settings: Settings) -> Language:
    return "en" if settings.language == "en" else "zh"
