"""`shuke event`: record what members did other than buying: one activity, or a file of them."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from pydantic import ValidationError
from rich.console import Console

from shuke.loyalty import checkout
from shuke.main.commands import do
from shuke.main.installation import CannotStart, Installation, open_installation
from shuke.main.progress import import_bar
from shuke.platform import clock
from shuke.platform.actor import EVERYTHING, SYSTEM
from shuke.platform.errors import AppError
from shuke.platform.settings import settings

console = Console(highlight=False)
# Small enough that one transaction stays well under a second.
_AT_A_TIME = 200
_LINES = (
    ("new", "activities recorded"),
    ("unchanged", "already here, unchanged"),
    ("refused", "refused"),
    ("unreadable", "lines that could not be read"),
)


@dataclass
class _Run:
    """How far a file is."""

    total: int | None
    done: int = 0
    state: str = "recording"


def event(
    kind: Annotated[
        str | None, typer.Argument(help="check_in, review, share, referral, survey, custom, … Or give --file.")
    ] = None,
    member: Annotated[str | None, typer.Option(help="An id, number:M…, phone:+86…, external:shop:123.")] = None,
    key: Annotated[str | None, typer.Option(help="What names it for ever: the same key again changes nothing.")] = None,
    source: Annotated[str, typer.Option(help="Which system says so.")] = "command-line",
    at: Annotated[str | None, typer.Option(help="When, such as 2026-11-22T10:00:00+08:00. Left out: now.")] = None,
    name: Annotated[str | None, typer.Option("--event", help="The name of a custom activity.")] = None,
    invited: Annotated[str | None, typer.Option(help="Referrals: who came; --member is who invited them.")] = None,
    payload: Annotated[str, typer.Option(help="What comes with it, as JSON: '{\"rating\": 5}'.")] = "{}",
    file: Annotated[Path | None, typer.Option(help="A JSON-lines file: each line as POST /v1/activities.")] = None,
    rejects: Annotated[Path | None, typer.Option(help="Where refused lines go, with reasons.")] = None,
) -> None:
    """Record what a member did other than buying, with everything it earns. Safe to run again."""
    if file is not None:
        if not do(_record_file(file.resolve(), rejects)):
            raise typer.Exit(1)
        return
    given = {
        "kind": kind,
        "member": member,
        "key": key,
        "source": source,
        "occurred_at": at or clock.now().astimezone(UTC).isoformat(),
        "event": name,
        "invited": invited,
    }
    missing = [option for option in ("kind", "member", "key") if given[option] is None]
    if missing:
        raise typer.BadParameter(f"say {', '.join(missing)}, or give a --file")
    do(_record_one({**given, "payload": _json(payload)}))


async def _record_one(given: dict[str, Any]) -> None:
    wanted = _read(given)
    if isinstance(wanted, str):
        raise CannotStart(f"It cannot be recorded: {wanted}.")
    async with open_installation(settings()) as installation:
        (result,) = await _record(installation, [wanted])
    if isinstance(result, AppError):
        raise result
    said = "Recorded" if result.state == "new" else "Recorded before"
    for part in result.parts:
        earned = ", ".join(f"{one['amount']} {one['currency']}" for one in part.outcome["given"]) or "nothing"
        console.print(f"{said}: activity {part.activity_id} of member {part.member_id} earned {earned}.")


async def _record_file(file: Path, rejects: Path | None) -> bool:
    if not await asyncio.to_thread(file.is_file):
        raise CannotStart(f"There is no file {file.name}.")
    with file.open(encoding="utf-8") as lines:
        run = _Run(total=sum(1 for line in lines if line.strip()))
    target = rejects or file.with_name(f"{file.name}.rejects.jsonl")
    counts: Counter[str] = Counter()
    handed_back: list[str] = []
    async with open_installation(settings()) as installation:
        with file.open(encoding="utf-8") as lines, import_bar(console) as show:
            for chunk in _chunks(lines):
                handed_back += await _record_chunk(installation, chunk, counts)
                run.done += len(chunk)
                show(run)
    for state, label in _LINES:
        console.print(f"  {label:<32}{counts[state]:>12,}")
    if handed_back:
        target.write_text("\n".join(handed_back) + "\n", encoding="utf-8")
        console.print(f"Refused lines were handed back with reasons: {target.name}")
    return not handed_back


async def _record_chunk(installation: Installation, chunk: Sequence[str], counts: Counter[str]) -> list[str]:
    """Record some lines in one transaction; the lines that were refused, with reasons."""
    given = [_read(line) for line in chunk]
    wanted = [one for one in given if not isinstance(one, str)]
    results = iter(await _record(installation, wanted)) if wanted else iter(())
    handed_back = []
    for line, one in zip(chunk, given, strict=True):
        if isinstance(one, str):
            counts["unreadable"] += 1
            handed_back.append(_handed_back(line, "unreadable", one))
            continue
        result = next(results)
        if isinstance(result, AppError):
            counts["refused"] += 1
            handed_back.append(_handed_back(line, result.code, result.say(settings().language)))
        else:
            counts[result.state] += 1
    return handed_back


async def _record(
    installation: Installation, wanted: Sequence[checkout.MemberActivityIn]
) -> list[checkout.RecordedActivity | AppError]:
    async with installation.database.transaction() as session:
        return await checkout.record_activities(session, wanted, SYSTEM.name, EVERYTHING)


def _read(given: str | dict[str, Any]) -> checkout.MemberActivityIn | str:
    """An activity as the API takes it, or why it is none."""
    try:
        values = json.loads(given) if isinstance(given, str) else given
        return checkout.MemberActivityIn.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        return f"{'.'.join(str(part) for part in first['loc']) or 'line'}: {first['msg']}"
    except ValueError:
        return "it is not JSON"


def _chunks(lines: TextIO) -> Iterator[list[str]]:
    filled = (line.strip() for line in lines if line.strip())
    while chunk := list(islice(filled, _AT_A_TIME)):
        yield chunk


def _handed_back(line: str, code: str, reason: str) -> str:
    return json.dumps({"code": code, "reason": reason, "line": line}, ensure_ascii=False)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise typer.BadParameter("--payload is not JSON") from None
